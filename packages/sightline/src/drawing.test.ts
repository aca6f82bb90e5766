// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { type Drawing, type Palette, type Rgb, drawSight } from './drawing.ts';
import { sightOf } from './sight.ts';
import { aBuilding, anAim, box } from './testing/street.ts';

const PALETTE: Palette = {
  sky: [0, 0, 255],
  ground: [0, 255, 0],
  line: [0, 255, 0],
  building: [128, 128, 128],
  home: [255, 0, 0],
  slat: [100, 0, 0],
  edge: [255, 255, 255],
};
const drawn = (...buildings: ReturnType<typeof aBuilding>[]) => {
  const { width, height, rgba } = drawSight(sightOf(anAim(), buildings, 1), PALETTE);
  expect([width, height, rgba.length]).toEqual([640, 360, 4 * 640 * 360]);
  return (x: number, y: number): Rgb => [...rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)] as never;
};

it('paints sky above the horizon and ground below it', () => {
  const at = drawn();
  expect(at(320, 60)).toEqual(PALETTE.sky);
  expect(at(100, 350)[1]).toBeGreaterThan(200);
  // Ground fades into the sky before it ends.
  expect(at(320, 185)[2]).toBeGreaterThan(at(320, 300)[2]);
});

it('paints slats over a home and none over what is no home, and what is nearer hides what is behind', () => {
  const home = aBuilding([box(-10, 20, 10, 30)]);
  const office = aBuilding([box(0, 10, 10, 15)], { home: false, height: 20 });
  const at = drawn(home, office);
  const column = Array.from({ length: 40 }, (_, i) => at(250, 160 + i));
  expect(column.every(([red, green]) => red > 40 && green < 60)).toBe(true);
  expect(Math.max(...column.map(([red]) => red)) - Math.min(...column.map(([red]) => red))).toBeGreaterThan(60);
  const [red, green, blue] = at(340, 160);
  expect([Math.abs(red - green) < 30, blue >= green]).toEqual([true, true]);
});

it('shades walls at a corner differently', () => {
  // Seen over a corner: one wall on each side of the middle.
  const turned = aBuilding(
    [
      [
        [0, 12],
        [8, 20],
        [0, 28],
        [-8, 20],
      ],
    ],
    { home: false },
  );
  const at = drawn(turned);
  expect(Math.abs(at(290, 175)[0] - at(350, 175)[0])).toBeGreaterThan(5);
});

it('is all slats from within a home', () => {
  const at = drawn(aBuilding([box(-3, -3, 3, 3)]));
  expect(at(10, 10)[1]).toBe(0);
  expect(at(320, 200)[0]).toBeGreaterThan(50);
});

it('drafts every second pixel of what it would draw', () => {
  const sight = sightOf(anAim(), [aBuilding([box(-10, 20, 10, 30)]), aBuilding([box(12, 10, 20, 15)])], 1);
  const [fine, draft] = [1, 2].map((every) => drawSight(sight, PALETTE, every)) as [Drawing, Drawing];
  expect([draft.width, draft.height]).toEqual([320, 180]);
  const pixel = ({ rgba, width }: Drawing, x: number, y: number) => [...rgba.subarray(4 * (y * width + x)).slice(0, 4)];
  for (const [x, y] of [
    [0, 0],
    [160, 90],
    [150, 88],
    [230, 60],
    [319, 179],
  ] as const)
    expect(pixel(draft, x, y)).toEqual(pixel(fine, 2 * x, 2 * y));
});
