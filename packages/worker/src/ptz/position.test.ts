// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimId } from '@louver/contract';
import { expect, it } from 'vitest';
import { PictureClock } from './picture-clock.ts';
import { type HeadPosition, type PresetAim, whereaboutsOf } from './position.ts';

const at = (pan: number, tilt = 0, zoom = 0): HeadPosition => ({ pan, tilt, zoom });
const anAim = (aimId: string, position: HeadPosition, hfovDeg = 60): PresetAim => ({
  aimId: aimId as AimId,
  hfovDeg,
  ...position,
});
const aims = [anAim('gate', at(0)), anAim('market', at(0.5)), anAim('far', at(0.25, 0.1, 0.9), 3)];
const idle = (position: HeadPosition | undefined) => ({ position, movement: 'idle' as const });

it.each([
  ['at a preset', idle(at(0.5)), 'market'],
  ['beside it, by less than masks are grown by', idle(at(0.5013)), 'market'],
  ['beside it, by more', idle(at(0.5014)), 'unknown'],
  ['beside it in tilt', idle(at(0.5, -0.0014)), 'unknown'],
  ['zoomed in a little', idle(at(0.5, 0, 0.002)), 'unknown'],
  ['near a preset that sees a twentieth of that', idle(at(0.2501, 0.1, 0.9)), 'unknown'],
  ['between presets', idle(at(0.3)), 'unknown'],
  ['nowhere that it says', idle(undefined), 'unknown'],
  ['at a preset, and on its way', { position: at(0.5), movement: 'moving' }, 'moving'],
  ['at a preset, and does not say whether it moves', { position: at(0.5), movement: 'unknown' }, 'unknown'],
] as const)('a head that stands %s', (_where, status, expected) => {
  expect(whereaboutsOf(status, aims)).toBe(expected);
});

it('that stands where two aims are said to be looks along none that anybody knows', () => {
  expect(whereaboutsOf(idle(at(0.5)), [...aims, anAim('double', at(0.5005))])).toBe('unknown');
});

it('a camera’s clock that runs slow is not taken for pictures that are late, and one that is set back not at all', () => {
  const clock = new PictureClock();
  for (let now = 0; now < 3_600_000; now += 40) clock.see(now * 0.9999, now);
  expect(clock.expectedAt(3_600_000 * 0.9999)).toBeGreaterThan(3_600_000 - 100);
  expect(clock.expectedAt(3_590_000 * 0.9999)).toBeLessThan(3_590_100);
  clock.see(5_000, 3_600_040);
  expect(clock.expectedAt(5_000)).toBe(3_600_040);
});
