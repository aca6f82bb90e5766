// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatVkey, parseVkey, type Signer, signerOf, type VerifierKey } from '@louver/ledger';
import { MayNotSeal } from './may-not-seal.ts';

export interface LogKeys {
  /** Name of the keys, and of the log. */
  readonly origin: string;
  /** More than one while keys rotate: whoever knows either verifies. */
  readonly signers: readonly Signer[];
}

const READABLE_BY_OTHERS = 0o077;

/**
 * `log.key`, and `log.next.key` while keys rotate, under the names that `log.vkey` gives them.
 * @throws MayNotSeal for a key that is missing, readable by others, or not listed
 */
export function readLogKeys(keyDir: string): LogKeys {
  const listed = readVkeys(join(keyDir, 'log.vkey'));
  const files = [join(keyDir, 'log.key'), join(keyDir, 'log.next.key')];
  const signers = files.filter((file, i) => i === 0 || existsSync(file)).map((file) => readSigner(file, listed));
  const [{ key }, next] = signers as [Signer, Signer?];
  if (next && next.key.name !== key.name)
    throw new MayNotSeal('unsuitable-key', `log.next.key is named ${next.key.name}, but the log ${key.name}`);
  return { origin: key.name, signers };
}

function readVkeys(file: string): VerifierKey[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line.trim() !== '').map((line) => parseVkey(line.trim()));
  } catch (cause) {
    throw new MayNotSeal('unsuitable-key', `couldn't read the log's verifier keys: ${file}`, { cause });
  }
}

function readSigner(file: string, listed: readonly VerifierKey[]): Signer {
  const privateKey = readPrivateKey(file);
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const known = listed.find(({ publicKey }) => Buffer.from(publicKey).toString('base64url') === x);
  if (!known)
    throw new MayNotSeal(
      'unsuitable-key',
      `${file} is none of the keys in log.vkey: nobody could verify its signatures`,
    );
  const signer = signerOf(known.name, 'ed25519', privateKey);
  if (formatVkey(signer.key) !== formatVkey(known))
    throw new MayNotSeal('unsuitable-key', `${file} stands in log.vkey as the key of a witness`);
  return signer;
}

function readPrivateKey(file: string): KeyObject {
  try {
    if (statSync(file).mode & READABLE_BY_OTHERS) throw new Error('others than its owner may read it: chmod 600');
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('it is not an Ed25519 key');
    return key;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new MayNotSeal('unsuitable-key', `couldn't use the log's key ${file}: ${why}`, { cause });
  }
}
