// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId, OpenedViewing, ViewingId } from '@louver/contract';
import type { ApiProblem } from '../api/api-problem.ts';

/** So many pictures at once: more than four and nobody looks at any. */
export const WALL_SIZE = 4;
/** So often a cut line is opened again before a person has to ask for it. */
export const REOPEN_ATTEMPTS = 3;

interface WatchedCamera {
  id: CameraId;
  code: string;
  name: string;
}

/** What was stated, and with it every viewing that is opened for it. */
export interface Errand {
  camera: WatchedCamera;
  purpose: string;
  caseReference: string | undefined;
}

export interface Tile {
  /** Stays the same when a cut line is opened again. */
  key: string;
  errand: Errand;
  pinned: boolean;
  /** How often this has been opened again by itself. */
  attempts: number;
  stage: { kind: 'opening' } | { kind: 'open'; viewing: OpenedViewing } | { kind: 'refused'; problem: ApiProblem };
}

export type WallChange =
  | { type: 'look'; key: string; errand: Errand }
  | { type: 'opened'; key: string; viewing: OpenedViewing }
  | { type: 'refused'; key: string; problem: ApiProblem }
  | { type: 'reopen'; key: string; byItself: boolean }
  | { type: 'steady'; key: string }
  | { type: 'pin'; key: string }
  | { type: 'close'; key: string };

/** A new look takes the place of the one that is not pinned; pinned pictures stay. */
function withLook(tiles: readonly Tile[], key: string, errand: Errand): readonly Tile[] {
  const kept = tiles.filter((tile) => tile.pinned && tile.errand.camera.id !== errand.camera.id);
  if (kept.length >= WALL_SIZE) return tiles;
  return [...kept, { key, errand, pinned: false, attempts: 0, stage: { kind: 'opening' } }];
}

const CHANGES: {
  [T in WallChange['type']]: (tile: Tile, event: Extract<WallChange, { type: T }>) => Tile | undefined;
} = {
  look: (tile) => tile,
  opened: (tile, { viewing }) => ({ ...tile, stage: { kind: 'open', viewing } }),
  refused: (tile, { problem }) => ({ ...tile, stage: { kind: 'refused', problem } }),
  reopen: (tile, { byItself }) => ({ ...tile, attempts: byItself ? tile.attempts + 1 : 0, stage: { kind: 'opening' } }),
  steady: (tile) => (tile.attempts === 0 ? tile : { ...tile, attempts: 0 }),
  pin: (tile) => ({ ...tile, pinned: !tile.pinned }),
  close: () => undefined,
};

export function changeWall(tiles: readonly Tile[], event: WallChange): readonly Tile[] {
  if (event.type === 'look') return withLook(tiles, event.key, event.errand);
  const change = CHANGES[event.type] as (tile: Tile, event: WallChange) => Tile | undefined;
  return tiles.flatMap((tile) => (tile.key === event.key ? (change(tile, event) ?? []) : [tile]));
}

/** Whether another camera may be looked at now. */
export const hasRoom = (tiles: readonly Tile[], camera: CameraId): boolean =>
  tiles.filter((tile) => tile.pinned && tile.errand.camera.id !== camera).length < WALL_SIZE;

export const openViewings = (tiles: readonly Tile[]): ViewingId[] =>
  tiles.flatMap((tile) => (tile.stage.kind === 'open' ? [tile.stage.viewing.id] : []));
