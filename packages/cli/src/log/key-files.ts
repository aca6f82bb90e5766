// SPDX-License-Identifier: AGPL-3.0-or-later
// The log's keys in a folder: log.key signs, log.next.key signs too while keys rotate, log.vkey is what everybody may know.
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatVkey, KeyMalformed, parseVkeys, signerOf, type VerifierKey } from '@louver/ledger';
import { createFile, replaceFile } from '../atomic-file.ts';
import { EXIT, Failure, reasonOf } from '../failure.ts';

export const keyFile = (folder: string): string => join(folder, 'log.key');
export const nextKeyFile = (folder: string): string => join(folder, 'log.next.key');
export const vkeyFile = (folder: string): string => join(folder, 'log.vkey');

export const PRIVATE = 0o600;
export const PUBLIC = 0o644;

export const newPrivateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Text of a file; undefined where there is none. @throws Failure usage for one that may not be read */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Failure(EXIT.usage, `couldn't read ${path}: ${reasonOf(error)}`, error);
  }
}

/** @throws Failure usage if there is none, or it holds no keys of one log */
export async function readVkeys(folder: string): Promise<[VerifierKey, ...VerifierKey[]]> {
  const path = vkeyFile(folder);
  const text = await textOf(path);
  if (text === undefined)
    throw new Failure(EXIT.usage, `there is no ${path}: louver log key new makes one, and so does the first start`);
  try {
    const [first, ...others] = parseVkeys(text);
    if (others.some(({ name }) => name !== first!.name)) throw new KeyMalformed('the keys are of different logs');
    return [first!, ...others];
  } catch (error) {
    if (!(error instanceof KeyMalformed)) throw error;
    throw new Failure(EXIT.usage, `${path}: ${error.message}`, error);
  }
}

/** The verifier key that belongs to a private one. @throws Failure usage if the text is no Ed25519 key */
export function vkeyOf(path: string, pem: string, name: string): VerifierKey {
  try {
    return signerOf(name, 'ed25519', pem).key;
  } catch (error) {
    throw new Failure(EXIT.usage, `${path} is no Ed25519 private key in PEM`, error);
  }
}

export const writeVkeys = (folder: string, keys: readonly VerifierKey[]): Promise<void> =>
  replaceFile(vkeyFile(folder), keys.map((key) => `${formatVkey(key)}\n`).join(''), {
    mode: PUBLIC,
    ownerOf: keyFile(folder),
  });

/**
 * Makes log.key and log.vkey. A key that is there is never replaced: who lost it has lost the log. One whose log.vkey was
 * never written, because the machine went down between the two, gets it now.
 * @throws Failure refused if both are there, or the private key is gone
 */
export async function makeKey(folder: string, name: string): Promise<VerifierKey> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = keyFile(folder);
  const there = await textOf(path);
  if ((await textOf(vkeyFile(folder))) !== undefined) {
    const what = there === undefined ? 'whose private key is missing' : 'with its private key';
    throw new Failure(EXIT.refused, `there is a ${vkeyFile(folder)} already, ${what}: it is not replaced`);
  }
  const pem = there ?? newPrivateKey();
  const key = vkeyOf(path, pem, name);
  if (there === undefined) await createFile(path, pem, { mode: PRIVATE });
  await writeVkeys(folder, [key]);
  return key;
}
