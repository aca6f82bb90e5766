// SPDX-License-Identifier: AGPL-3.0-or-later
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { cosign, formatVkey, parsePolicy, parseReceipt, signerOf, tilePath, verifyReceipt } from '@louver/ledger';
import { aLog } from '@louver/testkit';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { LogFiles } from './log-files.ts';
import { openProver } from './proofs.ts';
import type { Trust } from './trust.ts';

const quiet = pino({ level: 'silent' });
const log = aLog(300);
const witness = signerOf('witness.example/w1', 'cosignature/v1', generateKeyPairSync('ed25519').privateKey);
const witnessed = `log ${log.vkey}\nwitness w1 ${formatVkey(witness.key)}\nquorum w1\n`;
const alone = `log ${log.vkey}\nquorum none\n`;

function published(checkpoint: string | undefined): LogFiles & { forgotten: number } {
  const files = {
    dir: '',
    forgotten: 0,
    read: async (path: string) => (path === 'checkpoint' && checkpoint ? Buffer.from(checkpoint) : undefined),
    readTile: (level: number, index: number, width: number) => log.read(tilePath({ level, index, width })),
    forget: () => void (files.forgotten += 1),
  };
  return files;
}
const trusting = (policy: string | undefined): Trust => ({
  vkeys: async () => log.vkey,
  policy: async () => (policy === undefined ? undefined : parsePolicy(policy)),
});
const leafAt = async (index: number) => {
  const tile = (await log.read(tilePath({ level: 0, index: Math.floor(index / 256), width: index < 256 ? 256 : 44 })))!;
  return tile.subarray((index % 256) * 32, (index % 256) * 32 + 32);
};
const { text, signed } = log.checkpoint();
const cosigned = signed + cosign(text, witness, 1_800_000_000);

it.each([0, 255, 256, 299])('proves leaf %i so that a stranger verifies it', async (index) => {
  const prover = (await openProver(published(signed), trusting(alone), quiet))!;
  const receipt = await prover.prove(index, await leafAt(index));
  expect((await verifyReceipt(parseReceipt(receipt!), await leafAt(index), parsePolicy(alone))).size).toBe(300);
});

it('proves nothing that is not under the checkpoint yet', async () => {
  const prover = (await openProver(published(signed), trusting(alone), quiet))!;
  expect(await prover.prove(300, randomBytes(32))).toBeUndefined();
});

it('gives no proof that does not verify, and reads the tiles anew afterwards', async () => {
  const files = published(signed);
  const prover = (await openProver(files, trusting(alone), quiet))!;
  expect(await prover.prove(7, await leafAt(8))).toBeUndefined();
  expect(files.forgotten).toBe(1);
});

it('waits for the witnesses that are asked for', async () => {
  expect(await openProver(published(signed), trusting(witnessed), quiet)).toBeUndefined();
  const prover = (await openProver(published(cosigned), trusting(witnessed), quiet))!;
  const receipt = (await prover.prove(7, await leafAt(7)))!;
  expect(parseReceipt(receipt).checkpoint).toBe(cosigned);
});

it('believes no other log, and no checkpoint that says another size than was signed', async () => {
  for (const wrong of [aLog(300).checkpoint().signed, signed.replace('\n300\n', '\n299\n'), 'no checkpoint'])
    expect(await openProver(published(wrong), trusting(alone), quiet)).toBeUndefined();
});

it('has nothing to say before the first checkpoint, or before there is a key', async () => {
  expect(await openProver(published(undefined), trusting(alone), quiet)).toBeUndefined();
  expect(await openProver(published(signed), trusting(undefined), quiet)).toBeUndefined();
});
