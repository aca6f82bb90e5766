// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { covers, pathOf, snapToFrame, snapToGuides, toPixelGrid } from './ring.ts';
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

it('snaps to a corner before it snaps to a side, and to nothing that is far', () => {
  const frame = { width: 1000, height: 500 };
  const house = [
    [0.4, 0.4],
    [0.6, 0.4],
    [0.6, 0.8],
  ] as const;
  expect(snapToGuides([0.405, 0.41], [house], frame, 8)).toEqual([0.4, 0.4]);
  expect(snapToGuides([0.5, 0.41], [house], frame, 8)).toEqual([0.5, 0.4]);
  // Ten pixels across and ten down are not the same fraction of the frame.
  expect(snapToGuides([0.61, 0.6], [house], frame, 11)).toEqual([0.6, 0.6]);
  expect(snapToGuides([0.5, 0.42], [house], frame, 8)).toEqual([0.5, 0.42]);
  expect(snapToGuides([0.5, 0.4], [], frame, 8)).toEqual([0.5, 0.4]);
});
