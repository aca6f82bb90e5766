// SPDX-License-Identifier: AGPL-3.0-or-later
// Masks are measured by an aim's numbers: where a file leaves one of them out, it is remembered that they are only assumed.
import type { AimDraft } from '@louver/contract';
import type { AimCandidate } from './aim-row.ts';
import type { KnownAim, NewAim } from './queries.ts';

const DECISIVE = ['position', 'heading', 'tilt', 'hfov'] as const satisfies (keyof AimDraft)[];

/** Height, heading, tilt and field of view all come from the row itself. */
const statesView = ({ stated }: AimCandidate): boolean => DECISIVE.every((part) => stated.has(part));

export const newAim = (candidate: AimCandidate): NewAim => ({
  ...candidate.draft,
  calibration: statesView(candidate) ? 'stated' : 'assumed',
});

/** A file that gives every number ends an assumption; one that changes some of them replaces what had been measured. */
export function calibrated(aim: KnownAim, given: AimCandidate | undefined, isChanged: boolean): KnownAim {
  const isStated = aim.calibration === 'assumed' ? given !== undefined && statesView(given) : isChanged;
  return isStated ? { ...aim, calibration: 'stated' } : aim;
}
