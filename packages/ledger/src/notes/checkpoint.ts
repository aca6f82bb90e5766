// SPDX-License-Identifier: AGPL-3.0-or-later
import { decodeHash, encodeBase64 } from '../bytes.ts';
import { LedgerError } from '../ledger-error.ts';
import { parseDecimal, requireSize } from '../size.ts';
import { parseNote, requireText } from './note.ts';

/** The state of a log, as the text of a note says it. */
export interface Checkpoint {
  /** Identity of the log. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Lines that no auditor can check. Louver writes none. */
  readonly extensions: readonly string[];
}

/** The text of a note is no checkpoint. */
export class CheckpointMalformed extends LedgerError {
  override readonly name = 'CheckpointMalformed';
}

/**
 * The checkpoint in the text of a note; says nothing about who signed it.
 * @throws CheckpointMalformed also for sizes above 2^53 - 1, which are not supported
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw new CheckpointMalformed('the checkpoint does not end in a line feed');
  const [origin, sizeLine, rootLine, ...extensions] = text.slice(0, -1).split('\n');
  if (sizeLine === undefined || rootLine === undefined)
    throw new CheckpointMalformed('the checkpoint has fewer than three lines');
  if (!origin) throw new CheckpointMalformed('the origin of the checkpoint is empty');
  const size = parseDecimal(sizeLine);
  if (size === undefined) throw new CheckpointMalformed(`${JSON.stringify(sizeLine.slice(0, 40))} is no tree size`);
  const root = decodeHash(rootLine);
  if (!root) throw new CheckpointMalformed('the root of the checkpoint is not the base64 of 32 bytes');
  if (extensions.includes('')) throw new CheckpointMalformed('an extension line of the checkpoint is empty');
  return { origin, size, root, extensions };
}

/**
 * What a signed checkpoint claims, before anybody's signature is verified: whose log it would be, which size.
 * @throws NoteMalformed, CheckpointMalformed
 */
export const peekCheckpoint = (signed: Uint8Array | string): Checkpoint => parseCheckpoint(parseNote(signed).text);

/** The text that a log signs. @throws CheckpointMalformed, NoteMalformed, SizeInvalid for what could not be parsed again */
export function formatCheckpoint({
  origin,
  size,
  root,
  extensions = [],
}: Omit<Checkpoint, 'extensions'> & Partial<Checkpoint>): string {
  requireSize(size, 'tree size');
  const text = [origin, size, encodeBase64(root), ...extensions].map((line) => `${line}\n`).join('');
  requireText(text);
  const parsed = parseCheckpoint(text);
  if (parsed.origin !== origin || parsed.extensions.length !== extensions.length)
    throw new CheckpointMalformed('a line of the checkpoint has a line feed in it');
  return text;
}
