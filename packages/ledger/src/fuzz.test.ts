// SPDX-License-Identifier: AGPL-3.0-or-later
// Whatever strangers send is refused with an error of this package or means what it always meant; nothing altered verifies.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddCheckpoint, parseWitnessSize } from './add-checkpoint.ts';
import { decodeEntry } from './decode-entry.ts';
import { LedgerError } from './ledger-error.ts';
import { hashLeaf } from './merkle/hash.ts';
import { parseCheckpoint } from './notes/checkpoint.ts';
import { parseVkey } from './notes/key.ts';
import { parseNote, parseSignatureLines } from './notes/note.ts';
import { verifySignatures } from './notes/signatures.ts';
import { parsePolicy, trustLogs } from './policy.ts';
import {
  ADD_CHECKPOINT,
  ENTRIES,
  LOG_VKEY,
  RECEIPT,
  SIGNED_CHECKPOINT,
  WITNESS_LINE,
  WITNESS_VKEY,
} from './published-vectors.ts';
import { parseReceipt, verifyReceipt } from './receipt.ts';
import { decodeBundle } from './tiles/bundle.ts';
import { parseTilePath } from './tiles/tile.ts';
import { openCheckpoint } from './trusted-checkpoint.ts';

const log = parseVkey(LOG_VKEY);
const witness = parseVkey(WITNESS_VKEY);
const policyText = `log ${LOG_VKEY}\nwitness w ${WITNESS_VKEY}\ngroup g 1 w\nquorum g\n`;

/** A few edits of a text: bytes replaced, inserted, deleted, pieces repeated. */
const edited = (original: string): fc.Arbitrary<Buffer> => {
  const bytes = Buffer.from(original);
  const piece = fc.oneof(
    fc.constantFrom('', '\n', '\n\n', '=', '+', '—', ' ', '0', '\r', '\0', '\ufeff', '1e3', '-'),
    fc.uint8Array({ maxLength: 4 }),
  );
  const edit = fc.record({ at: fc.nat(bytes.length), remove: fc.nat(3), put: piece });
  const cut = fc.record({ at: fc.nat(bytes.length), remove: fc.nat(bytes.length), put: fc.constant('') });
  return fc
    .array(fc.oneof({ weight: 5, arbitrary: edit }, { weight: 1, arbitrary: cut }), { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce<Buffer>(
        (text, { at, remove, put }) =>
          Buffer.concat([text.subarray(0, at), Buffer.from(put), text.subarray(at + remove)]),
        bytes,
      ),
    );
};

const onlyTypedErrors = async (attempt: () => unknown): Promise<'accepted' | 'refused'> => {
  try {
    await attempt();
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(LedgerError);
    return 'refused';
  }
};

describe('fuzzed input', () => {
  const parsers: [string, string, (bytes: Buffer) => unknown][] = [
    ['note', SIGNED_CHECKPOINT, parseNote],
    ['signature line', WITNESS_LINE, (bytes) => parseSignatureLines(bytes.toString())],
    [
      'checkpoint',
      'o\n7\nsojztiiwXZuA7zintkPFu2nkohMb1ntn/lRooKk406E=\n',
      (bytes) => parseCheckpoint(bytes.toString()),
    ],
    ['receipt', RECEIPT, parseReceipt],
    ['witness request', ADD_CHECKPOINT, parseAddCheckpoint],
    ['witness size', '20852014\n', parseWitnessSize],
    ['vkey', LOG_VKEY, (bytes) => parseVkey(bytes.toString())],
    ['policy', policyText, parsePolicy],
    ['tile path', 'tile/entries/x001/x234/067.p/8', (bytes) => parseTilePath(bytes.toString())],
    ['bundle', '\0\0\0\u0001a\0\u0001b', (bytes) => decodeBundle(bytes, 3)],
    ['entry', '{"a":1,"v":1}', decodeEntry],
  ];
  it.each(parsers)('never makes the %s parser fail otherwise than by name', async (_, original, parse) => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          edited(original),
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        async (bytes) => {
          await onlyTypedErrors(() => parse(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never makes a note verify whose text or signature is another', async () => {
    const original = parseNote(`${SIGNED_CHECKPOINT}${WITNESS_LINE}`);
    await fc.assert(
      fc.asyncProperty(edited(`${SIGNED_CHECKPOINT}${WITNESS_LINE}`), async (bytes) => {
        await onlyTypedErrors(async () => {
          const note = parseNote(bytes);
          const verified = await verifySignatures(note, [log, witness]);
          expect(note.text).toBe(original.text);
          for (const { signature } of verified) expect(original.signatures).toContainEqual(signature);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('never makes a checkpoint of another tree trusted', async () => {
    await fc.assert(
      fc.asyncProperty(edited(SIGNED_CHECKPOINT), async (bytes) => {
        await onlyTypedErrors(async () => {
          const { size, root } = await openCheckpoint(bytes, trustLogs(log));
          expect([size, Buffer.from(root).toString('base64')]).toEqual([
            7,
            'sojztiiwXZuA7zintkPFu2nkohMb1ntn/lRooKk406E=',
          ]);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('never makes a receipt prove another place or an entry that was not logged', async () => {
    const [leaf, forged] = [ENTRIES[4]!, Buffer.from('forged')].map(hashLeaf) as [Uint8Array, Uint8Array];
    await fc.assert(
      fc.asyncProperty(edited(RECEIPT), async (bytes) => {
        await onlyTypedErrors(async () => {
          const receipt = parseReceipt(bytes);
          expect(await onlyTypedErrors(async () => verifyReceipt(receipt, forged, trustLogs(log)))).toBe('refused');
          await verifyReceipt(receipt, leaf, trustLogs(log));
          expect(receipt.index).toBe(4);
        });
      }),
      { numRuns: 500 },
    );
  });
});
