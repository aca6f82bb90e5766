// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AimId, CameraId } from './ids.ts';
import { Latitude, Longitude } from './geo.ts';
import { AimPreset } from './ptz.ts';

export const FrameSize = z.strictObject({
  width: z.number().int().min(16).max(8192),
  height: z.number().int().min(16).max(8192),
});
export type FrameSize = z.infer<typeof FrameSize>;

/** Where one view of a camera points. Metres and degrees; positive roll turns the camera clockwise seen from behind. */
export const AimGeometry = z.strictObject({
  position: z.strictObject({ lon: Longitude, lat: Latitude, height: z.number().min(0).max(500) }),
  heading: z.number().min(0).lt(360),
  tilt: z.number().min(-90).max(90),
  roll: z.number().min(-180).max(180),
  hfov: z.number().gt(0).lt(180),
  image: FrameSize,
  range: z.number().gt(0).max(5000),
  /** Radial distortion of the lens after Brown and Conrady, as OpenCV has it: none where both are 0 or left out. */
  k1: z.number().min(-2).max(2).exactOptional(),
  k2: z.number().min(-2).max(2).exactOptional(),
});
export type AimGeometry = z.infer<typeof AimGeometry>;

/** Whether the picture of such a lens folds over itself within the frame: two places would share a pixel, and no mask parts them. */
export function lensFolds({ hfov, image, k1 = 0, k2 = 0 }: Pick<AimGeometry, 'hfov' | 'image' | 'k1' | 'k2'>): boolean {
  // The slope 1 + 3·k1·r² + 5·k2·r⁴ comes to nothing at r² = 2 / twice.
  const under = 9 * k1 * k1 - 20 * k2;
  const twice = under < 0 ? 0 : Math.sqrt(under) - 3 * k1;
  if (twice <= 0) return false;
  const fold2 = 2 / twice;
  const reach = Math.sqrt(fold2) * (1 + fold2 * (k1 + fold2 * k2));
  return reach <= (Math.hypot(image.width, image.height) / image.width) * Math.tan((hfov * Math.PI) / 360);
}

export const AimDraft = z.strictObject({
  name: z.string().trim().min(1).max(80),
  ...AimGeometry.shape,
  /** Of a camera that turns. Null for one that is fixed; left out, it stays as it is. */
  preset: AimPreset.nullable().exactOptional(),
});
export type AimDraft = z.infer<typeof AimDraft>;

/**
 * How the numbers of an aim came about: `measured` by points found on map and picture, `stated` by a person or a file that
 * gave every one, `assumed` where height, heading, tilt or field of view was filled in. Of an assumed aim there is no picture.
 */
export const AimCalibration = z.enum(['measured', 'stated', 'assumed']);
export type AimCalibration = z.infer<typeof AimCalibration>;

/** What a person sends. Without `calibration` a new aim is `stated`, and one that was assumed stays so. */
export const AimStatement = AimDraft.extend({ calibration: AimCalibration.exactOptional() });
export type AimStatement = z.infer<typeof AimStatement>;

export const Aim = z
  .object({
    id: AimId,
    cameraId: CameraId,
    ...AimDraft.shape,
    preset: AimPreset.nullable(),
    calibration: AimCalibration,
  })
  .meta({ id: 'Aim' });
export type Aim = z.infer<typeof Aim>;
