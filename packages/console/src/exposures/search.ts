// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, DoriLevel, FindingState, JurisdictionPath } from '@louver/contract';
import { z } from 'zod';
import { dropped, listed } from '../app/search-params.ts';

/** What the address of the queue says. The page of one finding carries it along, so that the way back leads to the same rows. */
export const QueueSearch = z.object({
  dori: listed(DoriLevel),
  state: listed(FindingState),
  area: dropped(JurisdictionPath),
  camera: dropped(CameraId),
  due: dropped(z.enum(['late', 'running'])),
});
export type QueueSearch = z.output<typeof QueueSearch>;

export const NO_FILTERS = {
  dori: undefined,
  state: undefined,
  area: undefined,
  camera: undefined,
  due: undefined,
} as const satisfies Record<keyof QueueSearch, undefined>;

export const isFiltered = (search: QueueSearch): boolean => Object.values(search).some((value) => value !== undefined);

/** The query of `GET /exposures/queue`, without keys that are not set: the API takes an empty value for a mistake. */
export const queueQueryOf = ({ dori, state, area, camera, due }: QueueSearch) => ({
  ...(dori === undefined ? {} : { dori }),
  ...(state === undefined ? {} : { state }),
  ...(area === undefined ? {} : { jurisdiction: area }),
  ...(camera === undefined ? {} : { cameraId: camera }),
  ...(due === undefined ? {} : { overdue: String(due === 'late') }),
});
