// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Aim, projector } from '@louver/sightline';
import { z } from 'zod';
import { EXIT, Failure, reasonOf } from '../failure.ts';

/** AIM.json, laxer than what the API stores: any angle turns the camera, also one that a survey wrote as -90 or 450. */
const AimFile = z.looseObject({
  position: z.looseObject({
    lon: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    height: z.number().min(0).nullish(),
  }),
  heading: z.number().nullish(),
  tilt: z.number().min(-90).max(90).nullish(),
  roll: z.number().nullish(),
  hfov: z.number().gt(0).lt(180).nullish(),
  image: z.looseObject({ width: z.number().int().positive(), height: z.number().int().positive() }),
  range: z.number().gt(0),
  /** Brown-Conrady, as OpenCV has them. */
  k1: z.number().exactOptional(),
  k2: z.number().exactOptional(),
});

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

/** A lens whose picture would fold back over itself has no masks: two places would share a pixel. */
function requireLens(file: string, aim: Aim): Aim {
  try {
    projector(aim);
    return aim;
  } catch (error) {
    throw new Failure(EXIT.refused, `${file} is no aim:\n  k1, k2: ${reasonOf(error)}`, error);
  }
}

interface ReadAim {
  /** Undefined where numbers are missing by which it would be known where homes lie in the frame. */
  readonly aim: Aim | undefined;
  /** These. */
  readonly uncalibrated: readonly string[];
  readonly ignored: readonly string[];
}

/** @throws Failure refused that names every wrong field */
export function parseAim(file: string, json: unknown): ReadAim {
  const read = AimFile.safeParse(json);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`);
    throw new Failure(EXIT.refused, [`${file} is no aim:`, ...wrong].join('\n'));
  }
  const { position, heading, tilt, roll, hfov, image, range, k1, k2 } = read.data;
  const { lon, lat, height } = position;
  const ignored = Object.keys(read.data).filter((key) => !(key in AimFile.shape));
  const needed = { 'position.height': height, heading, tilt, roll, hfov };
  const uncalibrated = Object.entries(needed).flatMap(([name, value]) => (typeof value === 'number' ? [] : [name]));
  if (!isNumber(height) || !isNumber(heading) || !isNumber(tilt) || !isNumber(roll) || !isNumber(hfov))
    return { aim: undefined, uncalibrated, ignored };
  const lens = { ...(k1 !== undefined && { k1 }), ...(k2 !== undefined && { k2 }) };
  return {
    aim: requireLens(file, {
      ...lens,
      position: { lon, lat, height },
      heading,
      tilt,
      roll,
      hfov,
      image: { width: image.width, height: image.height },
      range,
    }),
    uncalibrated,
    ignored,
  };
}
