// SPDX-License-Identifier: AGPL-3.0-or-later
import { AimDraft } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { calibrationOf, changeOf, draftOfAim, shownOf, usualAim } from './aim-values.ts';

const base: AimDraft = { ...usualAim('Chính', { lon: 108.050_000_012_3, lat: 12.68 }), heading: 271.123_456 };

describe('draftOfAim', () => {
  it('keeps what nobody touched to the last digit, though the field shows fewer', () => {
    expect(shownOf(base, {}).heading).toBe('271.12');
    const retyped = draftOfAim(base, { heading: '271.12', lon: shownOf(base, {}).lon });
    expect(changeOf(base, retyped)).toEqual({ place: false, view: false, any: false });
  });

  it('reads a comma as a decimal point and a full turn as north', () => {
    const aim = draftOfAim(base, { tilt: '-12,5', heading: '360' });
    expect(aim.tilt).toBe(-12.5);
    expect(aim.heading).toBe(0);
    expect(draftOfAim(base, { heading: '-90' }).heading).toBe(270);
  });

  it('makes of an empty field nothing that the contract accepts', () => {
    expect(AimDraft.safeParse(draftOfAim(base, { height: ' ' })).success).toBe(false);
    expect(AimDraft.safeParse(draftOfAim(base, { height: '6' })).success).toBe(true);
  });
});

describe('changeOf', () => {
  it('tells a new name from a new view, and a new view from a new place', () => {
    expect(changeOf(base, draftOfAim(base, { name: 'Phụ' }))).toEqual({ place: false, view: false, any: true });
    expect(changeOf(base, draftOfAim(base, { roll: '2' }))).toEqual({ place: false, view: true, any: true });
    expect(changeOf(base, draftOfAim(base, { lat: '12.681' }))).toEqual({ place: true, view: true, any: true });
  });
});

describe('calibrationOf', () => {
  it('never makes a fact of what was filled in, unless points measured it or somebody answers for it', () => {
    const [nothing, word, points] = [
      { measured: false, confirmed: false },
      { measured: false, confirmed: true },
      { measured: true, confirmed: false },
    ];
    expect([nothing, word, points].map((how) => calibrationOf(undefined, how))).toEqual([
      'assumed',
      'stated',
      'measured',
    ]);
    expect([nothing, word, points].map((how) => calibrationOf('assumed', how))).toEqual([
      undefined,
      'stated',
      'measured',
    ]);
    expect([nothing, word, points].map((how) => calibrationOf('measured', how))).toEqual([
      undefined,
      undefined,
      'measured',
    ]);
  });
});
