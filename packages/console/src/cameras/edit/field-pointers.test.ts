// SPDX-License-Identifier: AGPL-3.0-or-later
import { AimDraft, CameraDraft } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { AIM_POINTERS } from './aim-values.ts';
import { errorsOf, fieldOf, wrongFields } from './field-pointers.ts';
import { STATED_POINTERS } from './stated.ts';

describe('fieldOf', () => {
  it('finds a field by its own pointer and by one into it', () => {
    expect(fieldOf('/code', STATED_POINTERS)).toBe('code');
    expect(fieldOf('/image/height', AIM_POINTERS)).toBe('frameHeight');
    expect(fieldOf('/position/height', AIM_POINTERS)).toBe('height');
    expect(fieldOf('/name/0', STATED_POINTERS)).toBe('name');
  });

  it('takes a pointer to a whole as meant for its first field', () => {
    expect(fieldOf('/image', AIM_POINTERS)).toBe('frameWidth');
  });

  it('does not take a longer name for the field it begins with', () => {
    expect(fieldOf('/codes', STATED_POINTERS)).toBeUndefined();
    expect(fieldOf('/location/coordinates/0', STATED_POINTERS)).toBeUndefined();
  });
});

describe('wrongFields', () => {
  it('keeps what was said first of each field', () => {
    const errors = [
      { pointer: '/name', detail: 'too short' },
      { pointer: '/name', detail: 'too dull' },
      { pointer: '/code', detail: 'taken' },
    ];
    expect(wrongFields(errors, STATED_POINTERS)).toEqual({
      fields: { name: 'too short', code: 'taken' },
      elsewhere: false,
    });
  });

  it('tells when something is wrong that no field shows', () => {
    expect(wrongFields([{ pointer: '/secret', detail: 'unknown field' }], STATED_POINTERS).elsewhere).toBe(true);
    expect(wrongFields([{ pointer: '', detail: 'expected an object' }], STATED_POINTERS).elsewhere).toBe(true);
  });
});

describe('errorsOf', () => {
  it('every rule of the contract leads to a field of the form', () => {
    const stated = wrongFields(errorsOf(CameraDraft.omit({ location: true }), {}), STATED_POINTERS);
    expect(Object.keys(stated.fields).toSorted()).toEqual(Object.keys(STATED_POINTERS).toSorted());
    expect(stated.elsewhere).toBe(false);
    const nowhere = { position: {}, image: {}, k1: 9, k2: -9 };
    const aim = wrongFields(errorsOf(AimDraft, nowhere), AIM_POINTERS);
    expect(Object.keys(aim.fields).toSorted()).toEqual(Object.keys(AIM_POINTERS).toSorted());
  });
});
