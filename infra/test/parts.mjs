// SPDX-License-Identifier: AGPL-3.0-or-later
// The parts of `npm test`: what each runs, and where it writes down what came out.
import { join } from 'node:path';
import { countChecks, countPlaywright, countVitest } from './count.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} command arguments for node
 * @property {string} report
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(report: any) => import('./count.mjs').Tally} count
 * @property {'SIGTERM' | 'SIGINT'} stopSignal the one after which it cleans up
 *
 * @param {string} root
 * @param {string} reports folder
 * @param {string[]} filters
 * @returns {Part[]}
 */
export function partsOf(root, reports, filters) {
  const vitest = (/** @type {string} */ project) => {
    const report = join(reports, `${project}.json`);
    const command = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, ...filters];
    return {
      name: project,
      command: [...command, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      report,
      count: countVitest,
      stopSignal: /** @type {const} */ ('SIGINT'),
    };
  };
  const [checkReport, browserReport] = [join(reports, 'check.json'), join(reports, 'e2e.json')];
  return [
    {
      name: 'check',
      command: [join(root, 'infra/check/run.mjs'), '--report', checkReport],
      report: checkReport,
      count: countChecks,
      stopSignal: 'SIGTERM',
    },
    vitest('pure'),
    vitest('db'),
    vitest('media'),
    {
      name: 'e2e',
      command: [
        join(root, 'node_modules/@playwright/test/cli.js'),
        ...['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'],
        ...filters,
      ],
      report: browserReport,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
      count: countPlaywright,
      stopSignal: 'SIGINT',
    },
  ];
}
