// SPDX-License-Identifier: AGPL-3.0-or-later
import { AimGeometry, AimId, type AimDraft, type Camera } from '@louver/contract';
import { z } from 'zod';
import { dropped } from '../app/search-params.ts';
import { AIM_POINTERS, draftOfAim, type AimEdits, type AimNumber } from '../cameras/edit/aim-values.ts';
import { errorsOf, wrongFields } from '../cameras/edit/field-pointers.ts';
import { MOST_RANGE_METRES } from './surroundings.ts';

/** As the contract has it, but not further than surroundings are fetched. */
const PlannedAim = AimGeometry.extend({ range: z.number().gt(0).max(MOST_RANGE_METRES) });

const POINTERS = Object.fromEntries(Object.entries(AIM_POINTERS).filter(([field]) => field !== 'name')) as Record<
  AimNumber,
  string
>;

/** What is typed and dragged over an aim: what can be looked at, and which fields can't be read. */
export function planOf(base: AimDraft, edits: AimEdits): { aim: AimDraft; wrong: AimNumber[] } {
  const { name: _name, ...draft } = draftOfAim(base, edits);
  const wrong = Object.keys(wrongFields(errorsOf(PlannedAim, draft), POINTERS).fields) as AimNumber[];
  const readable = Object.fromEntries(Object.entries(edits).filter(([field]) => !wrong.includes(field as AimNumber)));
  const aim = draftOfAim(base, readable);
  return { aim: { ...aim, range: Math.min(aim.range, MOST_RANGE_METRES) }, wrong };
}

/** The aim of a camera that a plan begins from. */
export function aimOfCamera(camera: Camera, id: string | undefined): AimDraft | undefined {
  const found = camera.aims.find((aim) => aim.id === id) ?? camera.aims[0];
  if (found === undefined) return undefined;
  const { id: _id, cameraId: _cameraId, calibration: _calibration, ...draft } = found;
  return draft;
}

const number = dropped(z.coerce.number());

/** An aim in an address: how a plan is handed to the page of a camera. */
export const HandedAim = z.object({
  /** Which of the camera's aims it would take the place of. */
  aim: dropped(AimId),
  lon: number,
  lat: number,
  height: number,
  heading: number,
  tilt: number,
  roll: number,
  hfov: number,
  range: number,
  k1: number,
  k2: number,
});
export type HandedAim = z.infer<typeof HandedAim>;

export const handedOf = (
  { position, heading, tilt, roll, hfov, range, k1, k2 }: AimGeometry,
  aim: AimId | undefined,
): HandedAim => ({
  aim,
  ...position,
  heading,
  tilt,
  roll,
  hfov,
  range,
  k1,
  k2,
});

/** The fields of a form that somebody's plan fills in. */
export const editsOf = (handed: HandedAim): AimEdits =>
  Object.fromEntries(
    (['lon', 'lat', 'height', 'heading', 'tilt', 'roll', 'hfov', 'range', 'k1', 'k2'] as const).flatMap((field) => {
      const value = handed[field];
      return value === undefined ? [] : [[field, String(Number(value.toFixed(7)))]];
    }),
  );
