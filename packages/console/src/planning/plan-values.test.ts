// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { draftOfAim, usualAim } from '../cameras/edit/aim-values.ts';
import { HandedAim, editsOf, handedOf, planOf } from './plan-values.ts';

const base = usualAim('Chính', { lon: 108.05, lat: 12.68 });

describe('planOf', () => {
  it('looks at what can be read, and names what cannot', () => {
    const { aim, wrong } = planOf(base, { tilt: 'xuống', heading: '45', hfov: '180' });
    expect(wrong.toSorted()).toEqual(['hfov', 'tilt']);
    expect(aim).toMatchObject({ tilt: base.tilt, hfov: base.hfov, heading: 45 });
  });

  it('reaches no further than surroundings are known', () => {
    expect(planOf(base, { range: '5000' }).wrong).toEqual(['range']);
    expect(planOf({ ...base, range: 5000 }, {}).aim.range).toBeLessThan(1500);
  });
});

it('hands an aim over in an address and back without loss', () => {
  const plan = {
    ...base,
    heading: 271.5,
    tilt: -12.25,
    hfov: 47,
    position: { lon: 108.0512345, lat: 12.6812345, height: 6.5 },
  };
  const address = Object.fromEntries(
    Object.entries(handedOf(plan, undefined)).map(([key, value]) => [key, String(value)]),
  );
  const edits = editsOf(HandedAim.parse(address));
  expect(draftOfAim(base, edits)).toEqual({ ...plan, name: base.name, k1: 0, k2: 0 });
  expect(editsOf(HandedAim.parse({ heading: 'bắc' }))).toEqual({});
});
