// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/ref/clocks.md is what a lawyer reads instead of the JSON, so it may not say other days.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Clock } from './rule-set.ts';
import { calendar, rules } from './testing/vn.ts';

const page = readFileSync(new URL('../../../docs/ref/clocks.md', import.meta.url), 'utf8');
const cells = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

const UNIT = { calendar: '', working: ' working', hours: ' hours', years: ' year' };
const lengthOf = (length: Clock['length'] | undefined, unit: Clock['unit']) =>
  length ? `${length.amount}${UNIT[unit]}${length.extension === null ? '' : ` (+${length.extension})`}` : '';

describe('the page on clocks', () => {
  it('has every clock, with its days, its extension and its source, and no other', () => {
    const told = rules.sets
      .filter(({ id }) => id !== 'vn/complaint-2012')
      .flatMap(({ clocks }) => clocks)
      .map(({ id, length, remote, throughProcessor, unit, source: { article, confidence } }) => [
        `\`${id}\``,
        lengthOf(length, unit),
        lengthOf(remote ?? throughProcessor, unit),
        `${article}, ${confidence}`,
      ]);
    const written = cells.filter((row) => row.length === 6).map((row) => [row[0], row[3], row[4], row[5]]);
    expect(written).toEqual(told);
  });

  it('may leave out the rules of 2012, which have the same days', () => {
    const days = (id: string) =>
      rules
        .withId(id)
        .clocks.filter((clock) => clock.id !== 'LV-SUS-1')
        .map(({ id, unit, length, remote, extensionsAllowed }) => ({ id, unit, length, remote, extensionsAllowed }));
    expect(days('vn/complaint-2012')).toEqual(days('vn/complaint-2026'));
  });

  it('names every rule set and every year of holidays', () => {
    for (const { id } of rules.sets) expect(page).toContain(`\`${id}\``);
    for (const year of calendar.years) expect(page).toContain(`| ${year} |`);
  });
});
