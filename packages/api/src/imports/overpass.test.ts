// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { joinRings, readOverpass } from './overpass.ts';

type XY = [number, number];

/** A closed walk of `count` ways of two points each, shuffled by steps and every other one turned round. */
const brokenRing = (count: number, at = 0): XY[][] => {
  const corner = (i: number): XY => [at + Math.cos((i / count) * 2 * Math.PI), Math.sin((i / count) * 2 * Math.PI)];
  return Array.from({ length: count }, (_, i) => {
    const from = (i * 7919) % count;
    const way = [corner(from), corner((from + 1) % count)];
    return i % 2 === 0 ? way : way.toReversed();
  });
};

it('joins ways in any order and direction', () => {
  const rings = joinRings([...brokenRing(10), ...brokenRing(11, 5)]);
  expect(rings.map((ring) => ring.length)).toEqual([11, 12]);
  for (const ring of rings) expect(ring[0]).toEqual(ring.at(-1));
});

it('leaves open what does not close, and takes every way once', () => {
  expect(
    joinRings([
      [
        [0, 0],
        [1, 0],
      ],
      [
        [1, 0],
        [2, 0],
      ],
      [[5, 5]],
      [
        [0, 0],
        [0, 9],
      ],
    ]),
  ).toEqual([
    [
      [0, 0],
      [1, 0],
      [2, 0],
    ],
    [
      [0, 0],
      [0, 9],
    ],
  ]);
});

it.each([
  ['that form one ring', brokenRing(20_000)],
  [
    'that all meet in one point',
    Array.from({ length: 20_000 }, (_, i): XY[] => [
      [i + 1, 1],
      [0, 0],
    ]),
  ],
])('reads the ends of 20,000 ways %s a few times each', (_what, chains) => {
  let reads = 0;
  const counted = chains.map(
    (chain) =>
      new Proxy(chain, {
        get(target, key, receiver) {
          reads++;
          return Reflect.get(target, key, receiver) as unknown;
        },
      }),
  );
  const rings = joinRings(counted);
  expect(rings.reduce((sum, ring) => sum + ring.length - 1, 0)).toBe(20_000);
  expect(reads).toBeLessThan(20_000 * 40);
});

const relation = (members: unknown[]) => ({ type: 'relation', id: 1, tags: { building: 'yes' }, members });
const wayOf = (points: XY[]) => ({ role: 'outer', geometry: points.map(([lon, lat]) => ({ lon, lat })) });

it('refuses a relation of more than 20,000 members and says so', () => {
  const members = (count: number) => brokenRing(count).map(wayOf);
  expect(readOverpass([relation(members(20_000))], 'buildings')[0]!.errors).toEqual([]);
  expect(readOverpass([relation(members(20_001))], 'buildings')[0]).toMatchObject({
    geometry: undefined,
    errors: [{ pointer: '/members', detail: 'has 20001 members, at most 20000 are read' }],
  });
});

it('gives a hole to its outline, also when that has very many corners', () => {
  const outline = 200_000;
  const circle = Array.from({ length: outline + 1 }, (_, i): XY => {
    const turn = ((i % outline) / outline) * 2 * Math.PI;
    return [Math.cos(turn), Math.sin(turn)];
  });
  const hole: XY[] = [
    [0, 0],
    [0.1, 0],
    [0.1, 0.1],
    [0, 0],
  ];
  const [row] = readOverpass([relation([wayOf(circle), { ...wayOf(hole), role: 'inner' }])], 'buildings');
  const { coordinates } = row!.geometry as { coordinates: XY[][][] };
  expect(coordinates.map((rings) => rings.map((ring) => ring.length))).toEqual([[200_001, 4]]);
});
