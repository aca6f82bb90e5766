// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { BEGIN, END, intoPage, isBroken, markdown, table, verdictOf } from './report.mjs';

const row = (/** @type {Partial<import('./report.mjs').Measurement>} */ given) => ({
  what: 'Something',
  measured: 10,
  unit: 'ms',
  budget: 10,
  samples: 3,
  ...given,
});
const outcome = (/** @type {import('./report.mjs').Measurement[]} */ ...measurements) => ({
  name: 'some',
  measurements,
  load: '0.10, 0.20, 0.30',
  stolen: 0.012,
  seconds: 4,
});

it('keeps a budget that is met exactly and breaks one that is missed by a little', () => {
  expect(verdictOf(row({}))).toBe('kept');
  expect(verdictOf(row({ measured: 10.001 }))).toBe('BROKEN');
  expect(isBroken([outcome(row({}))])).toBe(false);
  expect(isBroken([outcome(row({}), row({ measured: 11 }))])).toBe(true);
});

it('never takes a figure that is none for a good one', () => {
  expect(verdictOf(row({ measured: Number.NaN }))).toBe('FAILED');
  expect(isBroken([outcome(row({ measured: Number.NaN }))])).toBe(true);
});

it('judges nothing that has no budget', () => {
  const { budget: _, ...told } = row({ measured: 1e9 });
  expect(verdictOf(told)).toBe('told only');
  expect(isBroken([outcome(told)])).toBe(false);
});

it('says of a bench that broke down why, instead of leaving it out', () => {
  const failed = { ...outcome(), failure: 'the worker does not answer' };
  expect(table([failed])).toMatch(/some: not measured.*FAILED.*the worker does not answer/);
  expect(markdown([failed], [], 'today')).toContain('the worker does not answer');
});

it('writes ratios as ratios and milliseconds as milliseconds', () => {
  const text = markdown(
    [outcome(row({ unit: 'ratio', measured: 0.974, budget: 1.05 }), row({ measured: 123.4 }))],
    [],
    '',
  );
  expect(text).toContain('| ≤ 1.05 × | 0.97 × | kept |');
  expect(text).toContain('| 123 ms | BROKEN |');
});

it('leaves the prose of the page alone and replaces what stood between the markers', () => {
  const page = `before\n${BEGIN}\nold\n${END}\nafter\n`;
  expect(intoPage(page, 'new')).toBe(`before\n${BEGIN}\n\nnew\n\n${END}\nafter\n`);
  expect(intoPage(intoPage(page, 'newer'), 'new')).toBe(intoPage(page, 'new'));
  expect(() => intoPage('no place', 'new')).toThrow(/no place for figures/);
});
