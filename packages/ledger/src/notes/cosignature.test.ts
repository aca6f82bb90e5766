// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import {
  CHECKPOINT_TEXT,
  COSIGNATURE_TIME,
  LOG_NAME,
  privateKeyOf,
  SIGNED_CHECKPOINT,
  WITNESS_LINE,
  WITNESS_NAME,
  WITNESS_VKEY,
} from '../published-vectors.ts';
import { KeyMalformed, parseVkey } from './key.ts';
import { parseNote } from './note.ts';
import { cosign, signNote, signerOf } from './sign.ts';
import { verifySignatures } from './signatures.ts';

const witness = signerOf(WITNESS_NAME, 'cosignature/v1', privateKeyOf(0x22));

describe('cosignatures', () => {
  it('are made as published', () => {
    expect(cosign(CHECKPOINT_TEXT, witness, COSIGNATURE_TIME)).toBe(WITNESS_LINE);
  });

  it('verify and give their time', async () => {
    const note = parseNote(`${SIGNED_CHECKPOINT}${WITNESS_LINE}`);
    expect(await verifySignatures(note, [parseVkey(WITNESS_VKEY)])).toMatchObject([
      { key: { name: WITNESS_NAME }, time: COSIGNATURE_TIME },
    ]);
  });

  it('answer for extension lines too', async () => {
    const text = `${CHECKPOINT_TEXT}extension\n`;
    const line = cosign(text, witness, 5);
    expect(await verifySignatures(parseNote(`${text}\n${line}`), [witness.key])).toMatchObject([{ time: 5 }]);
    await expect(verifySignatures(parseNote(`${CHECKPOINT_TEXT}\n${line}`), [witness.key])).rejects.toThrow('is wrong');
  });

  it('are wrong with another time, a time beyond any clock, or another length', async () => {
    const { text, signatures } = parseNote(`${CHECKPOINT_TEXT}\n${WITNESS_LINE}`);
    const { signature, ...line } = signatures[0]!;
    for (const changed of [signature.with(7, 1), signature.with(0, 1), signature.with(0, 255), signature.subarray(8)])
      await expect(
        verifySignatures({ text, signatures: [{ ...line, signature: changed }] }, [witness.key]),
      ).rejects.toThrow('is wrong');
  });

  it('and signatures of logs are made by keys of their own kind only', () => {
    const log = signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x11));
    expect(() => cosign(CHECKPOINT_TEXT, log, 1)).toThrow(KeyMalformed);
    expect(() => signNote(CHECKPOINT_TEXT, [witness])).toThrow(KeyMalformed);
  });
});
