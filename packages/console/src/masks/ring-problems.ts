// SPDX-License-Identifier: AGPL-3.0-or-later
import { MaskPolygon } from '@louver/contract';
import type { Ring } from './ring.ts';

type RingFault = 'outside' | 'crossing' | 'nothing' | 'corners';

export interface RingProblem {
  ring: number;
  fault: RingFault;
  /** The corner where it shows, when it is one. */
  vertex: number | null;
}

/** What the contract would refuse, told by polygon and corner. One fault per polygon: the first explains the rest. */
export function ringProblems(rings: readonly Ring[]): RingProblem[] {
  return rings.flatMap((ring, index): RingProblem[] => {
    const outside = ring.findIndex(([x, y]) => !(x >= 0 && x <= 1 && y >= 0 && y <= 1));
    if (outside >= 0) return [{ ring: index, fault: 'outside', vertex: outside }];
    const parsed = MaskPolygon.safeParse(ring.map(([x, y]) => [x, y]));
    if (parsed.success) return [];
    const issue = parsed.error.issues[0]!;
    if (issue.code !== 'custom') return [{ ring: index, fault: 'corners', vertex: null }];
    const at = issue.path[0];
    return [
      typeof at === 'number'
        ? { ring: index, fault: 'crossing', vertex: at }
        : { ring: index, fault: 'nothing', vertex: null },
    ];
  });
}
