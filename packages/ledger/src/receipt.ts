// SPDX-License-Identifier: AGPL-3.0-or-later
import { decodeBase64, encodeBase64 } from './bytes.ts';
import { formatHashLines, parseHashLines, splitBeforeCheckpoint } from './hash-lines.ts';
import { LedgerError } from './ledger-error.ts';
import { verifyInclusion } from './merkle/inclusion.ts';
import { ProofInvalid } from './merkle/proof-invalid.ts';
import { peekCheckpoint } from './notes/checkpoint.ts';
import type { Policy } from './policy.ts';
import { parseDecimal, requireSize } from './size.ts';
import { openCheckpoint, type TrustedCheckpoint } from './trusted-checkpoint.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** An offline proof that an entry is in the log (tlog-proof, a draft; files end in .tlog-proof). */
export interface LogReceipt {
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Nobody vouches for it. */
  readonly extra?: Uint8Array;
}

/** The bytes are no tlog-proof. */
export class ReceiptMalformed extends LedgerError {
  override readonly name = 'ReceiptMalformed';
}

/** @throws NoteMalformed, CheckpointMalformed, SizeInvalid for what could not be parsed again */
export function formatReceipt({ index, proof, checkpoint, extra }: LogReceipt): string {
  requireSize(index, 'index');
  peekCheckpoint(checkpoint);
  const extraLine = extra ? `extra ${encodeBase64(extra)}\n` : '';
  return `${HEADER}\n${extraLine}index ${index}\n${formatHashLines(proof)}\n${checkpoint}`;
}

/**
 * Takes a receipt apart; says nothing about whether it is true.
 * @throws ReceiptMalformed, NoteMalformed, CheckpointMalformed
 */
export function parseReceipt(input: Uint8Array | string): LogReceipt {
  const split = splitBeforeCheckpoint(input);
  if (!split) throw new ReceiptMalformed('the receipt has no blank line before a checkpoint, or is not UTF-8');
  const [header, ...rest] = split.lines;
  if (header !== HEADER) throw new ReceiptMalformed(`the receipt does not begin with ${HEADER}`);
  const extraLine = rest[0]?.startsWith('extra ') ? rest.shift()! : undefined;
  const extra = extraLine === undefined ? undefined : decodeBase64(extraLine.slice('extra '.length));
  if (extraLine !== undefined && !extra) throw new ReceiptMalformed('the extra data of the receipt is not base64');
  const indexLine = rest.shift() ?? '';
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) throw new ReceiptMalformed('the receipt has no index line where one should be');
  const proof = parseHashLines(rest);
  if (!proof) throw new ReceiptMalformed('the proof is not up to 63 lines of the base64 of 32 bytes each');
  peekCheckpoint(split.checkpoint);
  return { index, proof, checkpoint: split.checkpoint, ...(extra ? { extra } : {}) };
}

/**
 * Whether the policy's log holds this leaf at the receipt's index: needs no network. Gives the checkpoint that vouches for it,
 * with the times of its cosignatures.
 * @throws ProofInvalid, SignatureInvalid, QuorumUnmet, NoteMalformed, CheckpointMalformed
 */
export async function verifyReceipt(receipt: LogReceipt, leaf: Uint8Array, policy: Policy): Promise<TrustedCheckpoint> {
  const checkpoint = await openCheckpoint(receipt.checkpoint, policy);
  const { size, root } = checkpoint;
  const { index, proof } = receipt;
  if (index >= size) throw new ProofInvalid(`index ${index} is not in the checkpoint's tree of size ${size}`);
  verifyInclusion({ leaf, index, size, root, proof });
  return checkpoint;
}
