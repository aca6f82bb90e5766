// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';
import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import type { Drawn } from '../media/drawn.ts';
import { type Taken, aStreet, photograph } from '../testing/streets.ts';
import { until } from '../testing/watcher.ts';
import type { SceneShift } from './shift.ts';
import { SceneWatch } from './scene-watch.ts';

const frame = { width: 640, height: 360 };
const street = aStreet(frame);
const drawnOf = (aimId: string) =>
  ({ masks: { id: 'm', aimId, version: 1, digest: 'd', frame }, polygons: [] }) as unknown as Drawn;
const drawn = drawnOf('a');
const picture = (taken?: Taken) => photograph(street, frame, taken);
const knocked = () => picture({ right: 21 });
const covered = () => picture({ light: () => 20 });

let kept: Buffer[];
let shifts: SceneShift[];
let watch: SceneWatch;
const look = (...pictures: Uint8Array[]) => watch.look(drawn.masks, pictures);

beforeEach(() => {
  [kept, shifts] = [[], []];
  const deps = {
    load: () => Promise.resolve(kept[0]),
    keep: (_: CameraId, __: unknown, cells: Buffer) => Promise.resolve(`reference ${kept.push(cells)}`),
  };
  watch = new SceneWatch('c' as CameraId, deps, pino({ level: 'silent' }), (shift) => shifts.push(shift));
  watch.follow(drawn, null);
});

const keep = async () => {
  for (let i = 0; i < 3; i++) look(picture(), picture());
  await until('kept', 10_000, () => kept.length === 1);
};

it('keeps a scene once the camera has stood still, and only then', async () => {
  for (let i = 0; i < 8; i++) look(picture({ right: 30 * i }));
  expect(kept).toEqual([]);
  await keep();
  expect(kept).toHaveLength(1);
});

it('says of a knock in the second sample, once', async () => {
  await keep();
  look(knocked(), knocked());
  expect(shifts).toEqual([]);
  look(knocked(), knocked());
  look(knocked());
  expect(shifts).toMatchObject([{ cameraId: 'c', referenceId: 'reference 1', comparison: { verdict: 'shifted' } }]);
});

it('says of a covered lens after some seconds, and of a lorry that drives on never', async () => {
  await keep();
  for (let i = 0; i < 2; i++) look(covered(), covered());
  look(covered(), picture());
  for (let i = 0; i < 3; i++) look(covered(), covered());
  expect(shifts).toEqual([]);
  look(covered(), covered());
  expect(shifts).toMatchObject([{ comparison: { verdict: 'lost' } }]);
});

it('compares with what the database names, and with nothing of another aim', async () => {
  await keep();
  watch.follow(drawn, 'reference 1');
  await until('it is read', 10_000, () => {
    look(knocked());
    return shifts.length === 1;
  });
  watch.follow(drawnOf('b'), null);
  look(knocked(), knocked(), knocked(), knocked());
  expect(shifts).toHaveLength(1);
});
