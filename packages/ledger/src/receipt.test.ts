// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LedgerError } from './ledger-error.ts';
import { hashLeaf } from './merkle/hash.ts';
import { proveInclusion } from './merkle/inclusion.ts';
import { ProofInvalid } from './merkle/proof-invalid.ts';
import { NoteMalformed } from './notes/note.ts';
import { parseVkey } from './notes/key.ts';
import { SignatureInvalid } from './notes/signatures.ts';
import { trustLogs } from './policy.ts';
import { ENTRIES, LOG_VKEY, RECEIPT, SIGNED_CHECKPOINT, WITNESS_VKEY } from './published-vectors.ts';
import { formatReceipt, parseReceipt, ReceiptMalformed, verifyReceipt } from './receipt.ts';

const leaves = ENTRIES.map(hashLeaf);
const policy = trustLogs(parseVkey(LOG_VKEY));

describe('receipts (tlog-proof)', () => {
  it('are written and read as published', () => {
    const receipt = { index: 4, proof: proveInclusion(leaves, 4), checkpoint: SIGNED_CHECKPOINT };
    expect(formatReceipt(receipt)).toBe(RECEIPT);
    expect(parseReceipt(RECEIPT)).toEqual(receipt);
    expect(parseReceipt(Buffer.from(RECEIPT))).toEqual(receipt);
  });

  it('prove each entry, and no other', async () => {
    for (const [index, leaf] of leaves.entries()) {
      const receipt = { index, proof: proveInclusion(leaves, index), checkpoint: SIGNED_CHECKPOINT };
      expect((await verifyReceipt(receipt, leaf, policy)).size).toBe(7);
      await expect(verifyReceipt(receipt, leaves[(index + 1) % 7]!, policy)).rejects.toThrow(ProofInvalid);
      await expect(verifyReceipt({ ...receipt, index: 7 }, leaf, policy)).rejects.toThrow('not in the checkpoint');
    }
  });

  it('prove nothing to whoever does not trust the log', async () => {
    const receipt = parseReceipt(RECEIPT);
    await expect(verifyReceipt(receipt, leaves[4]!, trustLogs())).rejects.toThrow(SignatureInvalid);
    await expect(verifyReceipt(receipt, leaves[4]!, trustLogs(parseVkey(WITNESS_VKEY)))).rejects.toThrow(
      SignatureInvalid,
    );
  });

  it('carry extra data and may need no hash', () => {
    const one = { index: 0, proof: [], checkpoint: SIGNED_CHECKPOINT, extra: Uint8Array.of(1, 2) };
    expect(formatReceipt(one)).toMatch(/^c2sp.org\/tlog-proof@v1\nextra AQI=\nindex 0\n\nlog\.example/);
    expect(parseReceipt(formatReceipt(one))).toEqual(one);
  });

  it.each([
    ['', 'no blank line'],
    [RECEIPT.replace('@v1', '@v2'), 'does not begin with'],
    [RECEIPT.replace('index 4\n', ''), 'no index line'],
    [RECEIPT.replace('index 4', 'index 04'), 'no index line'],
    [RECEIPT.replace('index 4', 'index  4'), 'no index line'],
    [RECEIPT.replace('index 4', 'extra AQ==\nextra AQ==\nindex 4'), 'no index line'],
    [RECEIPT.replace('index 4', 'extra AQ\nindex 4'), 'extra data'],
    [RECEIPT.replace('KCSn', 'KCS'), 'the proof is not'],
    [RECEIPT.replace('8Q=\n', '8Q=\r\n'), 'the proof is not'],
    [
      RECEIPT.replace('index 4\n', `index 4\n${'A'.repeat(43)}=\n`.repeat(1) + `${'A'.repeat(43)}=\n`.repeat(60)),
      'up to 63',
    ],
  ])('are refused when they are %j', (text, why) => {
    expect(() => parseReceipt(text)).toThrow(ReceiptMalformed);
    expect(() => parseReceipt(text)).toThrow(why);
  });

  it('are refused when what follows is no note', () => {
    expect(() => parseReceipt(RECEIPT.slice(0, -1))).toThrow(NoteMalformed);
    expect(() => formatReceipt({ index: 0, proof: [], checkpoint: 'a\n' })).toThrow(NoteMalformed);
  });

  it('have one text: what parses formats to the same', () => {
    const change = fc.tuple(fc.nat(RECEIPT.length - 1), fc.constantFrom('', '\n', '=', 'A', '0', ' '));
    fc.assert(
      fc.property(change, ([at, put]) => {
        const text = RECEIPT.slice(0, at) + put + RECEIPT.slice(at + 1);
        try {
          expect(formatReceipt(parseReceipt(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(LedgerError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
