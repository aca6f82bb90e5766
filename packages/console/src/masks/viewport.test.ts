// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { fitted, panned, zoomed, zoomOf } from './viewport.ts';

const frame = { width: 1000, height: 500 };

it('keeps the point under the pointer in its place while it zooms', () => {
  const view = zoomed(fitted(frame), frame, 2, [250, 100]);
  expect(view.width).toBe(500);
  expect((250 - view.x) / view.width).toBeCloseTo(0.25);
  expect((100 - view.y) / view.height).toBeCloseTo(0.2);
});

it('never shows anything outside of the frame', () => {
  const near = zoomed(fitted(frame), frame, 4, [990, 490]);
  expect(near.x + near.width).toBeLessThanOrEqual(1000);
  expect(panned(near, frame, [-5000, -5000])).toMatchObject({ x: 750, y: 375 });
  expect(zoomed(near, frame, 0.01)).toEqual(fitted(frame));
});

it('stops at twelve times', () => {
  expect(zoomOf(zoomed(fitted(frame), frame, 100), frame)).toBe(12);
});
