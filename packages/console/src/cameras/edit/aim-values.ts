// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimCalibration, AimDraft, AimPreset } from '@louver/contract';

/** In the order of the form. */
export const AIM_POINTERS = {
  name: '/name',
  lat: '/position/lat',
  lon: '/position/lon',
  height: '/position/height',
  heading: '/heading',
  tilt: '/tilt',
  roll: '/roll',
  hfov: '/hfov',
  range: '/range',
  frameWidth: '/image/width',
  frameHeight: '/image/height',
  k1: '/k1',
  k2: '/k2',
} as const;

export type AimField = keyof typeof AIM_POINTERS;
export type AimNumber = Exclude<AimField, 'name'>;

/** What somebody typed or dragged; a field that nobody touched keeps the value that it has, to the last digit. */
export type AimEdits = Partial<Record<AimField, string>>;

/** Within a turn nothing is computed: the remainder of a sum would change the last digits of a heading nobody touched. */
const turned = (degrees: number): number => (degrees >= 0 && degrees < 360 ? degrees : ((degrees % 360) + 360) % 360);

const numbersOf = (aim: AimDraft): Record<AimNumber, number> => ({
  lat: aim.position.lat,
  lon: aim.position.lon,
  height: aim.position.height,
  heading: aim.heading,
  tilt: aim.tilt,
  roll: aim.roll,
  hfov: aim.hfov,
  range: aim.range,
  frameWidth: aim.image.width,
  frameHeight: aim.image.height,
  k1: aim.k1 ?? 0,
  k2: aim.k2 ?? 0,
});

/** Seven decimals of a degree are a centimetre; two of anything else are more than anybody measures. */
const DIGITS: Partial<Record<AimField, number>> = { lat: 7, lon: 7, frameWidth: 0, frameHeight: 0, k1: 6, k2: 6 };
export const textOf = (field: AimNumber, value: number): string => String(Number(value.toFixed(DIGITS[field] ?? 2)));

/** What the fields show. */
export function shownOf(base: AimDraft, edits: AimEdits): Record<AimField, string> {
  const numbers = numbersOf(base);
  const shown = { name: base.name } as Record<AimField, string>;
  for (const field of Object.keys(numbers) as AimNumber[]) shown[field] = textOf(field, numbers[field]);
  return { ...shown, ...edits };
}

/** The aim with the edits in it. An empty or unreadable field is NaN, which the contract refuses. */
export function draftOfAim(base: AimDraft, edits: AimEdits): AimDraft {
  const was = numbersOf(base);
  const is = (field: AimNumber): number => {
    const text = edits[field]?.trim();
    if (text === undefined || text === textOf(field, was[field])) return was[field];
    return text === '' ? Number.NaN : Number(text.replace(',', '.'));
  };
  return {
    name: (edits.name ?? base.name).trim(),
    position: { lon: is('lon'), lat: is('lat'), height: is('height') },
    heading: turned(is('heading')),
    tilt: is('tilt'),
    roll: is('roll'),
    hfov: is('hfov'),
    image: { width: is('frameWidth'), height: is('frameHeight') },
    range: is('range'),
    k1: is('k1'),
    k2: is('k2'),
  };
}

export interface AimChange {
  /** Longitude or latitude: the camera itself moves. */
  place: boolean;
  /** Anything that decides what the picture shows: then its masks no longer fit. */
  view: boolean;
  any: boolean;
}

export function changeOf(before: AimDraft, after: AimDraft): AimChange {
  const [was, is] = [numbersOf(before), numbersOf(after)];
  const differing = (Object.keys(was) as AimNumber[]).filter((field) => was[field] !== is[field]);
  const place = differing.some((field) => field === 'lat' || field === 'lon');
  return { place, view: differing.length > 0, any: differing.length > 0 || before.name !== after.name };
}

/** The angles that points on map and picture give. */
export const MEASURED = ['heading', 'tilt', 'roll', 'hfov'] as const satisfies AimNumber[];

/**
 * What is sent of how the numbers came about. Nothing where it stays as it was; what was filled in stays assumed until
 * somebody has measured it or answers for every number.
 */
export function calibrationOf(
  was: AimCalibration | undefined,
  { measured, confirmed }: { measured: boolean; confirmed: boolean },
): AimCalibration | undefined {
  if (measured) return 'measured';
  if (was === undefined) return confirmed ? 'stated' : 'assumed';
  return was === 'assumed' && confirmed ? 'stated' : undefined;
}

/** The same preset at the same place: a head that stands elsewhere sees something else. */
export const isSamePreset = (a: AimPreset | null, b: AimPreset | null): boolean =>
  a?.token === b?.token &&
  a?.position.pan === b?.position.pan &&
  a?.position.tilt === b?.position.tilt &&
  a?.position.zoom === b?.position.zoom;

/** A usual bullet camera on a pole, for an aim of which nothing is known yet. */
export const usualAim = (name: string, place: { lon: number; lat: number }): AimDraft => ({
  name,
  position: { ...place, height: 5 },
  heading: 0,
  tilt: -20,
  roll: 0,
  hfov: 80,
  image: { width: 1920, height: 1080 },
  range: 50,
});
