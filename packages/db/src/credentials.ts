// SPDX-License-Identifier: AGPL-3.0-or-later
// How a camera's address and password lie in the database: the API seals them, the worker opens them, nobody else holds the key.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeviceAccess, StreamSource, type CameraId } from '@louver/contract';

/** Layout of a sealed value: version (1 byte), nonce (12), ciphertext, tag (16). */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Says neither what was sealed nor why it did not open, because the reason would help only whoever tampers. */
export class CredentialsUnreadable extends Error {
  constructor(cause?: unknown) {
    super('the stream credentials do not open with this key', { cause });
    this.name = 'CredentialsUnreadable';
  }
}

/**
 * AES-256-GCM with a random nonce. The camera's id is authenticated with it: a row copied to another camera doesn't open.
 * @param key 32 bytes, see `readCredentialsKey`
 */
export const sealCredentials = (
  key: Uint8Array,
  cameraId: CameraId,
  { url, username, password }: StreamSource,
): Buffer => seal(key, associatedData('stream', cameraId), { url, username, password });

/** @throws CredentialsUnreadable when the value was altered, is another camera's, or was sealed with another key */
export const openCredentials = (key: Uint8Array, cameraId: CameraId, sealed: Uint8Array): StreamSource =>
  open(key, associatedData('stream', cameraId), sealed, (found) => StreamSource.parse(found));

/** As `sealCredentials`; a device's address does not open as a stream's, nor the other way round. */
export const sealDeviceAccess = (
  key: Uint8Array,
  cameraId: CameraId,
  { url, username, password }: DeviceAccess,
): Buffer => seal(key, associatedData('device', cameraId), { url, username, password });

/** @throws CredentialsUnreadable when the value was altered, is another camera's, or was sealed with another key */
export const openDeviceAccess = (key: Uint8Array, cameraId: CameraId, sealed: Uint8Array): DeviceAccess =>
  open(key, associatedData('device', cameraId), sealed, (found) => DeviceAccess.parse(found));

function seal(key: Uint8Array, aad: Buffer, access: StreamSource | DeviceAccess): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(access), 'utf8'), cipher.final()]);
  return Buffer.concat([Uint8Array.of(VERSION), nonce, sealed, cipher.getAuthTag()]);
}

function open<T>(key: Uint8Array, aad: Buffer, sealed: Uint8Array, parse: (found: unknown) => T): T {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== VERSION) throw new CredentialsUnreadable();
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return parse(JSON.parse(text.toString('utf8')));
  } catch (error) {
    throw new CredentialsUnreadable(error);
  }
}

/**
 * Tells one address from another without saying what it is: the database compares it to see whether a camera's picture comes
 * from elsewhere now. The same for every password.
 * @returns HMAC-SHA256 (hex) over the camera's id and the url
 */
export const addressMac = (key: Uint8Array, cameraId: CameraId, { url }: Pick<StreamSource, 'url'>): string =>
  createHmac('sha256', key).update(`louver stream address v1 ${cameraId} ${url}`).digest('hex');

/**
 * The key from `LOUVER_CREDENTIALS_KEY`, or else from `keys/credentials.key` below `dataFolder`: 32 bytes, base64.
 * @throws Error that names the place when there is none or it is not 32 bytes
 */
export function readCredentialsKey(dataFolder: string, env: NodeJS.ProcessEnv = process.env): Buffer {
  const fromEnv = env.LOUVER_CREDENTIALS_KEY;
  const place = fromEnv === undefined ? join(dataFolder, 'keys', 'credentials.key') : 'LOUVER_CREDENTIALS_KEY';
  let text: string;
  try {
    text = fromEnv ?? readFileSync(place, 'utf8');
  } catch (error) {
    throw new Error(`couldn't read the credentials key: ${place} is not there or not readable`, { cause: error });
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new Error(`couldn't use the credentials key: ${place} must hold 32 bytes in base64`);
  return key;
}

const associatedData = (of: 'stream' | 'device', cameraId: CameraId): Buffer =>
  Buffer.from(`louver ${of} credentials v${VERSION} ${cameraId}`);
