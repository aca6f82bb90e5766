// SPDX-License-Identifier: AGPL-3.0-or-later
import { equalBytes } from '../bytes.ts';
import { emptyRoot, hashNode, rootOf } from './hash.ts';
import { ProofInvalid, requireHashes } from './proof-invalid.ts';
import { consistencySpans } from './span.ts';

/** The proof that the tree over the leaf hashes continues that over the first `oldSize`; for small trees. */
export const proveConsistency = (leafHashes: readonly Uint8Array[], oldSize: number): Uint8Array[] =>
  consistencySpans(oldSize, leafHashes.length).map(({ start, end }) => rootOf(leafHashes.slice(start, end)));

export interface ConsistencyClaim {
  oldSize: number;
  oldRoot: Uint8Array;
  size: number;
  root: Uint8Array;
  proof: readonly Uint8Array[];
}

/**
 * Whether the larger tree only appended to the older one.
 * @throws ProofInvalid if not; SizeInvalid for a tree that shrank
 */
export function verifyConsistency({ oldSize, oldRoot, size, root, proof }: ConsistencyClaim): void {
  const spans = consistencySpans(oldSize, size);
  requireHashes(proof, spans.length);
  requireHashes([oldRoot, root], 2);
  if (oldSize === size && !equalBytes(oldRoot, root)) throw new ProofInvalid(`two different trees of size ${size}`);
  if (oldSize === 0 && !equalBytes(oldRoot, emptyRoot()))
    throw new ProofInvalid('the root of size 0 is not that of an empty tree');
  if (spans.length === 0) return;
  const known = spans[0]!.end === oldSize ? 1 : 0;
  let older = known === 1 ? proof[0]! : oldRoot;
  let newer = older;
  for (let i = known; i < spans.length; i++) {
    const hash = proof[i]!;
    if (spans[i]!.start >= oldSize) {
      newer = hashNode(newer, hash);
    } else {
      newer = hashNode(hash, newer);
      older = hashNode(hash, older);
    }
  }
  if (!equalBytes(older, oldRoot)) throw new ProofInvalid(`the proof does not lead to the root of size ${oldSize}`);
  if (!equalBytes(newer, root)) throw new ProofInvalid(`the proof does not lead to the root of size ${size}`);
}
