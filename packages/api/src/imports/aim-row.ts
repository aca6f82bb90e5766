// SPDX-License-Identifier: AGPL-3.0-or-later
// A view from the little that a file says of it. What is assumed is said in a note, because masks will be measured by it.
import { AimDraft, Longitude, Latitude, lensFolds, type Point } from '@louver/contract';
import { z } from 'zod';
import type { Direction } from './direction.ts';
import { asNumber, type Fields } from './fields.ts';
import { isRecord } from './source-row.ts';

/** A draft, and which parts of it the row itself states: only those may change an aim that is there already. */
export interface AimCandidate {
  draft: AimDraft;
  stated: ReadonlySet<keyof AimDraft>;
}

const ASSUMED = { height: 5, hfov: 90, tilt: -15, image: { width: 1920, height: 1080 } } as const;
/** A view reaches seven times its height, less when it looks down steeply (osmcamera's view cones). */
const REACH_PER_HEIGHT = 7;
const STEEP_DEG = 15;

const reach = (height: number, tilt: number): number => {
  const steep = Math.max(0, -tilt - STEEP_DEG);
  const metres = REACH_PER_HEIGHT * Math.min(12, Math.max(3, height)) * Math.cos((steep * Math.PI) / 180);
  return Math.max(1, Math.round(metres * 10) / 10);
};

export interface Hints {
  directions: Direction[];
  /** Metres above the ground; a default by mount is marked as assumed. */
  height?: number;
  assumedHeight?: number;
  tilt?: number;
  hfov?: number;
}

/** One aim per direction; none without, because a camera that looks anywhere is not a view. */
export function aimsFrom(location: Point, hints: Hints, fields: Fields): AimCandidate[] {
  const { directions, height, tilt, hfov } = hints;
  if (directions.length === 0) return [];
  const at = height ?? hints.assumedHeight ?? ASSUMED.height;
  const assumed = [
    ...(height === undefined ? [`height ${at} m`] : []),
    ...(hfov === undefined && directions.some(({ width }) => width === undefined)
      ? [`field of view ${ASSUMED.hfov}°`]
      : []),
    ...(tilt === undefined ? [`tilt ${ASSUMED.tilt}°`] : []),
    `range ${reach(at, tilt ?? ASSUMED.tilt)} m`,
    `frame ${ASSUMED.image.width} × ${ASSUMED.image.height}`,
  ];
  fields.notes.push(`aim assumed: ${assumed.join(', ')}`);
  if (height === undefined || tilt === undefined || directions.some(({ width }) => (width ?? hfov) === undefined))
    fields.notes.push('aim not calibrated: no picture until height, tilt and field of view are confirmed or measured');
  const [lon, lat] = location.coordinates;
  return directions.map(({ heading, width }, i) => ({
    draft: {
      name: String(i + 1),
      position: { lon, lat, height: at },
      heading,
      tilt: tilt ?? ASSUMED.tilt,
      roll: 0,
      hfov: width ?? hfov ?? ASSUMED.hfov,
      image: ASSUMED.image,
      range: reach(at, tilt ?? ASSUMED.tilt),
    },
    stated: new Set<keyof AimDraft>([
      'name',
      'heading',
      ...(height === undefined ? [] : (['position'] as const)),
      ...(tilt === undefined ? [] : (['tilt'] as const)),
      ...(width === undefined && hfov === undefined ? [] : (['hfov'] as const)),
    ]),
  }));
}

const Heading = AimDraft.shape.heading;
const OwnHeight = AimDraft.shape.position.shape.height;

/** Our own columns: `heading`, `height`, `tilt`, `hfov`. */
export function ownHints(fields: Fields): Hints {
  const number = (names: string | string[], schema: z.ZodNumber) => fields.get(names, schema, asNumber);
  const heading = number(['heading', 'headingDeg'], Heading);
  const height = number(['height', 'heightM'], OwnHeight);
  const tilt = number(['tilt', 'tiltDeg'], AimDraft.shape.tilt);
  const hfov = number(['hfov', 'hfovDeg'], AimDraft.shape.hfov);
  return {
    directions: heading === undefined ? [] : [{ heading }],
    ...(height === undefined ? {} : { height }),
    ...(tilt === undefined ? {} : { tilt }),
    ...(hfov === undefined ? {} : { hfov }),
  };
}

const OwnPosition = z.strictObject({
  lon: Longitude.optional(),
  lat: Latitude.optional(),
  height: AimDraft.shape.position.shape.height,
});

/** The property `aims` of our own GeoJSON: whole aims, whose position may leave out where the camera stands anyway. */
export function ownAims(location: Point, fields: Fields): AimCandidate[] | undefined {
  const value = fields.raw('aims');
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) {
    fields.refuse('aims', 'expected an array');
    return [];
  }
  const [lon, lat] = location.coordinates;
  const names = new Set<string>();
  return value.flatMap((item: unknown, i) => {
    const position = OwnPosition.safeParse(isRecord(item) ? item.position : undefined);
    const whole = isRecord(item)
      ? {
          ...item,
          name: item.name ?? String(i + 1),
          ...(position.success ? { position: { lon, lat, ...position.data } } : {}),
        }
      : item;
    const draft = AimDraft.safeParse(whole);
    if (!draft.success) {
      for (const issue of draft.error.issues) fields.refuse('aims', issue.message, [i, ...issue.path]);
      return [];
    }
    if (names.has(draft.data.name)) fields.refuse('aims', 'another aim of this camera has this name', [i, 'name']);
    names.add(draft.data.name);
    if (lensFolds(draft.data))
      fields.refuse('aims', 'with this k1 and k2 the picture would fold over itself', [i, 'k1']);
    return [{ draft: draft.data, stated: new Set(Object.keys(AimDraft.shape) as (keyof AimDraft)[]) }];
  });
}
