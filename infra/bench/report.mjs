// SPDX-License-Identifier: AGPL-3.0-or-later
// From measurements to what people read.

export const BEGIN = '<!-- measured: begin. Written by npm run bench -->';
export const END = '<!-- measured: end -->';

/**
 * @typedef {{ what: string, measured: number, unit: string, budget?: number, samples: number, note?: string }} Measurement
 * @typedef {object} Outcome of one bench
 * @property {string} name
 * @property {Measurement[]} measurements
 * @property {string} [failure] why there are none
 * @property {string} load before it
 * @property {number} stolen share of CPU time that the machine did not get while it ran
 * @property {number} seconds
 */

/** @param {Measurement} measurement */
export function verdictOf({ measured, budget }) {
  if (budget === undefined) return 'told only';
  if (!Number.isFinite(measured)) return 'FAILED';
  return measured <= budget ? 'kept' : 'BROKEN';
}

/** @param {Outcome[]} outcomes */
export const isBroken = (outcomes) =>
  outcomes.some(({ measurements }) => measurements.some((one) => !['kept', 'told only'].includes(verdictOf(one))));

/**
 * @param {number} value
 * @param {string} unit
 */
function amount(value, unit) {
  const digits = unit === 'ratio' ? 2 : unit === 'frames' ? 0 : Math.abs(value) >= 100 ? 0 : 1;
  return `${value.toFixed(digits)}${unit === 'ratio' ? ' ×' : ` ${unit}`}`;
}

const COLUMNS = ['what', 'budget', 'measured', 'verdict', 'samples', 'spread'];

/** @param {Outcome} outcome */
function rowsOf({ name, measurements, failure }) {
  if (failure) return [[`${name}: not measured`, '', '', 'FAILED', '', failure]];
  return measurements.map((one) => [
    one.what,
    one.budget === undefined ? '–' : `≤ ${amount(one.budget, one.unit)}`,
    amount(one.measured, one.unit),
    verdictOf(one),
    String(one.samples),
    one.note ?? '',
  ]);
}

/**
 * For a terminal.
 * @param {Outcome[]} outcomes
 */
export function table(outcomes) {
  const rows = [COLUMNS, ...outcomes.flatMap(rowsOf)];
  // The last column is as long as it likes.
  const widths = COLUMNS.slice(0, -1).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, i) => (i < widths.length ? cell.padEnd(widths[i] ?? 0) : cell)).join('  '))
    .join('\n');
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

/**
 * @param {Outcome[]} outcomes
 * @param {[name: string, value: string][]} facts
 * @param {string} when
 */
export function markdown(outcomes, facts, when) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [
    `Measured ${when} in one run.`,
    '',
    line(COLUMNS),
    '|---|---|---|---|---|---|',
    ...outcomes.flatMap(rowsOf).map(line),
    '',
    '| machine | |',
    '|---|---|',
    ...facts.map(line),
    '',
    '| bench | load before it (1, 5, 15 minutes) | CPU time stolen meanwhile | took |',
    '|---|---|---|---|',
    ...outcomes.map(({ name, load, stolen, seconds }) =>
      line([name, load, `${(stolen * 100).toFixed(1)} %`, `${seconds.toFixed(0)} s`]),
    ),
  ].join('\n');
}

/**
 * Puts the generated part between its markers and leaves the prose around it.
 * @param {string} page
 * @param {string} generated
 * @throws {Error} when the page has lost its markers
 */
export function intoPage(page, generated) {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the page has no place for figures: it needs ${BEGIN} and ${END}`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${generated}\n\n${page.slice(to)}`;
}
