// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './bytes.ts';

describe('base64', () => {
  it('agrees with Node for every byte string', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(text)).toEqual(bytes);
      }),
    );
  });

  it('has one spelling for one byte string', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/=_\n -]{0,12}$/), (text) => {
        const bytes = decodeBase64(text);
        expect(bytes === undefined || encodeBase64(bytes) === text).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['AB==', 'QQ', 'QQ=', 'Q===', '====', 'Q=Q=', '-_-_', 'QQ==\n', ' QQ==', 'QUFB====', 'QÀ=='])(
    'refuses %j',
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );
});

describe('UTF-8', () => {
  it('refuses what is not well-formed and keeps a byte order mark', () => {
    expect(decodeUtf8(Uint8Array.of(0xc3))).toBeUndefined();
    expect(decodeUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toBeUndefined();
    expect(decodeUtf8('\ud800')).toBeUndefined();
    expect(decodeUtf8(encodeUtf8('\ufeffa'))).toBe('\ufeffa');
  });
});
