// SPDX-License-Identifier: AGPL-3.0-or-later
import { equalBytes } from '../bytes.ts';
import { hashNode, rootOf } from './hash.ts';
import { ProofInvalid, requireHashes } from './proof-invalid.ts';
import { inclusionSpans } from './span.ts';

/** The inclusion proof of one of the leaf hashes held in memory; for small trees, all of them are hashed again. */
export const proveInclusion = (leafHashes: readonly Uint8Array[], index: number): Uint8Array[] =>
  inclusionSpans(index, leafHashes.length).map(({ start, end }) => rootOf(leafHashes.slice(start, end)));

/**
 * Whether the leaf stands at the index of the tree with this size and root.
 * @throws ProofInvalid if not; SizeInvalid for an index outside the tree
 */
export function verifyInclusion(claim: {
  leaf: Uint8Array;
  index: number;
  size: number;
  root: Uint8Array;
  proof: readonly Uint8Array[];
}): void {
  const { leaf, index, size, root, proof } = claim;
  const spans = inclusionSpans(index, size);
  requireHashes(proof, spans.length);
  requireHashes([leaf], 1);
  const reached = spans.reduce(
    (hash, span, i) => (span.start > index ? hashNode(hash, proof[i]!) : hashNode(proof[i]!, hash)),
    leaf,
  );
  if (!equalBytes(reached, root))
    throw new ProofInvalid(`the proof does not lead from leaf ${index} to the root of size ${size}`);
}
