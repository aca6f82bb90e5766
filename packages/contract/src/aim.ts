// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AimId, CameraId } from './ids.ts';
import { Latitude, Longitude } from './geo.ts';

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
});
export type AimGeometry = z.infer<typeof AimGeometry>;

export const AimDraft = z.strictObject({ name: z.string().trim().min(1).max(80), ...AimGeometry.shape });
export type AimDraft = z.infer<typeof AimDraft>;

export const Aim = z.object({ id: AimId, cameraId: CameraId, ...AimDraft.shape }).meta({ id: 'Aim' });
export type Aim = z.infer<typeof Aim>;
