// SPDX-License-Identifier: AGPL-3.0-or-later
// What requests of several capabilities have in common.
import { z } from 'zod';
import { AimId, CameraId } from '../ids.ts';

export const ofCamera = z.object({ cameraId: CameraId });
export const ofAim = z.object({ aimId: AimId });

/** A query may name a value once or several times: `?status=live&status=planned`. */
export const several = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(20).exactOptional(),
  );

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
export const limit = z.coerce.number().int().min(1).max(500).default(100);
export const cursor = z.string().max(400).exactOptional();
export const instant = z.iso.datetime({ offset: true });
