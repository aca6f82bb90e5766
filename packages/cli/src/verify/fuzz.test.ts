// SPDX-License-Identifier: AGPL-3.0-or-later
// Whatever the files on the command line hold, the command ends with a sentence and a code, and nothing altered verifies.
import { cosign, formatVkey, parseCheckpoint, parseNote, signerOf } from '@louver/ledger';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointIn, entries, logOf, receiptOf, signer } from '../testing/log.ts';
import { louver } from '../testing/louver.ts';
import { publishLog, type PublishedLog } from '../testing/published-log.ts';

const rows = entries(300);
const good = logOf(rows);
const older = logOf(rows.slice(0, 100));
const witness = signerOf('w.example/1', 'cosignature/v1', signer(0x44).privateKey);
const plain = Buffer.from(checkpointIn(good)).toString('utf8');
const signedNote = plain + cosign(parseNote(plain).text, witness, 1_790_000_000);
const policyText = `log ${formatVkey(signer(0x11).key)}\nwitness w ${formatVkey(witness.key)}\nquorum w\n`;

let log: PublishedLog;
beforeAll(async () => {
  log = await publishLog(new Map(good).set('checkpoint', Buffer.from(signedNote)));
});
afterAll(() => log.close());

/** A file with a few bytes replaced, inserted, cut, or something else altogether. */
const edited = (original: string | Uint8Array): fc.Arbitrary<Buffer> => {
  const bytes = Buffer.from(original);
  const put = fc.oneof(
    fc.constantFrom('', '\n', '\n\n', '=', '+', '\u2014', ' ', '0', '\r', '\0', '\ufeff', '1e3', '-', '\u202e'),
    fc.uint8Array({ maxLength: 4 }),
  );
  const edit = fc.record({ at: fc.nat(bytes.length), remove: fc.oneof(fc.nat(3), fc.nat(bytes.length)), put });
  const edits = fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((all) =>
      all.reduce<Buffer>(
        (text, one) =>
          Buffer.concat([text.subarray(0, one.at), Buffer.from(one.put), text.subarray(one.at + one.remove)]),
        bytes,
      ),
    );
  return fc.oneof(
    { weight: 8, arbitrary: edits },
    { weight: 1, arbitrary: fc.uint8Array().map((any) => Buffer.from(any)) },
  );
};

/** The command's end; it must have said something about every failure, and on its own lines only. */
async function verify(...args: string[]): Promise<{ code: number; out: string }> {
  const { code, out, err } = await louver(['verify', ...args]);
  if (code !== 0) expect(err).toMatch(/^louver: .+\n/);
  // oxlint-disable-next-line eslint/no-control-regex -- control characters are what it looks for
  expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  return { code, out };
}
const always = async (bytes: fc.Arbitrary<Buffer>, holds: (bytes: Buffer) => Promise<void>) =>
  fc.assert(fc.asyncProperty(bytes, holds), { numRuns: 100 });

describe('altered files', { timeout: 60_000 }, () => {
  it('as the checkpoint: never another tree verifies', async () => {
    const policy = log.file('policy', policyText);
    await always(edited(signedNote), async (bytes) => {
      const { code, out } = await log.with(new Map([['checkpoint', bytes]]), () =>
        verify(log.folder, '--policy', policy, '--json'),
      );
      expect([0, 1]).toContain(code);
      if (code === 0) expect(JSON.parse(out)).toMatchObject({ size: 300, root: rootIn(plain) });
    });
  });

  it('as the checkpoint kept from before: it is the one that was signed, or it is refused', async () => {
    const kept = Buffer.from(checkpointIn(older)).toString('utf8');
    await always(edited(kept), async (bytes) => {
      const since = log.file('since', bytes);
      const { code, out } = await verify(log.folder, '--vkey', log.vkey, '--since', since, '--json');
      expect([0, 1]).toContain(code);
      if (code === 0) {
        expect(JSON.parse(out)).toMatchObject({ since: { size: 100 } });
        expect(parseNote(bytes).text).toBe(parseNote(kept).text);
      }
    });
  });

  it('as a receipt: it proves the same place or nothing', async () => {
    const entry = log.file('entry', rows[200]!);
    await always(edited(await receiptOf(good, 200, 300)), async (bytes) => {
      const receipt = log.file('receipt', bytes);
      const { code, out } = await verify('--vkey', log.vkey, '--receipt', receipt, '--entry', entry, '--json');
      expect([0, 1]).toContain(code);
      if (code === 0) expect(JSON.parse(out)).toMatchObject({ index: 200, size: 300, root: rootIn(plain) });
    });
  });

  it('as an entry: it is the one that was logged, or it is refused', async () => {
    const receipt = log.file('receipt', await receiptOf(good, 200, 300));
    await always(edited(rows[200]!), async (bytes) => {
      const entry = log.file('entry', bytes);
      const { code } = await verify('--vkey', log.vkey, '--receipt', receipt, '--entry', entry);
      const same = Buffer.compare(bytes.subarray(0, rows[200]!.length), rows[200]!) === 0;
      expect(code).toBe(same && /^\r?\n?$/.test(bytes.subarray(rows[200]!.length).toString('latin1')) ? 0 : 1);
    });
  });

  it('as a policy or a vkey: whoever is believed has signed', async () => {
    await always(edited(policyText), async (bytes) => {
      const { code } = await verify(log.folder, '--policy', log.file('policy', bytes), '--tree-only');
      expect([0, 1, 2]).toContain(code);
      // The only way to verify is to name the log's key in full.
      if (code === 0) expect(bytes.toString('utf8')).toContain(`log ${formatVkey(signer(0x11).key)}`);
    });
    await always(edited(`${formatVkey(signer(0x11).key)}\n`), async (bytes) => {
      const { code } = await verify(log.folder, '--vkey', log.file('vkey', bytes), '--tree-only');
      expect([0, 1, 2]).toContain(code);
      if (code === 0) expect(bytes.toString('utf8')).toContain(formatVkey(signer(0x11).key));
    });
  });
});

const rootIn = (note: string): string => Buffer.from(parseCheckpoint(parseNote(note).text).root).toString('base64');
