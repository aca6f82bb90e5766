// SPDX-License-Identifier: AGPL-3.0-or-later
// A new key in two steps, so that nobody who holds only the old one or only the new one ever sees a log that he can't verify.
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { formatVkey, openCheckpoint, sameKey, trustLogs, type VerifierKey } from '@louver/ledger';
import { createFile, replaceFile, syncFolder } from '../atomic-file.ts';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import {
  keyFile,
  newPrivateKey,
  nextKeyFile,
  PRIVATE,
  PUBLIC,
  readVkeys,
  textOf,
  vkeyFile,
  vkeyOf,
  writeVkeys,
} from './key-files.ts';

/**
 * Makes log.next.key, and its line in log.vkey below the present key's. Run again after a crash it completes what is missing,
 * and otherwise changes nothing.
 * @returns the next key
 */
export async function beginRotation(folder: string): Promise<VerifierKey> {
  const keys = await readVkeys(folder);
  const present = await requireKey(folder, keys[0].name);
  const path = nextKeyFile(folder);
  const there = await textOf(path);
  if (there === undefined && keys.length > 1)
    throw new Failure(EXIT.refused, 'the last rotation was not finished: run louver log rotate --finish first');
  const pem = there ?? newPrivateKey();
  const next = vkeyOf(path, pem, present.name);
  // The private half first: a key that is announced but can't sign would be worse than one that signs unannounced.
  if (there === undefined) await createFile(path, pem, { mode: PRIVATE, ownerOf: keyFile(folder) });
  await writeVkeys(folder, [present, next]);
  return next;
}

/**
 * Drops the old key: log.next.key becomes log.key, the old line goes from log.vkey to log.retired.vkey, with which old receipts
 * verify. Run again after a crash it completes what is missing.
 * @param checkpointFile what the log has published: it must carry the new key's signature already
 * @returns the key that signs from now on
 */
export async function finishRotation(folder: string, checkpointFile: string): Promise<VerifierKey> {
  const keys = await readVkeys(folder);
  const pem = await textOf(nextKeyFile(folder));
  if (pem === undefined) return finishInterrupted(folder, keys);
  const next = vkeyOf(nextKeyFile(folder), pem, keys[0].name);
  if (!keys.some((key) => sameKey(key, next)))
    throw new Failure(EXIT.refused, `${vkeyFile(folder)} does not show the next key yet: run louver log rotate first`);
  await requireSignedBy(next, checkpointFile);
  await retire(folder, keys, next);
  await rename(nextKeyFile(folder), keyFile(folder));
  await syncFolder(folder);
  await writeVkeys(folder, [next]);
  return next;
}

/** log.key has been replaced already, but log.vkey may still show the old one. */
async function finishInterrupted(folder: string, keys: readonly [VerifierKey, ...VerifierKey[]]) {
  const present = await requireKey(folder, keys[0].name);
  if (keys.length === 1)
    throw new Failure(EXIT.refused, 'no rotation is under way: louver log rotate without --finish begins one');
  await retire(folder, keys, present);
  await writeVkeys(folder, [present]);
  return present;
}

async function requireKey(folder: string, name: string): Promise<VerifierKey> {
  const pem = await textOf(keyFile(folder));
  if (pem === undefined) throw new Failure(EXIT.usage, `there is no ${keyFile(folder)}`);
  const key = vkeyOf(keyFile(folder), pem, name);
  const shown = await readVkeys(folder);
  if (!shown.some((other) => sameKey(other, key)))
    throw new Failure(
      EXIT.refused,
      `${keyFile(folder)} is none of the keys in ${vkeyFile(folder)}: put that right first`,
    );
  return key;
}

/** Before the sealer signs with the new key, to drop the old one would leave a log that nobody can verify. */
async function requireSignedBy(next: VerifierKey, checkpointFile: string): Promise<void> {
  let signed: Uint8Array;
  try {
    signed = await readFile(checkpointFile);
  } catch (error) {
    throw new Failure(
      EXIT.usage,
      `couldn't read the published checkpoint ${checkpointFile}: ${reasonOf(error)}`,
      error,
    );
  }
  try {
    await openCheckpoint(signed, trustLogs(next));
  } catch (error) {
    const what = `the published checkpoint ${checkpointFile} is not signed by the next key yet`;
    throw new Failure(EXIT.refused, `${what}: restart the sealer and wait for a checkpoint`, error);
  }
}

async function retire(folder: string, keys: readonly VerifierKey[], present: VerifierKey): Promise<void> {
  const path = join(folder, 'log.retired.vkey');
  const before = (await textOf(path)) ?? '';
  const retired = keys.filter((key) => !sameKey(key, present)).map((key) => `${formatVkey(key)}\n`);
  const fresh = retired.filter((line) => !before.includes(line));
  if (fresh.length > 0) await replaceFile(path, before + fresh.join(''), { mode: PUBLIC, ownerOf: keyFile(folder) });
}
