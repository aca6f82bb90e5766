// SPDX-License-Identifier: AGPL-3.0-or-later
// `npm run bench`: measures the budgets side by side in one run, prints them, and writes docs/ref/performance.md.
//   npm run bench -- --only map           one bench; names are in benches.mjs. Prints, and leaves the page alone
//   npm run bench -- --quick              tiny samples, to see that the benches work. Leaves the page alone
//   npm run bench -- --quick --page       writes the page all the same, which says so
//   npm run bench -- --strict             exit code 1 when a budget is broken
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Interruptible } from '../private/interruptible.mjs';
import { ensureNodeModules } from '../private/npm-ci.mjs';
import { ensurePrograms } from '../private/packages.mjs';
import { startPostgres } from '../private/postgres.mjs';
import { findChromium } from '../private/programs.mjs';
import { step } from '../private/progress.mjs';
import { startRedis } from '../private/redis.mjs';
import { Refusal } from '../private/refusal.mjs';
import { ensureConsole } from '../start/console-build.mjs';
import { BENCHES } from './benches.mjs';
import { cpuTimes, loadText, machineFacts } from './facts.mjs';
import { intoPage, isBroken, markdown, table } from './report.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const page = join(root, 'docs/ref/performance.md');
/** What a developer's shell may hold must not steer what is measured. */
const NOT_INHERITED = [
  'DATABASE_URL',
  'REDIS_URL',
  'PORT',
  'LOUVER_DATA',
  'LOUVER_PUBLIC_URL',
  'LOUVER_DEMO',
  'NODE_ENV',
];
const CALM_LOAD = 0.5;

const program = new Interruptible();
await program.run(main);

async function main() {
  const { only, quick, page: always, strict } = wishes();
  const plans = BENCHES.filter(({ name }) => !only || only.includes(name));
  const folder = makeRunFolder();
  const env = await prepare(folder, plans);
  const facts = machineFacts(root, env.LOUVER_CHROMIUM);
  console.log(`\n${facts.map(([name, value]) => `  ${name.padEnd(32)}${value}`).join('\n')}\n`);
  warnOfLoad();
  const outcomes = [];
  for (const plan of plans) {
    if (program.interrupted) return 130;
    outcomes.push(await measure(plan, { folder, env, quick }));
  }
  console.log(`\n${table(outcomes)}\n`);
  if ((only || quick) && !always) console.log('  docs/ref/performance.md is left as it is: it shows full runs only.');
  else {
    const when = new Date().toISOString().slice(0, 16).replace('T', ' ');
    writeFileSync(
      page,
      intoPage(
        readFileSync(page, 'utf8'),
        markdown(outcomes, facts, `${when} UTC${quick ? ', with tiny samples' : ''}`),
      ),
    );
    // Otherwise the next `npm run check` would complain of the page.
    execFileSync(join(root, 'node_modules/.bin/oxfmt'), [page], { stdio: 'ignore' });
    console.log('  written to docs/ref/performance.md');
  }
  if (outcomes.some(({ failure }) => failure)) return 1;
  return strict && isBroken(outcomes) ? 1 : 0;
}

function wishes() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
    },
  });
  const names = BENCHES.map(({ name }) => name);
  const unknown = values.only?.find((name) => !names.includes(name));
  if (unknown) throw new Refusal(`There is no bench ${unknown}. There are: ${names.join(', ')}`);
  return values;
}

function makeRunFolder() {
  const folder = mkdtempSync(join(tmpdir(), `louver-run-${process.pid}-`));
  program.cleaning.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  process.env.TMPDIR = join(folder, 'tmp');
  mkdirSync(process.env.TMPDIR);
  // PostgreSQL's user and the sandboxed decoder pass through.
  for (const own of [folder, process.env.TMPDIR]) chmodSync(own, 0o711);
  return folder;
}

