// SPDX-License-Identifier: AGPL-3.0-or-later
import { JurisdictionPath } from '@louver/contract';
import { expect, it } from 'vitest';
import { commonAncestor, covers, requireHeld } from './held.ts';

it('covers what lies below a path, by whole labels', () => {
  expect(covers('vn.p66', 'vn.p66')).toBe(true);
  expect(covers('vn.p66', 'vn.p66.hoa_sua')).toBe(true);
  expect(covers('vn.p66', 'vn.p661')).toBe(false);
  expect(covers('vn.p66', 'vn')).toBe(false);
});

it('says that there is no such jurisdiction when the account does not hold it', () => {
  const actor = { jurisdictions: [JurisdictionPath.parse('vn.p66')] };
  expect(() => requireHeld(actor, JurisdictionPath.parse('vn.p79'))).toThrow('No such jurisdiction');
  expect(() => requireHeld(actor, JurisdictionPath.parse('vn.p66.c1'))).not.toThrow();
});

it('finds the deepest path above all', () => {
  expect(commonAncestor(['vn.p66.a', 'vn.p66.b', 'vn.p66'])).toBe('vn.p66');
  expect(commonAncestor(['vn.p66.a', 'vn.p66.a'])).toBe('vn.p66.a');
  expect(commonAncestor(['vn.p66', 'vn.p661'])).toBe('vn');
  expect(commonAncestor(['vn', 'sn'])).toBe(null);
  expect(commonAncestor([])).toBe(null);
});
