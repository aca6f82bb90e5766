// SPDX-License-Identifier: AGPL-3.0-or-later
// What a witness answers to POST add-checkpoint (C2SP tlog-witness).
import {
  cosign,
  emptyRoot,
  formatNote,
  formatWitnessSize,
  LedgerError,
  openCheckpoint,
  parseAddCheckpoint,
  parseNote,
  parseSignatureLines,
  peekCheckpoint,
  sameKey,
  SIZE_CONTENT_TYPE,
  trustLogs,
  verifyConsistency,
  type AddCheckpoint,
  type Checkpoint,
  type Signer,
  type TrustedCheckpoint,
  type VerifiedSignature,
} from '@louver/ledger';
import { reasonOf } from '../failure.ts';
import type { EvidenceKind, WitnessedLog } from './witnessed-log.ts';

export interface Answer {
  status: number;
  type: string;
  body: string;
}

export interface Witness {
  readonly signer: Signer;
  /** By origin. */
  readonly logs: ReadonlyMap<string, WitnessedLog>;
  readonly now: () => Date;
  /** A log that contradicts itself: everybody should hear of it. */
  readonly alarm: (line: string) => void;
}

const PLAIN = 'text/plain; charset=utf-8';

export const plain = (status: number, line: string): Answer => ({
  status,
  type: PLAIN,
  body: `${line}\n`,
});

/** Judges one request. What it answers with 200 is on disk before. */
export async function addCheckpoint(witness: Witness, body: Uint8Array): Promise<Answer> {
  let request: AddCheckpoint;
  let claimed: Checkpoint;
  try {
    request = parseAddCheckpoint(body);
    claimed = peekCheckpoint(request.checkpoint);
  } catch (error) {
    return refusal(400, error);
  }
  if (request.oldSize > claimed.size) return plain(400, 'the old size is larger than the checkpoint');
  const log = witness.logs.get(claimed.origin);
  if (!log) return plain(404, 'this witness does not know the log');
  let signed: TrustedCheckpoint;
  try {
    signed = await openCheckpoint(request.checkpoint, trustLogs(...log.keys));
  } catch (error) {
    return refusal(403, error);
  }
  return log.exclusively(async () => judge(witness, log, request, signed));
}

/** The log has signed it; whether it is cosigned depends on what was cosigned before. */
async function judge(
  witness: Witness,
  log: WitnessedLog,
  { oldSize, proof, checkpoint }: AddCheckpoint,
  { size, root, signatures }: TrustedCheckpoint,
): Promise<Answer> {
  const before = log.cosigned;
  const knownSize = before?.size ?? 0;
  // Whatever old size came with it, and whichever status answers it: two signed trees of one size convict a log.
  if (before?.size === size && !Buffer.from(before.root).equals(root)) await accuse(witness, log, 'fork', checkpoint);
  if (oldSize !== knownSize) return { status: 409, type: SIZE_CONTENT_TYPE, body: formatWitnessSize(knownSize) };
  try {
    verifyConsistency({ oldSize, oldRoot: before?.root ?? emptyRoot(), size, root, proof });
  } catch (error) {
    if (knownSize > 0 && size > knownSize) await accuse(witness, log, 'unproven', checkpoint);
    return refusal(422, error);
  }
  const { text } = parseNote(checkpoint);
  const line = cosign(text, witness.signer, Math.floor(witness.now().getTime() / 1000));
  await log.remember({
    size,
    root,
    signed: formatNote({ text, signatures: [...onePerKey(signatures), ...parseSignatureLines(line)] }),
  });
  return { status: 200, type: PLAIN, body: line };
}

/** Of what came only the log's own lines are kept, each once: a hundred more would make a note that nobody can read. */
const onePerKey = (verified: readonly VerifiedSignature[]) =>
  verified.filter(({ key }, i) => verified.findIndex((other) => sameKey(other.key, key)) === i).map((v) => v.signature);

async function accuse(witness: Witness, log: WitnessedLog, kind: EvidenceKind, other: string): Promise<void> {
  const what =
    kind === 'fork'
      ? `has signed ANOTHER tree of size ${log.cosigned?.size}`
      : `has signed a tree that is not proved to continue the one of size ${log.cosigned?.size}`;
  // Refused in any case, also when the disk is full of evidence or of anything else.
  const kept = await log.keepEvidence(kind, other).catch((error: unknown) => error);
  const where =
    typeof kept === 'string' ? `both are kept in ${kept}` : `NOT kept: ${reasonOf(kept ?? 'too many already')}`;
  witness.alarm(`ALARM: the log ${log.origin} ${what}; refused, ${where}`);
}

/** @throws what is a bug and no refusal */
function refusal(status: number, error: unknown): Answer {
  if (!(error instanceof LedgerError)) throw error;
  return plain(status, error.message);
}
