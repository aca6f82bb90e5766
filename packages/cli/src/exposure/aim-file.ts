// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Aim, projector } from '@louver/sightline';
import { z } from 'zod';
import { EXIT, Failure, reasonOf } from '../failure.ts';

/** AIM.json, laxer than what the API stores: any angle turns the camera, also one that a survey wrote as -90 or 450. */
const AimFile = z.looseObject({
  position: z.looseObject({
    lon: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    height: z.number().min(0),
  }),
  heading: z.number(),
  tilt: z.number().min(-90).max(90),
  roll: z.number(),
  hfov: z.number().gt(0).lt(180),
  image: z.looseObject({ width: z.number().int().positive(), height: z.number().int().positive() }),
  range: z.number().gt(0),
  /** Brown-Conrady, as OpenCV has them. */
  k1: z.number().exactOptional(),
  k2: z.number().exactOptional(),
});

/** A lens whose picture would fold back over itself has no masks: two places would share a pixel. */
function requireLens(file: string, aim: Aim): Aim {
  try {
    projector(aim);
    return aim;
  } catch (error) {
    throw new Failure(EXIT.refused, `${file} is no aim:\n  k1, k2: ${reasonOf(error)}`, error);
  }
}

/** @throws Failure refused that names every wrong field */
export function parseAim(file: string, json: unknown): { aim: Aim; ignored: string[] } {
  const read = AimFile.safeParse(json);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`);
    throw new Failure(EXIT.refused, [`${file} is no aim:`, ...wrong].join('\n'));
  }
  const { position, heading, tilt, roll, hfov, image, range, k1, k2 } = read.data;
  const { lon, lat, height } = position;
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
    ignored: Object.keys(read.data).filter((key) => !(key in AimFile.shape)),
  };
}
