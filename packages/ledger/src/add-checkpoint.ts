// SPDX-License-Identifier: AGPL-3.0-or-later
import { decodeUtf8 } from './bytes.ts';
import { formatHashLines, parseHashLines, splitBeforeCheckpoint } from './hash-lines.ts';
import { LedgerError } from './ledger-error.ts';
import { peekCheckpoint } from './notes/checkpoint.ts';
import { parseDecimal, requireSize } from './size.ts';

/** What a log sends to a witness (POST add-checkpoint). */
export interface AddCheckpoint {
  /** Size of the last checkpoint that the witness cosigned, as far as the log knows; 0 at first contact. */
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

/** The body of a witness's request or answer is not as tlog-witness demands: a witness answers 400. */
export class WitnessBodyMalformed extends LedgerError {
  override readonly name = 'WitnessBodyMalformed';
}

/** Content type of the body that says at which size a witness is (409). */
export const SIZE_CONTENT_TYPE = 'text/x.tlog.size';

/** @throws NoteMalformed, CheckpointMalformed, SizeInvalid for what could not be parsed again */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  requireSize(oldSize, 'old size');
  peekCheckpoint(checkpoint);
  return `old ${oldSize}\n${formatHashLines(proof)}\n${checkpoint}`;
}

/**
 * Takes a request apart; neither proof nor signatures are verified.
 * @throws WitnessBodyMalformed, NoteMalformed, CheckpointMalformed
 */
export function parseAddCheckpoint(body: Uint8Array | string): AddCheckpoint {
  const split = splitBeforeCheckpoint(body);
  if (!split) throw new WitnessBodyMalformed('the body has no blank line before a checkpoint, or is not UTF-8');
  const [oldLine, ...hashLines] = split.lines;
  const oldSize = oldLine!.startsWith('old ') ? parseDecimal(oldLine!.slice('old '.length)) : undefined;
  if (oldSize === undefined) throw new WitnessBodyMalformed('the body does not begin with "old <size>"');
  const proof = parseHashLines(hashLines);
  if (!proof) throw new WitnessBodyMalformed('the proof is not up to 63 lines of the base64 of 32 bytes each');
  peekCheckpoint(split.checkpoint);
  return { oldSize, proof, checkpoint: split.checkpoint };
}

/** Body of a 409. */
export function formatWitnessSize(size: number): string {
  requireSize(size, 'size');
  return `${size}\n`;
}

/** @throws WitnessBodyMalformed */
export function parseWitnessSize(body: Uint8Array | string): number {
  const text = body.length > 40 ? undefined : decodeUtf8(body);
  const size = text?.endsWith('\n') ? parseDecimal(text.slice(0, -1)) : undefined;
  if (size === undefined) throw new WitnessBodyMalformed('the answer is not "<size>" and a line feed');
  return size;
}
