// SPDX-License-Identifier: AGPL-3.0-or-later
// What a row changes of a camera that is there already. What the row does not state stays as somebody made it.
import type { AimDraft, CameraDraft, FieldError, JurisdictionPath } from '@louver/contract';
import type { AimCandidate } from './aim-row.ts';
import type { CameraCandidate } from './camera-row.ts';
import type { KnownAim, KnownCamera, NewAim } from './queries.ts';
import { calibrated, newAim } from './aim-calibration.ts';

export const newCamera = (
  { code, location, stated, assumed }: CameraCandidate,
  jurisdiction: JurisdictionPath,
): CameraDraft => ({
  ...assumed,
  ...stated,
  code,
  location,
  jurisdiction,
});

export interface Merge {
  /** The whole camera as it shall be; undefined when nothing of it changes. */
  camera: KnownCamera | undefined;
  aims: KnownAim[];
  newAims: NewAim[];
}

/** @param jurisdiction undefined when the row itself does not say */
export function mergeCamera(
  known: KnownCamera,
  knownAims: KnownAim[],
  row: CameraCandidate,
  jurisdiction: JurisdictionPath | undefined,
): Merge {
  const merged = {
    ...known,
    ...row.stated,
    location: row.location,
    ...(jurisdiction === undefined ? {} : { jurisdiction }),
  };
  const given = new Map(row.aims.map((aim) => [aim.draft.name, aim]));
  const names = new Set(knownAims.map(({ name }) => name));
  const aims = knownAims.flatMap((aim) => {
    const stated = mergeAim(moved(aim, known, row), given.get(aim.name));
    const after = calibrated(stated, given.get(aim.name), !sameValue(stated, aim));
    return sameValue(after, aim) ? [] : [after];
  });
  return {
    camera: sameValue(merged, known) ? undefined : merged,
    aims,
    newAims: row.aims.filter(({ draft }) => !names.has(draft.name)).map(newAim),
  };
}

/** A planned camera is announced, and live no earlier than was said. The database refuses it as well, and the whole file with it. */
export const tooEarly = (known: KnownCamera, { camera }: Merge): FieldError | undefined =>
  known.notBefore !== null && known.status !== 'live' && camera?.status === 'live'
    ? { pointer: '/status', detail: `was announced, and may not be live before ${known.notBefore}` }
    : undefined;

/** An aim goes with its camera if it stood where the camera stood. */
function moved(aim: KnownAim, known: KnownCamera, { location: { coordinates } }: CameraCandidate): KnownAim {
  const [lon, lat] = known.location.coordinates;
  if (Math.hypot(aim.position.lon - lon, aim.position.lat - lat) > 1e-8) return aim;
  return { ...aim, position: { ...aim.position, lon: coordinates[0], lat: coordinates[1] } };
}

function mergeAim(aim: KnownAim, given: AimCandidate | undefined): KnownAim {
  if (!given) return aim;
  const stated = Object.fromEntries(
    Object.entries(given.draft).filter(([key]) => given.stated.has(key as keyof AimDraft)),
  );
  return { ...aim, ...stated };
}

/** Key order aside; numbers come back from the database digit for digit. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
