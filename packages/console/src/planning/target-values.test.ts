// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { usualAim } from '../cameras/edit/aim-values.ts';
import { pointAt, polarOf, targetAhead } from './target-values.ts';

const aim = { ...usualAim('Chính', { lon: 108.05, lat: 12.68 }), heading: 300, range: 20 };

it('says where a point lies as metres and a bearing, and finds it again', () => {
  const polar = polarOf(aim, pointAt(aim, { metres: 17.5, bearing: 271 }));
  expect(polar.metres).toBeCloseTo(17.5, 6);
  expect(polar.bearing).toBeCloseTo(271, 6);
});

it('begins straight ahead and within reach', () => {
  const ends = targetAhead(aim).map((point) => polarOf(aim, point));
  for (const { metres, bearing } of ends) {
    expect(bearing).toBeCloseTo(300, 6);
    expect(metres).toBeLessThan(20);
  }
  expect(ends[1]!.metres).toBeGreaterThan(ends[0]!.metres);
});
