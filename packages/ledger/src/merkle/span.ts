// SPDX-License-Identifier: AGPL-3.0-or-later
import { requireIndex, requireSize, SizeInvalid } from '../size.ts';

/** The leaves from start up to, not including, end. A proof is the hashes of some spans. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The largest power of two strictly below n (n > 1). By doubling: shifts stop at 32 bits. */
function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** What the inclusion proof of RFC 6962 section 2.1.1 consists of: the leaf's sibling first, the root's child last. */
export function inclusionSpans(index: number, size: number): Span[] {
  requireIndex(index, size);
  const spans: Span[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      spans.push({ start: middle, end });
      end = middle;
    } else {
      spans.push({ start, end: middle });
      start = middle;
    }
  }
  return spans.toReversed();
}

/** What the consistency proof of RFC 6962 section 2.1.2 consists of. Empty from 0 and between equal sizes. */
export function consistencySpans(oldSize: number, size: number): Span[] {
  requireSize(oldSize, 'old tree size');
  requireSize(size, 'tree size');
  if (oldSize > size) throw new SizeInvalid(`a tree of size ${size} cannot contain an older one of size ${oldSize}`);
  if (oldSize === 0) return [];
  const spans: Span[] = [];
  let start = 0;
  let end = size;
  while (end !== oldSize) {
    const middle = start + splitPoint(end - start);
    if (oldSize <= middle) {
      spans.push({ start: middle, end });
      end = middle;
    } else {
      spans.push({ start, end: middle });
      start = middle;
    }
  }
  // From 0 the last span is the whole old tree, whose root the verifier has.
  if (start > 0) spans.push({ start, end });
  return spans.toReversed();
}

/** A perfect subtree: its leaves are 2^level from index * 2^level on. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** The perfect subtrees that a span of a tree falls into, from left to right, largest first. */
export function subtreesOf(span: Span): Subtree[] {
  const subtrees: Subtree[] = [];
  let { start } = span;
  while (start < span.end) {
    let level = 0;
    let width = 1;
    while (width * 2 <= span.end - start) {
      width *= 2;
      level++;
    }
    subtrees.push({ level, index: start / width });
    start += width;
  }
  return subtrees;
}
