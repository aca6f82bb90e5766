// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { decodeEntry, EntryMalformed, type EntryFacts } from './decode-entry.ts';
import { encodeEntry } from './entry.ts';

const facts: EntryFacts = {
  at: '2026-11-21T08:00:00.000Z',
  action: 'mask.approve',
  actor: 'f0d1',
  role: 'reviewer',
  subject: 's',
  camera: null,
  jurisdiction: 'vn.p66.hoa_sua',
  purpose: 'Kiểm tra mặt nạ',
  caseReference: null,
  detail: { before: 'aa', after: ['bb', 1, true, null] },
};
const text = encodeEntry(facts, 'salt').toString();

describe('decodeEntry', () => {
  it('gives back what was encoded', () => {
    expect(decodeEntry(encodeEntry(facts, 'salt'))).toEqual({ ...facts, salt: 'salt' });
  });

  it.each([
    ['no JSON', '{', 'not JSON'],
    ['no object', '[]', 'no object'],
    ['nothing', '', 'not JSON'],
    [
      'a doubled key, which two readers could read differently',
      text.replace('{"action"', '{"action":"x","action"'),
      'canonical',
    ],
    ['white space', ` ${text}`, 'canonical'],
    ['another version', text.replace('"v":1', '"v":2'), 'version 1'],
    ['a member too many', text.replace('"v":1', '"v":1,"w":1'), 'members'],
    ['a member missing', text.replace('"role":"reviewer",', ''), 'role'],
    ['a number for a text', text.replace('"s"', '5'), 'subject'],
    ['a list for its detail', text.replace(/"detail":\{.*?\}/, '"detail":[]'), 'detail'],
  ])('refuses %s', (_, changed, why) => {
    expect(() => decodeEntry(Buffer.from(changed))).toThrow(EntryMalformed);
    expect(() => decodeEntry(Buffer.from(changed))).toThrow(why);
  });

  it('refuses what is not UTF-8', () => {
    expect(() => decodeEntry(Uint8Array.of(0xff))).toThrow('not UTF-8');
  });
});
