// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, type JurisdictionPath } from '@louver/contract';

/** The same path, or one below it: `vn.p66` covers `vn.p66.hoa_sua` and not `vn.p661`. */
export const covers = (root: string, path: string): boolean => path === root || path.startsWith(`${root}.`);

export const holds = (actor: { jurisdictions: readonly JurisdictionPath[] }, path: string): boolean =>
  actor.jurisdictions.some((root) => covers(root, path));

/**
 * A jurisdiction that the actor does not hold doesn't exist for them.
 * @throws Problem jurisdiction-not-found
 */
export function requireHeld(actor: { jurisdictions: readonly JurisdictionPath[] }, path: JurisdictionPath): void {
  if (!holds(actor, path)) throw new Problem('jurisdiction-not-found');
}

/** The deepest path that covers them all; null when they have no label in common. */
export function commonAncestor(paths: Iterable<string>): JurisdictionPath | null {
  let common: string[] | undefined;
  for (const path of new Set(paths)) {
    const labels = path.split('.');
    const end = (common ?? labels).findIndex((label, i) => label !== labels[i]);
    common = (common ?? labels).slice(0, end === -1 ? undefined : end);
  }
  return common === undefined || common.length === 0 ? null : (common.join('.') as JurisdictionPath);
}
