// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CameraId, type StreamSource } from '@louver/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { CredentialsUnreadable, addressMac, openCredentials, readCredentialsKey, sealCredentials } from '@louver/db';

const key = randomBytes(32);
const camera = CameraId.parse(randomUUID());
const source: StreamSource = { url: 'rtsp://10.0.0.7:554/main', username: 'viewer', password: 'mật khẩu #1' };

describe('sealed stream credentials', () => {
  it('come back as they were, without address or password in the sealed bytes', () => {
    const sealed = sealCredentials(key, camera, source);
    expect(openCredentials(key, camera, sealed)).toEqual(source);
    for (const secret of ['10.0.0.7', 'viewer', 'khẩu']) expect(sealed.includes(secret)).toBe(false);
  });

  it('look different each time, so that equal passwords do not show', () => {
    expect(sealCredentials(key, camera, source).equals(sealCredentials(key, camera, source))).toBe(false);
  });

  it('do not open for another camera or with another key', () => {
    const sealed = sealCredentials(key, camera, source);
    expect(() => openCredentials(key, CameraId.parse(randomUUID()), sealed)).toThrow(CredentialsUnreadable);
    expect(() => openCredentials(randomBytes(32), camera, sealed)).toThrow(CredentialsUnreadable);
  });

  it('do not open once any single byte was changed or the end is missing', () => {
    const sealed = sealCredentials(key, camera, source);
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at]! ^= 1;
      expect(() => openCredentials(key, camera, altered)).toThrow(CredentialsUnreadable);
    }
    for (const length of [0, 1, 28, sealed.length - 1])
      expect(() => openCredentials(key, camera, sealed.subarray(0, length))).toThrow(CredentialsUnreadable);
  });
});

describe('addressMac', () => {
  const mac = addressMac(key, camera, source);

  it('is the same for the same address of a camera, whoever signs in there', () => {
    const elsewise = { ...source, username: null, password: null };
    expect(addressMac(key, camera, elsewise)).toBe(mac);
  });

  it('is another one for another address, camera or key, and says nothing of the address', () => {
    const others = [
      addressMac(key, camera, { url: 'rtsp://10.0.0.7:554/other' }),
      addressMac(key, CameraId.parse(randomUUID()), source),
      addressMac(randomBytes(32), camera, source),
    ];
    expect(others).not.toContain(mac);
    expect(mac).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('readCredentialsKey', () => {
  const folder = mkdtempSync(join(tmpdir(), 'louver-key-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('takes the environment before the file', () => {
    mkdirSync(join(folder, 'keys'), { recursive: true });
    writeFileSync(join(folder, 'keys', 'credentials.key'), `${key.toString('base64')}\n`);
    const other = randomBytes(32);
    expect(readCredentialsKey(folder, {})).toEqual(key);
    expect(readCredentialsKey(folder, { LOUVER_CREDENTIALS_KEY: other.toString('base64') })).toEqual(other);
  });

  it('names the place when the key is missing or too short, and never shows it', () => {
    expect(() => readCredentialsKey(folder, {})).toThrow(/keys\/credentials\.key is not there/);
    const short = () => readCredentialsKey(folder, { LOUVER_CREDENTIALS_KEY: 'c2hvcnQ=' });
    expect(short).toThrow(/LOUVER_CREDENTIALS_KEY must hold 32 bytes/);
    expect(short).not.toThrow(/c2hvcnQ/);
  });
});
