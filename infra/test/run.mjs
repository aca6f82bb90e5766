// SPDX-License-Identifier: AGPL-3.0-or-later
// `npm test`: brings what the tests need, runs every part, and says at the end what came out.
//   npm test -- --only db packages/api     one part, and only the files whose path contains the words
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Interruptible } from '../private/interruptible.mjs';
import { ensureNodeModules } from '../private/npm-ci.mjs';
import { ensurePrograms } from '../private/packages.mjs';
import { findChromium } from '../private/programs.mjs';
import { step } from '../private/progress.mjs';
import { Refusal } from '../private/refusal.mjs';
import { lastLine, withItsEnd } from './count.mjs';
import { partsOf } from './parts.mjs';
import { startThrowaway } from './throwaway.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const GRACE_MS = 30_000;
/** What a developer's shell may hold must neither help nor hurt a test. */
const NOT_INHERITED = [
  'DATABASE_URL',
  'REDIS_URL',
  'PORT',
  'LOUVER_DATA',
  'LOUVER_PUBLIC_URL',
  'LOUVER_DEMO',
  'NODE_ENV',
];

const program = new Interruptible('stopping the tests');
await program.run(main);

async function main() {
  const { only, filters } = wishes();
  const folder = makeRunFolder();
  program.cleaning.push(() => removeFolder(folder));
  const parts = partsOf(root, folder, filters).filter(({ name }) =>
    only ? only === name : filters.length === 0 || name !== 'check',
  );
  const env = await prepare(
    folder,
    parts.map(({ name }) => name),
  );

  const tallies = [];
  for (const part of parts) {
    if (program.interrupted) return 130;
    console.log(`\n── ${part.name} ${'─'.repeat(60 - part.name.length)}\n`);
    const end = await runPart(part, env);
    tallies.push({ name: part.name, ...tallyOf(part, filters.length > 0, end) });
  }
  if (program.interrupted) return 130;
  summarise(tallies);
  return tallies.some(({ failed }) => failed.length > 0) ? 1 : 0;
}

/** Everything temporary of a run lies in one folder, so that also what a test that was stopped left behind goes with it. */
function makeRunFolder() {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^louver-run-(\d+)-/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) removeFolder(join(tmpdir(), name));
  }
  const folder = mkdtempSync(join(tmpdir(), `louver-run-${process.pid}-`));
  process.env.TMPDIR = join(folder, 'tmp');
  mkdirSync(process.env.TMPDIR);
  // PostgreSQL's user passes through.
  for (const own of [folder, process.env.TMPDIR]) chmodSync(own, 0o711);
  return folder;
}

/** @param {string} folder in which a process that is on its way out may still be writing */
function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

function wishes() {
  const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
  const names = partsOf(root, '', []).map(({ name }) => name);
  if (values.only && !names.includes(values.only)) throw new Refusal(`--only takes one of ${names.join(', ')}`);
  return { only: values.only, filters: positionals };
}

/**
 * @param {string} folder
 * @param {string[]} names of the parts that will run
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function prepare(folder, names) {
  const has = (/** @type {string[]} */ ...some) => some.some((name) => names.includes(name));
  await ensurePrograms([
    'setpriv',
    ...(has('db', 'media', 'e2e') ? /** @type {const} */ (['postgres', 'redis', 'ffmpeg', 'perl']) : []),
    ...(has('e2e') ? /** @type {const} */ (['chromium']) : []),
  ]);
  // Only one part of the tests wants it, and says when it was skipped.
  if (has('db'))
    await ensurePrograms(['gdal']).catch((error) => console.log(`  ! without GDAL: ${error.message.split('\n')[0]}`));
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  await ensureNodeModules(root, (spec) => program.runToEnd(spec), logs);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_INHERITED.includes(name)));
  const chromium = findChromium();
  if (chromium) env.LOUVER_CHROMIUM = chromium;
  if (has('db', 'media')) {
    const servers = await step('PostgreSQL and Redis for the tests', () => startThrowaway());
    program.cleaning.push(servers.stop);
    env.LOUVER_TEST_DATABASE_URL = servers.databaseUrl;
    env.LOUVER_TEST_REDIS_URL = servers.redisUrl;
  }
  return env;
}

/**
 * @param {import('./parts.mjs').Part} part
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} how it ended, unless it ended well
 */
function runPart(part, env) {
  return new Promise((resolve, reject) => {
    // The kernel tells it when we are killed, so that it still takes down what it started.
    const args = [`--pdeathsig=${part.stopSignal.slice(3)}`, '--', process.execPath, ...part.command];
    const child = spawn('setpriv', args, {
      cwd: root,
      env: { ...env, ...part.env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    program.stopCurrent = () => {
      child.kill(part.stopSignal);
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
    };
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`)));
  });
}

/**
 * @param {import('./parts.mjs').Part} part
 * @param {boolean} filtered
 * @param {string | undefined} end
 * @returns {import('./count.mjs').Tally}
 */
function tallyOf(part, filtered, end) {
  if (!existsSync(part.report)) {
    return { passed: 0, failed: filtered ? [] : [`${part.name}: ended without a report`], skipped: [] };
  }
  const tally = withItsEnd(part.count(JSON.parse(readFileSync(part.report, 'utf8'))), part.name, end);
  const ran = tally.passed + tally.failed.length;
  return ran > 0 || filtered ? tally : { ...tally, failed: [`${part.name}: not one test ran`] };
}

/** @param {(import('./count.mjs').Tally & { name: string })[]} tallies */
function summarise(tallies) {
  console.log(`\n${'─'.repeat(64)}`);
  for (const tally of tallies) console.log(`${tally.name.padEnd(8)} ${lastLine([tally])}`);
  const [failed, skipped] = [tallies.flatMap((tally) => tally.failed), tallies.flatMap((tally) => tally.skipped)];
  if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((title) => `  - ${title}`).join('\n')}`);
  if (failed.length > 0) console.log(`\nFailed:\n${failed.map((title) => `  ✗ ${title}`).join('\n')}`);
  console.log(`\n${lastLine(tallies)}`);
}
