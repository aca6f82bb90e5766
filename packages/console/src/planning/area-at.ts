// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Jurisdiction, JurisdictionPath } from '@louver/contract';
import type { Place } from '../cameras/edit/camera-mark.ts';

/** The smallest area whose box a place is in: a guess that a person looks at, because boxes overlap where areas don't. */
export function areaAt(
  areas: readonly Pick<Jurisdiction, 'path' | 'bbox'>[],
  { lon, lat }: Place,
): JurisdictionPath | undefined {
  const around = areas.flatMap(({ path, bbox }) => {
    if (bbox === null) return [];
    const [west, south, east, north] = bbox;
    const within = lon >= west && lon <= east && lat >= south && lat <= north;
    return within ? [{ path, size: (east - west) * (north - south) }] : [];
  });
  return around.toSorted((a, b) => a.size - b.size)[0]?.path;
}
