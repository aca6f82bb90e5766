// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, FindingKind, FindingState } from '@louver/contract';
import { z } from 'zod';
import { dropped, listed } from '../app/search-params.ts';

export const FindingsSearch = z.object({
  kind: listed(FindingKind),
  state: listed(FindingState),
  camera: dropped(CameraId),
});
export type FindingsSearch = z.output<typeof FindingsSearch>;

export const findingsQueryOf = ({ kind, state, camera }: FindingsSearch) => ({
  ...(kind === undefined ? {} : { kind }),
  ...(state === undefined ? {} : { state }),
  ...(camera === undefined ? {} : { cameraId: camera }),
});