/**
 * @param {string} folder
 * @param {import('./benches.mjs').BenchPlan[]} plans
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function prepare(folder, plans) {
  const servers = plans.some((plan) => plan.servers);
  const browser = plans.some((plan) => plan.browser);
  await ensurePrograms([
    .../** @type {const} */ (['setpriv', 'ffmpeg', 'perl']),
    ...(servers ? /** @type {const} */ (['postgres', 'redis']) : []),
    ...(browser ? /** @type {const} */ (['chromium']) : []),
  ]);
  // Never over an installation that is there: others may be working with it, and a bench has no business changing it.
  if (!existsSync(join(root, 'node_modules/tsx')))
    await ensureNodeModules(root, (spec) => program.runToEnd(spec), folder);
  if (browser) await step('Console', () => ensureConsole(root, () => buildConsole(folder)));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_INHERITED.includes(name)));
  const chromium = findChromium();
  if (chromium) env.LOUVER_CHROMIUM = chromium;
  if (servers) Object.assign(env, await step('PostgreSQL and Redis of its own', () => startServers(folder)));
  return env;
}

/**
 * As durable as real ones: a record that is not on disk would make everything look quicker than it is.
 * @param {string} folder
 */
async function startServers(folder) {
  const postgres = await startPostgres({ dataDir: folder, logFile: join(folder, 'postgres.log') });
  program.cleaning.push(async () => {
    await postgres.running.stop();
    postgres.removeSockets();
  });
  const redis = await startRedis({ dataDir: folder, logFile: join(folder, 'redis.log') });
  program.cleaning.push(async () => {
    await redis.running.stop();
    redis.removeSockets();
  });
  return { LOUVER_TEST_DATABASE_URL: postgres.url('postgres'), LOUVER_TEST_REDIS_URL: redis.url };
}

/** @param {string} folder */
function buildConsole(folder) {
  return program.runToEnd({
    name: 'console',
    command: process.execPath,
    args: [join(root, 'node_modules/vite/bin/vite.js'), 'build'],
    cwd: join(root, 'packages/console'),
    logFile: join(folder, 'console.log'),
  });
}

function warnOfLoad() {
  const load = Number(loadText().split(',')[0]);
  if (load > CALM_LOAD)
    console.log(`  The machine is busy (load ${load}): ratios may hold, absolute figures will not.\n`);
}

/**
 * @param {import('./benches.mjs').BenchPlan} plan
 * @param {{ folder: string, env: NodeJS.ProcessEnv, quick: boolean }} run
 * @returns {Promise<import('./report.mjs').Outcome>}
 */
async function measure({ name }, { folder, env, quick }) {
  const own = join(folder, name);
  mkdirSync(own, { mode: 0o711 });
  const [load, before, began] = [loadText(), cpuTimes(), Date.now()];
  console.log(`  ${name}`);
  const out = join(own, 'measurements.json');
  const code = await runBench(
    [
      ...['--import', 'tsx', '--conditions=source', join(root, 'infra/bench/measure-one.ts')],
      ...['--name', name, '--out', out, '--folder', own, '--root', root],
      ...['--cache', join(root, 'node_modules/.cache/louver-bench'), ...(quick ? ['--quick'] : [])],
    ],
    env,
  );
  const after = cpuTimes();
  const stolen = (after.stolen - before.stolen) / Math.max(1, after.total - before.total);
  const outcome = { name, load, stolen, seconds: (Date.now() - began) / 1000 };
  if (code === 0 && existsSync(out)) return { ...outcome, measurements: JSON.parse(readFileSync(out, 'utf8')) };
  return { ...outcome, measurements: [], failure: `the bench ended with ${code}; what it said stands above` };
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number | null>}
 */
function runBench(args, env) {
  return new Promise((resolve, reject) => {
    // The kernel tells it when we are killed, so that nothing goes on measuring for nobody.
    const child = spawn('setpriv', ['--pdeathsig=KILL', '--', process.execPath, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    program.stopCurrent = () => child.kill('SIGKILL');
    child.on('error', reject);
    child.on('close', resolve);
  });
}
