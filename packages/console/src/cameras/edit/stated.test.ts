// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { BLANK, changedFields, draftOf, StatedDraft, type StatedValues } from './stated.ts';

const gate: StatedValues = {
  ...BLANK,
  code: 'HS-0007',
  name: 'Cổng chợ Hoa Sữa',
  jurisdiction: 'vn.p66.hoa_sua',
  owner: 'UBND phường',
  retentionDays: '30',
};

describe('changedFields', () => {
  it('is empty when nothing differs but blanks around the text', () => {
    expect(changedFields(gate, { ...gate, name: ' Cổng chợ Hoa Sữa ' })).toEqual({});
  });

  it('holds the fields that differ and no others', () => {
    expect(changedFields(gate, { ...gate, name: 'Cổng chợ mới', hasAudio: true })).toEqual({
      name: 'Cổng chợ mới',
      hasAudio: true,
    });
  });

  it('sends an emptied field as not known', () => {
    expect(changedFields(gate, { ...gate, owner: '  ', retentionDays: '' })).toEqual({
      owner: null,
      retentionDays: null,
    });
  });

  it('tells footage that is not kept from footage of which nothing is known', () => {
    expect(changedFields({ ...gate, retentionDays: '' }, { ...gate, retentionDays: '0' })).toEqual({
      retentionDays: 0,
    });
  });
});

describe('draftOf', () => {
  it('makes of a filled form what the contract accepts', () => {
    expect(StatedDraft.safeParse(draftOf(gate)).success).toBe(true);
  });

  it('does not send an empty code or a retention in words as if they were known', () => {
    expect(StatedDraft.safeParse(draftOf({ ...gate, code: ' ' })).success).toBe(false);
    expect(StatedDraft.safeParse(draftOf({ ...gate, retentionDays: 'lâu' })).success).toBe(false);
  });
});
