// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, LOG_NAME, LOG_VKEY, privateKeyOf, WITNESS_NAME, WITNESS_VKEY } from '../published-vectors.ts';
import { formatVkey, KeyMalformed, parseVkey, parseVkeys, verifierKey } from './key.ts';
import { signerOf } from './sign.ts';

describe('verifier keys', () => {
  it('are the published ones of the published seeds', () => {
    expect(formatVkey(signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x11)).key)).toBe(LOG_VKEY);
    expect(formatVkey(signerOf(WITNESS_NAME, 'cosignature/v1', privateKeyOf(0x22)).key)).toBe(WITNESS_VKEY);
    expect(signerOf(WITNESS_NAME, 'ed25519', privateKeyOf(0x22)).key.keyId).toBe('2ba37a75');
  });

  it('are read from their text', () => {
    const { publicKey, ...log } = parseVkey(LOG_VKEY);
    expect(log).toEqual({ name: LOG_NAME, keyId: '72c27b87', kind: 'ed25519' });
    expect(hex(publicKey)).toBe('d04ab232742bb4ab3a1368bd4615e4e6d0224ab71a016baf8520a332c9778737');
    expect(parseVkey(WITNESS_VKEY)).toMatchObject({ keyId: '109b1ff7', kind: 'cosignature/v1' });
  });

  it('survive formatting and parsing, also where the base64 has plus signs', () => {
    const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zê/.-]{1,20}$/), keys, (name, publicKey) => {
        const key = verifierKey(name, 'ed25519', publicKey);
        expect(parseVkey(formatVkey(key))).toEqual(key);
      }),
    );
    const plus = verifierKey('a', 'ed25519', new Uint8Array(32).fill(0xfb));
    expect(formatVkey(plus)).toMatch(/\+.*\+.*\+/);
    expect(parseVkey(formatVkey(plus))).toEqual(plus);
  });

  it.each([
    ['', 'is no vkey'],
    [LOG_VKEY.replace('72c27b87', '72C27B87'), 'is no vkey'],
    [LOG_VKEY.replace('72c27b87', '72c27b88'), 'should be 72c27b87'],
    [LOG_VKEY.replace('access', 'acces'), 'should be'],
    [`${LOG_VKEY}\n`, 'is no vkey'],
    [LOG_VKEY.slice(0, -4), 'has 29 bytes'],
    [LOG_VKEY.replace('+Ad', '+Bd'), 'is of type 5, which is not supported'],
    [LOG_VKEY.replace('log.', 'log '), 'is no name of a key'],
    [LOG_VKEY.replace('log.', 'log\u00a0'), 'is no name of a key'],
    ['a+00000000+', 'is no vkey'],
  ])('are refused when they are %j', (vkey, why) => {
    expect(() => parseVkey(vkey)).toThrow(KeyMalformed);
    expect(() => parseVkey(vkey)).toThrow(why);
  });
});

describe('files of verifier keys', () => {
  it('hold one a line, beside lines for people', () => {
    const other = formatVkey(signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x33)).key);
    const text = `# since 2026\n${LOG_VKEY}\r\n\n  ${other}\n${LOG_VKEY}\n`;
    expect(parseVkeys(text).map(formatVkey)).toEqual([LOG_VKEY, other]);
  });

  it.each([
    ['', 'there is no vkey'],
    ['# nothing\n', 'there is no vkey'],
    [`${LOG_VKEY}\nrubbish\n`, 'line 2: "rubbish" is no vkey'],
    [`${LOG_VKEY} ${LOG_VKEY}`, 'line 1: '],
  ])('are refused when they are %j', (text, why) => {
    expect(() => parseVkeys(text)).toThrow(KeyMalformed);
    expect(() => parseVkeys(text)).toThrow(why);
  });
});
