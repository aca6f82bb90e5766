// SPDX-License-Identifier: AGPL-3.0-or-later
import { LedgerError } from '../ledger-error.ts';

/** An inclusion or consistency proof does not lead to the root, or has not the shape that the sizes demand. */
export class ProofInvalid extends LedgerError {
  override readonly name = 'ProofInvalid';
}

/** @throws ProofInvalid unless there are exactly so many hashes of 32 bytes */
export function requireHashes(proof: readonly Uint8Array[], count: number): void {
  if (proof.length !== count) throw new ProofInvalid(`the proof has ${proof.length} hashes where ${count} are needed`);
  const wrong = proof.findIndex((hash) => hash.length !== 32);
  if (wrong >= 0) throw new ProofInvalid(`hash ${wrong} of the proof has ${proof[wrong]!.length} bytes`);
}
