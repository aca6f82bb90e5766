// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraStatus, StreamState } from '@louver/contract';
import type { CameraStore } from './camera-store.ts';

const LIVE = CameraStatus.options.indexOf('live');

/** How many cameras in use are in each state, whatever the filters hide: the numbers beside the filters. */
export function countStates({ columns }: Pick<CameraStore, 'columns'>): Partial<Record<StreamState, number>> {
  const sums = new Uint32Array(StreamState.options.length);
  for (let i = 0; i < columns.count; i++) if (columns.status[i] === LIVE) sums[columns.streamState[i]!]!++;
  return Object.fromEntries(StreamState.options.flatMap((state, i) => (sums[i] === 0 ? [] : [[state, sums[i]]])));
}
