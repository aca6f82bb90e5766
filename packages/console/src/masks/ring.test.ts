// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { covers, pathOf, snapToFrame, toPixelGrid } from './ring.ts';
import { ringProblems } from './ring-problems.ts';

it('draws onto the frame edge what ends a hair before it', () => {
  expect(snapToFrame([0.004, 0.994], [0.01, 0.01])).toEqual([0, 1]);
  expect(snapToFrame([0.5, 0.02], [0.01, 0.01])).toEqual([0.5, 0.02]);
});

it('puts corners on whole pixels', () => {
  expect(toPixelGrid([0.50001, 0.2499], { width: 1280, height: 720 })).toEqual([0.5, 0.25]);
});

it('knows what is under a polygon that is not convex', () => {
  const hook = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0.8, 1],
    [0.8, 0.2],
    [0, 0.2],
  ] as const;
  expect([covers(hook, [0.5, 0.1]), covers(hook, [0.9, 0.9]), covers(hook, [0.5, 0.5])]).toEqual([true, true, false]);
});

it('writes polygons as a path in pixels', () => {
  const ring = [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
  ] as const;
  expect(pathOf([ring], { width: 100, height: 50 })).toBe('M0 0L50 0L50 50Z');
});

it('writes every polygon the same way round, so that two that overlap make no hole', () => {
  const ring = [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
  ] as const;
  expect(pathOf([ring.toReversed()], { width: 100, height: 50 })).toBe('M0 0L50 0L50 50Z');
});

it('names what is wrong with each polygon, by corner where it is one', () => {
  expect(
    ringProblems([
      [
        [0.1, 0.1],
        [0.4, 0.1],
        [0.4, 0.4],
      ],
      [
        [0.1, 0.1],
        [0.4, 0.4],
        [0.4, 0.1],
        [0.1, 0.4],
      ],
      [
        [0.1, 0.1],
        [1.2, 0.1],
        [0.4, 0.4],
      ],
      [
        [0.1, 0.1],
        [0.2, 0.2],
        [0.3, 0.3],
      ],
    ]).map(({ ring, fault, vertex }) => [ring, fault, vertex]),
  ).toEqual([
    [1, 'crossing', 0],
    [2, 'outside', 1],
    [3, 'nothing', null],
  ]);
});
