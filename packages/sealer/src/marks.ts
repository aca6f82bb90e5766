// SPDX-License-Identifier: AGPL-3.0-or-later
// What was ever let out of the database: the log must continue every tree that anybody may have seen.
import { join } from 'node:path';
import { openCheckpoint, type Policy, type TrustedCheckpoint, trustLogs } from '@louver/ledger';
import { readIfThere } from './claimed-folder.ts';
import type { LogKeys } from './keys.ts';
import { MayNotSeal } from './may-not-seal.ts';

/** The last checkpoint that was about to be published, beside the key: it survives a restore of the rest. */
export const FLOOR = 'log.floor';
export const CHECKPOINT = 'checkpoint';

export interface Mark {
  readonly file: string;
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
}

export interface Folders {
  readonly logDir: string;
  readonly keyDir: string;
}

/** @throws MayNotSeal when a file is there that this log's keys have not signed */
export async function readMarks(
  { logDir, keyDir }: Folders,
  keys: LogKeys,
): Promise<{ published: Mark | undefined; floor: Mark | undefined }> {
  const policy = trustLogs(...keys.signers.map(({ key }) => key));
  return {
    published: await readMark(join(logDir, CHECKPOINT), policy),
    floor: await readMark(join(keyDir, FLOOR), policy),
  };
}

async function readMark(file: string, policy: Policy): Promise<Mark | undefined> {
  const signed = await readIfThere(file);
  if (!signed) return undefined;
  const { size, root } = await openMark(file, signed, policy);
  return { file, size, root: Buffer.from(root).toString('hex') };
}

async function openMark(file: string, signed: Uint8Array, policy: Policy): Promise<TrustedCheckpoint> {
  try {
    return await openCheckpoint(signed, policy);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new MayNotSeal('unsuitable-key', `${file} is no checkpoint that this log's key has signed: ${why}`, {
      cause,
    });
  }
}

/** @throws MayNotSeal for a database that is older than what was published */
export function requireNotBelow(size: number, marks: readonly Mark[]): void {
  const above = marks.find((mark) => mark.size > size);
  if (above)
    throw new MayNotSeal(
      'rolled-back',
      `the database knows ${size} sealed records, but ${above.size} were signed and published (${above.file}). ` +
        'It looks like an older backup. Sealing would make a second log; nothing was changed. ' +
        'Restore a database that has them all, or begin a new log under another name.',
    );
}
