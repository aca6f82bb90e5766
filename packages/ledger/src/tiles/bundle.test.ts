// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EntryTooLarge } from '../max-entry.ts';
import { ENTRIES, fromHex, hex } from '../published-vectors.ts';
import { BundleMalformed, decodeBundle, encodeBundle } from './bundle.ts';

const BUNDLE = '0000000161000162000163000164000165000166';

describe('entry bundles', () => {
  it('are the published bytes', () => {
    expect(hex(encodeBundle(ENTRIES))).toBe(BUNDLE);
    expect(decodeBundle(fromHex(BUNDLE), 7).map(hex)).toEqual(ENTRIES.map(hex));
  });

  it('carry entries of 0 to 65,535 bytes', () => {
    const entries = [new Uint8Array(65_535).fill(7), new Uint8Array(0)];
    expect(decodeBundle(encodeBundle(entries), 2)).toEqual(entries);
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(EntryTooLarge);
  });

  it('are refused with fewer or more entries, when cut, and with bytes after the last', () => {
    const bytes = fromHex(BUNDLE);
    expect(() => decodeBundle(bytes, 8)).toThrow('has 7 entries, not 8');
    expect(() => decodeBundle(bytes, 6)).toThrow('bytes stand after the 6 entries');
    expect(() => decodeBundle(bytes.subarray(0, -1), 7)).toThrow('entry 6 of the bundle is cut off');
    expect(() => decodeBundle(fromHex(`${BUNDLE}00`), 8)).toThrow('entry 7 of the bundle is cut off');
    expect(() => decodeBundle(new Uint8Array(0), 1)).toThrow(BundleMalformed);
    expect(() => encodeBundle([])).toThrow(BundleMalformed);
    expect(() => encodeBundle(Array.from({ length: 257 }, () => new Uint8Array(0)))).toThrow(BundleMalformed);
  });

  it('have one encoding: what decodes encodes to the same bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 0, 1, 2, 255), { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        (raw, width) => {
          const bytes = Uint8Array.from(raw);
          try {
            expect(encodeBundle(decodeBundle(bytes, width))).toEqual(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(BundleMalformed);
          }
        },
      ),
    );
  });
});
