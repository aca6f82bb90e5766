// SPDX-License-Identifier: AGPL-3.0-or-later
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatVkey, KeyMalformed, parseVkey, signerOf, type Signer } from '@louver/ledger';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import { writeDurably } from './state-folder.ts';

export interface KeyPlace {
  keyFile: string;
  name: string;
  state: string;
  /** The key has cosigned nothing yet, or what it cosigned is lost and somebody answers for that. */
  acceptEmptyState: boolean;
}

/**
 * The witness's signer; its key is made at the first run. State and key belong together: with an empty folder a known key
 * would begin anew, and could cosign another tree than before.
 * @throws Failure
 */
export async function requireSigner(place: KeyPlace): Promise<{ signer: Signer; made: boolean }> {
  const { keyFile, name, state, acceptEmptyState } = place;
  const marker = join(state, 'vkey');
  const known = readIfThere(marker)?.trim();
  const existing = readIfThere(keyFile);
  const signer = signerFrom(existing ?? newKey(), name, keyFile);
  const isOurs = known !== undefined && samePublicKey(known, signer);
  if (existing !== undefined && !isOurs && !acceptEmptyState)
    throw new Failure(
      EXIT.refused,
      known === undefined
        ? `${state} is empty, but the key ${keyFile} was made before: a witness that forgot what it cosigned can be led to cosign a second tree. Give it its state back, or a new key; if the key has never cosigned anything, add --accept-empty-state`
        : `${state} is the state of another key than ${keyFile}`,
    );
  // Before the key: a crash between the two leaves no key that has lost its state.
  if (!isOurs) await writeDurably(marker, `${formatVkey(signer.key)}\n`);
  if (existing === undefined)
    await writeDurably(keyFile, String(signer.privateKey.export({ type: 'pkcs8', format: 'pem' })), 0o600);
  else requirePrivate(keyFile);
  return { signer, made: existing === undefined };
}

function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function signerFrom(pem: string, name: string, keyFile: string): Signer {
  try {
    return signerOf(name, 'cosignature/v1', pem);
  } catch (error) {
    if (error instanceof KeyMalformed) throw new Failure(EXIT.usage, error.message, error);
    throw new Failure(EXIT.refused, `${keyFile} is no Ed25519 private key in PEM`, error);
  }
}

const samePublicKey = (vkey: string, { key }: Signer): boolean =>
  Buffer.from(parseVkey(vkey).publicKey).equals(Buffer.from(key.publicKey));

function requirePrivate(keyFile: string): void {
  if ((statSync(keyFile).mode & 0o077) !== 0)
    throw new Failure(EXIT.refused, `${keyFile} can be read by others: chmod 600 ${keyFile}`);
}

/** @throws Failure for a file that is there and cannot be read: not to be taken for a first run */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Failure(EXIT.refused, `couldn't read ${path}: ${reasonOf(error)}`, error);
  }
}
