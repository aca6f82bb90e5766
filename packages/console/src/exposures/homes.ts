// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimExposures, Finding, FlaggedHome, HomeExposure } from '@louver/contract';

/** A home as a page counts it: the flagged ones first, worst first among both. */
export type CountedHome = HomeExposure & {
  number: number;
  /** The building's name in the file that it came from: footprints go by it. Null when it is gone from the map. */
  sourceId: string | null;
  name: string | null;
  use: string | null;
  flagged: FlaggedHome | undefined;
};

type Run = NonNullable<AimExposures['run']>;

/** Every home that a measurement saw. What a finding flags and the newest measurement does not see any more stands there too. */
export function countedHomes(finding: Pick<Finding, 'flagged'> | undefined, run: Run | null): CountedHome[] {
  const seen = new Map((run?.exposures ?? []).map((one) => [one.buildingId, one]));
  const flagged = (finding?.flagged ?? []).map((one) => {
    const known = seen.get(one.buildingId);
    return {
      ...one,
      sourceId: known?.sourceId ?? null,
      name: known?.name ?? null,
      use: known?.use ?? null,
      flagged: one,
    };
  });
  const ids = new Set(flagged.map(({ buildingId }) => buildingId));
  const rest = (run?.exposures ?? []).flatMap((one) =>
    ids.has(one.buildingId) ? [] : [{ ...one, flagged: undefined }],
  );
  return [...flagged, ...rest].map((one, index) => ({ ...one, number: index + 1 }));
}

/** The nearest of them, in metres; infinite where there is none. */
export const nearestOf = (homes: readonly Pick<HomeExposure, 'distanceMetres'>[]): number =>
  Math.min(...homes.map(({ distanceMetres }) => distanceMetres));
