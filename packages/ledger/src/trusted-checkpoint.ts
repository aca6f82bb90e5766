// SPDX-License-Identifier: AGPL-3.0-or-later
import { LedgerError } from './ledger-error.ts';
import { parseCheckpoint, type Checkpoint } from './notes/checkpoint.ts';
import { formatNote, parseNote, parseSignatureLines } from './notes/note.ts';
import { SignatureInvalid, verifySignatures, type VerifiedSignature } from './notes/signatures.ts';
import { sameKey, type VerifierKey } from './notes/key.ts';
import { isQuorumMet, type Policy } from './policy.ts';

/** The log has signed, but too few of the witnesses that the policy asks for. */
export class QuorumUnmet extends LedgerError {
  override readonly name = 'QuorumUnmet';
}

/** A checkpoint that a policy's log has signed, and the policy's quorum has cosigned. */
export interface TrustedCheckpoint extends Checkpoint {
  /** All verified lines, the log's and the witnesses'. */
  readonly signatures: readonly VerifiedSignature[];
}

/**
 * Opens a signed checkpoint. The origin must be the key name of a log of the policy, and that log must have signed it:
 * a witness alone, or another log of the policy, does not do.
 * @throws NoteMalformed, CheckpointMalformed, SignatureInvalid, QuorumUnmet
 */
export async function openCheckpoint(signed: Uint8Array | string, policy: Policy): Promise<TrustedCheckpoint> {
  const note = parseNote(signed);
  const checkpoint = parseCheckpoint(note.text);
  const logs = policy.logs.map(({ key }) => key).filter((key) => key.name === checkpoint.origin);
  if (logs.length === 0)
    throw new SignatureInvalid(`no trusted log has the origin ${JSON.stringify(checkpoint.origin.slice(0, 100))}`);
  const witnesses = [...policy.witnesses.values()].map(({ key }) => key);
  const signatures = await verifySignatures(note, [...logs, ...witnesses]);
  if (!signatures.some(({ key }) => key.kind === 'ed25519')) throw new SignatureInvalid('the log has not signed');
  const cosigners = signatures.filter(({ key }) => key.kind === 'cosignature/v1').map(({ key }) => key);
  if (!isQuorumMet(policy, cosigners))
    throw new QuorumUnmet(`the cosignatures (${cosigners.length}) do not meet the quorum ${policy.quorum}`);
  return { ...checkpoint, signatures };
}

/**
 * A signed checkpoint with those lines of a witness's answer that the witnesses have verifiably made; a new line takes the
 * place of the same key's older one. Lines of unknown keys are left out.
 * @throws NoteMalformed; SignatureInvalid if a known witness's line is wrong, or none is by a known witness
 */
export async function mergeCosignatures(
  signed: string,
  answer: string,
  witnesses: readonly VerifierKey[],
): Promise<string> {
  const note = parseNote(signed);
  const offered = { text: note.text, signatures: parseSignatureLines(answer) };
  const verified = (await verifySignatures(offered, witnesses)).map(({ signature }) => signature);
  const fresh = verified.filter((line, i) => verified.findIndex((other) => sameKey(other, line)) === i);
  const kept = note.signatures.filter((line) => !fresh.some((other) => sameKey(other, line)));
  return formatNote({ text: note.text, signatures: [...kept, ...fresh] });
}
