// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, type OpenedViewing } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { isCutOff, isWithheld } from './live-state.ts';
import { changeWall, hasRoom, openViewings, type Errand, type Tile, WALL_SIZE } from './wall.ts';

const cameraId = (n: number) => CameraId.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
const anErrand = (n: number): Errand => ({
  camera: { id: cameraId(n), code: `C${n}`, name: `Camera ${n}` },
  purpose: 'kiểm tra',
  caseReference: undefined,
});
const look = (tiles: readonly Tile[], n: number) =>
  changeWall(tiles, { type: 'look', key: `k${n}`, errand: anErrand(n) });
const pin = (tiles: readonly Tile[], n: number) => changeWall(tiles, { type: 'pin', key: `k${n}` });
const keys = (tiles: readonly Tile[]) => tiles.map(({ key }) => key);

describe('changeWall', () => {
  it('replaces the picture that is not pinned', () => {
    expect(keys(look(look([], 1), 2))).toEqual(['k2']);
  });

  it('keeps pinned pictures beside the new one', () => {
    expect(keys(look(pin(look([], 1), 1), 2))).toEqual(['k1', 'k2']);
  });

  it('opens a camera again in place of its own pinned picture', () => {
    const tiles = pin(look([], 1), 1);
    expect(keys(changeWall(tiles, { type: 'look', key: 'again', errand: anErrand(1) }))).toEqual(['again']);
  });

  it('is full with four pinned pictures', () => {
    let tiles: readonly Tile[] = [];
    for (let n = 1; n <= WALL_SIZE; n++) tiles = pin(look(tiles, n), n);
    expect(hasRoom(tiles, cameraId(9))).toBe(false);
    expect(hasRoom(tiles, cameraId(1))).toBe(true);
    expect(look(tiles, 9)).toBe(tiles);
  });

  it('counts reopening by itself, and starts over when a person asked or the picture was steady', () => {
    const once = changeWall(look([], 1), { type: 'reopen', key: 'k1', byItself: true });
    expect(once[0]?.attempts).toBe(1);
    expect(changeWall(once, { type: 'reopen', key: 'k1', byItself: false })[0]?.attempts).toBe(0);
    expect(changeWall(once, { type: 'steady', key: 'k1' })[0]?.attempts).toBe(0);
  });

  it('knows which viewings are open', () => {
    const viewing = { id: 'v1' } as unknown as OpenedViewing;
    const tiles = changeWall(look([], 1), { type: 'opened', key: 'k1', viewing });
    expect(openViewings(tiles)).toEqual(['v1']);
    expect(openViewings(changeWall(tiles, { type: 'close', key: 'k1' }))).toEqual([]);
  });

  it('drops a viewing that opened after its tile was closed', () => {
    const viewing = { id: 'late' } as unknown as OpenedViewing;
    expect(openViewings(changeWall([], { type: 'opened', key: 'gone', viewing }))).toEqual([]);
  });
});

describe('live states', () => {
  it('call a picture withheld only when it is kept back on purpose', () => {
    expect(isWithheld({ kind: 'waiting', reason: 'frame-size' })).toBe(true);
    expect(isWithheld({ kind: 'ended', reason: 'picture-withheld' })).toBe(true);
    expect(isWithheld({ kind: 'waiting', reason: 'reconnecting' })).toBe(false);
  });

  it('reopen by themselves only after a cut, never after an end that somebody wanted', () => {
    expect(isCutOff({ kind: 'lost' })).toBe(true);
    expect(isCutOff({ kind: 'ended', reason: 'worker-stopping' })).toBe(true);
    expect(isCutOff({ kind: 'ended', reason: 'time-over' })).toBe(false);
    expect(isCutOff({ kind: 'ended', reason: 'closed' })).toBe(false);
  });
});
