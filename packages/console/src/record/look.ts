// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  LedgerError,
  openCheckpoint,
  parseVkey,
  peekCheckpoint,
  ProofInvalid,
  proveConsistencyFromTiles,
  tilePath,
  trustLogs,
  verifyConsistency,
  type Policy,
  type ReadFile,
  type TrustedCheckpoint,
} from '@louver/ledger/verify';
import { LogUnread } from './log-reader.ts';
import { firstMemory, type Alarm, type AlarmKind, type KeptCheckpoint, type Memory } from './memory.ts';

/** The log did what it never may; carries the evidence. */
export class Alarming extends Error {
  override readonly name = 'Alarming';
  readonly alarm: Alarm;
  constructor(alarm: Alarm, options?: ErrorOptions) {
    super(`${alarm.kind}: ${alarm.detail}`, options);
    this.alarm = alarm;
  }
}

/** A checkpoint that is signed by a pinned key and continues what was kept. */
export interface Sight {
  readonly checkpoint: TrustedCheckpoint;
  readonly signed: string;
  readonly policy: Policy;
  readonly servedKeys: readonly string[];
}

const linesOf = (bytes: Uint8Array): string[] =>
  new TextDecoder()
    .decode(bytes)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** @throws LogUnread `absent` for a log that serves none */
export async function servedKeysOf(read: ReadFile): Promise<string[]> {
  const bytes = await read('vkey');
  const keys = bytes === undefined ? [] : linesOf(bytes);
  if (keys.length === 0) throw new LogUnread('absent');
  return keys;
}

export const policyOf = (keys: readonly string[]): Policy => trustLogs(...keys.map(parseVkey));

/** Trust on first use. @throws LedgerError for keys that are none */
export function pin(keys: readonly string[], now: number): Memory {
  policyOf(keys);
  return firstMemory(keys, now);
}

interface Looking {
  memory: Memory;
  read: ReadFile;
  now: number;
}

/**
 * Reads the newest checkpoint and judges it by what is remembered: signature, size, and the proof of consistency, made from
 * the log's own tiles, which cannot make one for a tree that was rewritten.
 * @throws Alarming; LogUnread
 */
export async function lookAtLog(looking: Looking): Promise<Sight> {
  const { memory, read, now } = looking;
  const bytes = await read('checkpoint');
  if (bytes === undefined) throw new LogUnread('absent');
  const signed = new TextDecoder().decode(bytes);
  const servedKeys = await servedKeysOf(read);
  const evidence = { memory, signed, servedKeys, now };
  const policy = policyOf(memory.keys);
  const checkpoint = await openServed(bytes, policy, evidence);
  if (memory.kept) await requireContinues(memory.kept, checkpoint, read, evidence);
  return { checkpoint, signed, policy, servedKeys };
}

interface Evidence {
  memory: Memory;
  signed: string;
  servedKeys: readonly string[];
  now: number;
}

export function alarming(
  kind: AlarmKind,
  { memory, signed, servedKeys, now }: Evidence,
  { detail, path = null }: { detail: string; path?: string | null },
  cause?: unknown,
): Alarming {
  const { kept, keys: pinnedKeys } = memory;
  const alarm: Alarm = {
    kind,
    at: now,
    detail,
    path,
    kept: kept === null ? null : { signed: kept.signed, size: kept.size },
    served: { signed, size: sizeOf(signed) },
    pinnedKeys,
    servedKeys,
  };
  return new Alarming(alarm, { cause });
}

function sizeOf(signed: string): number | null {
  try {
    return peekCheckpoint(signed).size;
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}

async function openServed(bytes: Uint8Array, policy: Policy, evidence: Evidence): Promise<TrustedCheckpoint> {
  try {
    return await openCheckpoint(bytes, policy);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const kind = (await isSignedBy(bytes, evidence.servedKeys)) ? 'key-changed' : 'signature';
    throw alarming(kind, evidence, { detail: error.message, path: 'checkpoint' }, error);
  }
}

/** Whether the keys that the log names now are those that signed: then it changed its key and forged nothing. */
async function isSignedBy(bytes: Uint8Array, keys: readonly string[]): Promise<boolean> {
  try {
    await openCheckpoint(bytes, policyOf(keys));
    return true;
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

async function requireContinues(
  kept: KeptCheckpoint,
  checkpoint: TrustedCheckpoint,
  read: ReadFile,
  evidence: Evidence,
): Promise<void> {
  const { size, root } = checkpoint;
  if (size < kept.size)
    throw alarming('shrank', evidence, { detail: `the log shrank from ${kept.size} entries to ${size}` });
  try {
    await proveContinues(kept, { size, root }, read);
  } catch (error) {
    if (error instanceof ProofInvalid) throw alarming('rewritten', evidence, { detail: error.message }, error);
    if (!(error instanceof LedgerError)) throw error;
    const path = 'path' in error ? String(error.path) : null;
    throw alarming('damaged', evidence, { detail: error.message, path }, error);
  }
}

interface TreeHead {
  size: number;
  root: Uint8Array;
}

/** @throws ProofInvalid if the newer tree does not continue the older one; TileInvalid if the log cannot show it */
export async function proveContinues(older: TreeHead, newer: TreeHead, read: ReadFile): Promise<void> {
  const readTile = async (level: number, index: number, width: number) => read(tilePath({ level, index, width }));
  const proof = await proveConsistencyFromTiles(readTile, older.size, newer.size);
  verifyConsistency({ oldSize: older.size, oldRoot: older.root, size: newer.size, root: newer.root, proof });
}
