// SPDX-License-Identifier: AGPL-3.0-or-later
// `npm run check`: everything that can be said about the code without running it. `--report FILE` writes the results as JSON.
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { boundaries } from './boundaries.mjs';
import { projectFiles } from './files.mjs';
import { migrationRules } from './migrations.mjs';
import { foreignPlaces, honestTests, lengths, licenceHeaders, sqlInQueries } from './text-rules.mjs';
import { deadCode, formatting, lint, squawk, types } from './tools.mjs';

const MOST_SHOWN = 40;
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { values: options } = parseArgs({ options: { report: { type: 'string' } } });
const files = projectFiles(root);

/** @type {[string, () => import('./tools.mjs').Result | Promise<import('./tools.mjs').Result>][]} */
const checks = [
  ['types', () => types(root, files)],
  ['lint', () => lint(root)],
  ['formatting', () => formatting(root)],
  ['boundaries', () => boundaries(files)],
  ['dead code', () => deadCode(root)],
  ['migrations', () => migrationRules(files)],
  ['migrations (squawk)', () => squawk(root, files)],
  ['SQL in queries.ts', () => sqlInQueries(files)],
  ['licence headers', () => licenceHeaders(files)],
  ['file lengths', () => lengths(files)],
  ['foreign places', () => foreignPlaces(files)],
  ['honest tests', () => honestTests(files)],
];

/**
 * One that breaks down has failed, and the others still run.
 * @param {() => import('./tools.mjs').Result | Promise<import('./tools.mjs').Result>} check
 */
async function outcome(check) {
  try {
    return await check();
  } catch (error) {
    return { problems: [String(error.stack)], seen: 0 };
  }
}

const results = [];
for (const [name, check] of checks) {
  const began = Date.now();
  const { problems, seen } = await outcome(check);
  if (seen === 0) problems.push('it saw no file at all, so it proves nothing');
  const ms = Date.now() - began;
  console.log(
    `${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(20)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${seen} files`,
  );
  for (const problem of problems.slice(0, MOST_SHOWN)) console.log(`     ${problem}`);
  if (problems.length > MOST_SHOWN) console.log(`     … and ${problems.length - MOST_SHOWN} more`);
  results.push({ name, problems, ms });
}
if (options.report) writeFileSync(options.report, JSON.stringify(results));
process.exitCode = results.some(({ problems }) => problems.length > 0) ? 1 : 0;
