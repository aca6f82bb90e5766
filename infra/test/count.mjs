// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads what the parts of a run wrote down, and adds it up.

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {string[]} failed titles
 * @property {string[]} skipped titles with their reason
 */

const SHOWN_LINES = 6;
// oxlint-disable-next-line no-control-regex -- the terminal's colours
const COLOURS = /\u001B\[[0-9;]*m/g;

/**
 * What failed is often seen only here: the parts before the last one have long scrolled away.
 * @param {string} title
 * @param {string | undefined} message
 */
function withReason(title, message) {
  const lines = (message ?? '').replaceAll(COLOURS, '').split('\n');
  const told = lines.filter((line) => line.trim() !== '').slice(0, SHOWN_LINES);
  return [title, ...told.map((line) => `      ${line.trim()}`)].join('\n');
}

/**
 * @param {{ name: string, problems: string[] }[]} report of `npm run check`: each check is a test
 * @returns {Tally}
 */
export function countChecks(report) {
  const failed = report.filter(({ problems }) => problems.length > 0);
  return {
    passed: report.length - failed.length,
    failed: failed.map(({ name, problems }) => `check: ${name} (${problems.length})`),
    skipped: [],
  };
}

/**
 * @param {any} report vitest's JSON
 * @returns {Tally}
 */
export function countVitest(report) {
  const files = /** @type {any[]} */ (report.testResults);
  const tests = files.flatMap((file) => file.assertionResults);
  const titled = (/** @type {(test: any) => boolean} */ wanted) => tests.filter(wanted);
  // A file that fails before its first test has no test to blame.
  const broken = files.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every((/** @type {any} */ test) => test.status !== 'failed'),
  );
  return {
    passed: titled((test) => test.status === 'passed').length,
    failed: [
      ...titled((test) => test.status === 'failed').map((test) => withReason(test.fullName, test.failureMessages?.[0])),
      ...broken.map((file) => withReason(file.name, file.message)),
    ],
    skipped: titled((test) => !['passed', 'failed'].includes(test.status)).map(
      (test) => `${test.fullName} (${test.meta?.reason ?? test.status})`,
    ),
  };
}

/**
 * An error that belongs to no test stands in no report, and yet the part ended badly.
 * @param {Tally} tally
 * @param {string} name of the part
 * @param {string | undefined} end how it ended, unless it ended well
 * @returns {Tally}
 */
export function withItsEnd(tally, name, end) {
  if (end === undefined || tally.failed.length > 0) return tally;
  return { ...tally, failed: [`${name}: ended with ${end} although no test failed; see what it printed`] };
}

/**
 * @param {any} report Playwright's JSON
 * @returns {Tally}
 */
export function countPlaywright(report) {
  /** @type {Tally} */
  const tally = { passed: 0, failed: [], skipped: [] };
  const walk = (/** @type {any} */ suite, /** @type {string} */ path) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const title = [path, spec.title].filter(Boolean).join(' › ');
        const reason = test.annotations?.find((/** @type {any} */ note) =>
          ['skip', 'fixme'].includes(note.type),
        )?.description;
        if (test.status === 'skipped') tally.skipped.push(`${title} (${reason ?? 'no reason given'})`);
        else if (test.status === 'unexpected')
          tally.failed.push(withReason(title, test.results?.[0]?.errors?.[0]?.message));
        else if (test.status === 'flaky') tally.failed.push(`${title} (passed only when tried again)`);
        else tally.passed += 1;
      }
    }
    for (const inner of suite.suites ?? []) walk(inner, [path, inner.title].filter(Boolean).join(' › '));
  };
  for (const suite of report.suites) walk(suite, suite.title);
  // The stack that doesn't start, say: an error of no test at all.
  for (const error of report.errors ?? []) tally.failed.push(String(error.message).split('\n')[0] ?? 'unknown error');
  return tally;
}

/** @param {Tally[]} tallies */
export function lastLine(tallies) {
  const sum = (/** @type {(tally: Tally) => number} */ of) => tallies.reduce((total, tally) => total + of(tally), 0);
  const skipped = sum((tally) => tally.skipped.length);
  const most = `${sum((tally) => tally.passed)} passed, ${sum((tally) => tally.failed.length)} failed`;
  return skipped > 0 ? `${most}, ${skipped} skipped` : most;
}
