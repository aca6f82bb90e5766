// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stretches } from './stabbing-line.ts';

const anyWindow = fc
  .tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 1, max: 8 }))
  .map(([low, size]): [number, number] => [low, low + size]);
const anyWindows = fc.array(anyWindow, { minLength: 1, maxLength: 60 });

it('passes every window, and covers all of them once, in order', () => {
  fc.assert(
    fc.property(anyWindows, (windows) => {
      const lines = stretches(
        windows.map(([low]) => low),
        windows.map(([, high]) => high),
      );
      expect(lines.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i))).toEqual(
        windows.map((_, i) => i),
      );
      for (const { first, last, slope, offset } of lines) {
        for (let x = first; x <= last; x++) {
          const [low, high] = windows[x] as [number, number];
          expect(slope * x + offset).toBeGreaterThan(low - 1e-6);
          expect(slope * x + offset).toBeLessThan(high + 1e-6);
        }
      }
    }),
  );
});

it('needs one line for the steps of a slanted edge, and two for a gable', () => {
  const steps = Array.from({ length: 300 }, (_, x) => Math.ceil(0.31 * x - 0.5));
  const around = (tops: readonly number[]) =>
    stretches(
      tops.map((t) => t - 0.5),
      tops.map((t) => t + 0.51),
    );
  expect(around(steps)).toHaveLength(1);
  expect(around([...steps, ...steps.toReversed()])).toHaveLength(2);
});
