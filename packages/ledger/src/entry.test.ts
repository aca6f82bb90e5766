// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import type { EntryFacts } from './decode-entry.ts';
import { encodeEntry, leafHash } from './entry.ts';
import { EntryTooLarge } from './max-entry.ts';

const facts: EntryFacts = {
  at: '2026-11-21T08:00:00.000Z',
  action: 'viewing.open',
  actor: null,
  role: 'operator',
  subject: 's',
  camera: null,
  jurisdiction: 'vn',
  purpose: 'a',
  caseReference: null,
  detail: {},
};

describe('canonicalJson', () => {
  it('orders keys by UTF-16 code units and prints numbers as ECMAScript does (RFC 8785 section 3.2)', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '1': 3, '\ud83d\ude00': 4, '\u0080': 5, '\ufb33': 6 })).toBe(
      '{"\\r":2,"1":3,"\u0080":5,"\u20ac":1,"\ud83d\ude00":4,"\ufb33":6}',
    );
    expect(canonicalJson([1e30, 4.5, 0.002, 1e-27, -0])).toBe('[1e+30,4.5,0.002,1e-27,0]');
  });

  it('writes every sign as JSON does', () => {
    for (let unit = 0; unit < 0x1_0000; unit++) {
      if (unit >= 0xd800 && unit < 0xe000) continue;
      const text = `a${String.fromCharCode(unit)}b`;
      if (canonicalJson(text) !== JSON.stringify(text)) expect(canonicalJson(text)).toBe(JSON.stringify(text));
    }
    expect(canonicalJson('"\u{1f600}\n')).toBe('"\\"\u{1f600}\\n"');
  });

  it('refuses what would not survive the way through UTF-8', () => {
    expect(() => canonicalJson('\ud800')).toThrow(TypeError);
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
    expect(() => canonicalJson({ a: undefined } as never)).toThrow(TypeError);
  });
});

describe('leafHash', () => {
  it('matches the hashes of RFC 6962 leaves', () => {
    expect(leafHash(Buffer.from('')).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(leafHash(Buffer.from('a')).toString('hex')).toBe(
      '022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c',
    );
  });
});

describe('encodeEntry', () => {
  it('gives equal facts different hashes, so that a short purpose cannot be guessed from its hash', () => {
    expect(leafHash(encodeEntry(facts))).not.toEqual(leafHash(encodeEntry(facts)));
    expect(encodeEntry(facts, 'x')).toEqual(encodeEntry(facts, 'x'));
  });

  it('refuses an entry that no bundle could carry', () => {
    expect(() => encodeEntry({ ...facts, purpose: 'ă'.repeat(33_000) })).toThrow(EntryTooLarge);
  });
});
