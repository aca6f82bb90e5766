// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { drawnView } from './drawn-view.ts';

const aim = {
  position: { lon: 108.05, lat: 12.68, height: 5 },
  heading: 0,
  tilt: -5,
  roll: 0,
  hfov: 70,
  image: { width: 1280, height: 720 },
  range: 60,
};
/** About 10 m wide, `metres` north of the camera. */
const house = (metres: number, home = true) => {
  const [south, north] = [12.68 + metres / 110_600, 12.68 + (metres + 8) / 110_600];
  const ring = [
    [108.04995, south],
    [108.05005, south],
    [108.05005, north],
    [108.04995, north],
  ] as const;
  return {
    id: `${metres}`,
    home,
    height: 6,
    minHeight: 0,
    footprint: { type: 'Polygon', coordinates: [ring] },
  } as const;
};

it('draws what stands before the camera, far to near, and nothing behind it or out of its range', () => {
  const { sides, width, height } = drawnView(aim, [house(20), house(45, false), house(-30), house(300)]);
  expect([width, height]).toEqual([640, 360]);
  expect(sides.map(({ home }) => home)).toEqual(expect.arrayContaining([true, false]));
  expect(sides[0]!.home).toBe(false);
  expect(sides.at(-1)!.home).toBe(true);
  expect(drawnView(aim, [house(-30), house(300)]).sides).toEqual([]);
});

it('has the horizon above the middle when the camera looks down', () => {
  const { horizon } = drawnView(aim, []);
  expect(horizon).toBeGreaterThan(0);
  expect(horizon).toBeLessThan(180);
  expect(drawnView({ ...aim, tilt: -89 }, []).horizon).toBe(0);
});
