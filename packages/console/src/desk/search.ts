// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, ComplaintKind, ComplaintLevel } from '@louver/contract';
import { z } from 'zod';
import { dropped } from '../app/search-params.ts';

export const WHICH = ['open', 'late', 'closed'] as const;

export const DeskSearch = z.object({
  which: dropped(z.enum(WHICH)),
  kind: dropped(ComplaintKind),
  level: dropped(ComplaintLevel),
  camera: dropped(CameraId),
  q: dropped(z.string().trim().min(1).max(100)),
});
export type DeskSearch = z.infer<typeof DeskSearch>;
