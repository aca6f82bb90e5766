// SPDX-License-Identifier: AGPL-3.0-or-later
// What people have settled already.
import { DoriLevel, type HomeExposure } from '@louver/contract';

export type Seen = Omit<HomeExposure, 'breaches'>;

const rank = (level: DoriLevel): number => DoriLevel.options.indexOf(level);

/** How much worse than it was when people settled it a home may be seen and still count as settled: a survey's noise. */
const WORSE = 1.1;

/** Whether people have said of this home, seen so much or more, that it is no breach or that the masks will do. */
export const isSettled = (seen: Seen, settled: readonly Seen[]): boolean =>
  settled.some(
    (then) =>
      then.buildingId === seen.buildingId &&
      rank(seen.dori) <= rank(then.dori) &&
      seen.frameShare <= then.frameShare * WORSE &&
      seen.facadeMetres * WORSE >= then.facadeMetres,
  );
