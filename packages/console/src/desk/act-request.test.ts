// SPDX-License-Identifier: AGPL-3.0-or-later
import type { JurisdictionPath } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { type Act, type ActValues, PARTS, wrongOf } from './act-request.ts';

const EMPTY: ActValues = { reason: '', days: '', to: '', outcome: 'founded', how: 'post', number: '', text: ' ' };
const FULL: ActValues = {
  ...EMPTY,
  ...{ reason: 'đủ căn cứ', to: 'vn.p66' as JurisdictionPath, number: '12/QĐ-UBND' },
  text: 'Ủy ban nhân dân phường quyết định như sau.',
};

describe('an act of the desk', () => {
  it('names every field that it needs and does not have', () => {
    expect(wrongOf('refuse', EMPTY)).toEqual({ reason: 3, number: 1, text: 20 });
    expect(wrongOf('forward', EMPTY)).toEqual({ reason: 3, to: true });
    expect(wrongOf('decide', EMPTY)).toEqual({ number: 1, text: 20 });
    expect(wrongOf('accept', EMPTY)).toEqual({});
  });

  it('is complete when all that it needs is there', () => {
    const acts = Object.keys(PARTS) as Act[];
    expect(acts.filter((act) => Object.keys(wrongOf(act, FULL)).length > 0)).toEqual([]);
  });

  it('never ends or delays a case without a paper', () => {
    for (const act of ['refuse', 'extend', 'suspend', 'decide', 'close'] as const)
      expect(PARTS[act], act).toContain('paper');
  });
});
