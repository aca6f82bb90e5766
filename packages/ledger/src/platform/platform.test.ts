// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, createPublicKey, randomBytes, sign } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hex, privateKeyOf } from '../published-vectors.ts';
import * as node from './node.ts';
import { PlatformUnsupported } from './unsupported.ts';
import * as web from './web.ts';

describe.each([
  ['node', node],
  ['web', web],
])('the %s platform', (_, { sha256, verifyEd25519 }) => {
  it('hashes the examples of FIPS 180-4', () => {
    expect(hex(sha256(Buffer.from('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hex(sha256(Buffer.from('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
    expect(hex(sha256(Buffer.alloc(1_000_000, 'a')))).toBe(
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    );
  });

  it('hashes every length around the block borders like the reference', () => {
    for (let length = 0; length <= 260; length++) {
      const bytes = randomBytes(length);
      expect(hex(sha256(bytes)), `length ${length}`).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  it('tells an Ed25519 signature from a wrong one', async () => {
    const key = privateKeyOf(0x11);
    const spki = createPublicKey(key.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'spki', format: 'der' });
    const publicKey = spki.subarray(-32);
    const message = Buffer.from('message');
    const signature = sign(null, message, key);
    expect(await verifyEd25519(publicKey, message, signature)).toBe(true);
    expect(await verifyEd25519(publicKey, Buffer.from('massage'), signature)).toBe(false);
    expect(await verifyEd25519(publicKey, message, Buffer.alloc(64))).toBe(false);
    expect(await verifyEd25519(publicKey, message, signature.subarray(1))).toBe(false);
    expect(await verifyEd25519(Buffer.alloc(32, 0xff), message, signature)).toBe(false);
  });
});

describe('a browser that cannot verify', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ['no WebCrypto', {}],
    ['no Ed25519', { subtle: { importKey: () => Promise.reject(new DOMException('no', 'NotSupportedError')) } }],
  ])('with %s says so, and nothing about the signature', async (_, crypto) => {
    vi.stubGlobal('crypto', crypto);
    const verified = web.verifyEd25519(new Uint8Array(32), new Uint8Array(0), new Uint8Array(64));
    await expect(verified).rejects.toThrow(PlatformUnsupported);
  });

  it('with a stricter curve finds the signature of an impossible key wrong', async () => {
    vi.stubGlobal('crypto', { subtle: { importKey: () => Promise.reject(new DOMException('no', 'DataError')) } });
    expect(await web.verifyEd25519(new Uint8Array(32), new Uint8Array(0), new Uint8Array(64))).toBe(false);
  });
});
