// SPDX-License-Identifier: AGPL-3.0-or-later
// What of a home's exposure is too much, by a policy's rules. Here because a plan is judged in the browser as a camera is by the job.
import { type Breach, DoriLevel, type ExposureRules, type HomeExposure } from './exposure.ts';

type Seen = Pick<HomeExposure, 'dori' | 'frameShare' | 'facadeMetres'>;

/** 0 for none up to 4 for identify. */
const rank = (level: DoriLevel): number => DoriLevel.options.indexOf(level);

/** Which rules a home seen so much breaks; none when it is seen little enough. */
export function breachesOf(seen: Seen, rules: Pick<ExposureRules, 'dori' | 'frameShare' | 'facadeMetres'>): Breach[] {
  const found: Breach[] = [];
  if (rank(seen.dori) >= rank(rules.dori)) found.push('dori');
  if (seen.frameShare >= rules.frameShare) found.push('frame-share');
  if (seen.facadeMetres <= rules.facadeMetres) found.push('facade');
  return found;
}
