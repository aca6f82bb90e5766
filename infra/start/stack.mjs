// SPDX-License-Identifier: AGPL-3.0-or-later
// Brings a whole Louver up in order, keeps it up, and takes it down in the opposite order.
import { join, relative } from 'node:path';
import { ensureNodeModules } from '../private/npm-ci.mjs';
import { ensurePrograms } from '../private/packages.mjs';
import { startPostgres } from '../private/postgres.mjs';
import { launch, rotateLog } from '../private/process.mjs';
import { step } from '../private/progress.mjs';
import { startRedis } from '../private/redis.mjs';
import { Refusal, printFailure } from '../private/refusal.mjs';
import { untilAnswers, whatIsMissing } from './answers.mjs';
import { banner } from './banner.mjs';
import { ensureCivic, ensureConsole } from './console-build.mjs';
import { ensureKeys, hasLogKey } from './keys.mjs';
import { takeLock } from './lock.mjs';
import { choosePorts, requireFreePort } from './ports.mjs';
import { services } from './services.mjs';
import { makeFolders, readSettings } from './settings.mjs';
import { supervise } from './supervise.mjs';
import { Unwinding } from './unwinding.mjs';

/** npm passes Ctrl-C on to a process that had it from the terminal already: that is one wish, not two. */
const ONE_WISH_MS = 500;
const LOG_NAMES = [
  'postgres',
  'redis',
  'npm-ci',
  'migrate',
  'log-key',
  'console',
  'civic',
  'camsim',
  'sealer',
  'worker',
  'api',
  'seed',
];

export async function startLouver() {
  const started = new Unwinding();
  let stopping = false;
  /** @type {(reason: unknown) => void} */
  let ending = () => undefined;
  const hopeless = new Promise((_resolve, reject) => {
    ending = reject;
  });
  hopeless.catch(() => undefined);

  const context = {
    started,
    goOn: () => !stopping,
    giveUp: (/** @type {string} */ reason) => ending(new Refusal(reason)),
  };
  const bringingUp = bringUp(context);
  const stop = async (/** @type {number} */ exitCode) => {
    stopping = true;
    await started.stop((name) => console.log(`  stopping ${name}`));
    // Whatever was just being started has noticed by now, and may have left something to stop.
    await bringingUp.catch(() => undefined);
    await started.stop(() => undefined);
    process.exit(exitCode);
  };
  stopOnSignals(stop, started);
  try {
    await Promise.race([bringingUp, hopeless]);
    await hopeless;
  } catch (error) {
    if (stopping) return;
    printFailure(error);
    await stop(1);
  }
}

/**
 * @param {(exitCode: number) => Promise<void>} stop
 * @param {Unwinding} started
 */
function stopOnSignals(stop, started) {
  let firstAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!firstAt) {
        firstAt = Date.now();
        console.log('\nĐang dừng… · stopping');
        void stop(0);
      } else if (Date.now() - firstAt > ONE_WISH_MS) {
        started.kill();
        process.exit(130);
      }
    });
  }
}

/**
 * @typedef {{ started: Unwinding, goOn: () => boolean, giveUp: (reason: string) => void }} Context
 * @param {Context} context
 */
async function bringUp(context) {
  const settings = readSettings(process.env);
  makeFolders(settings);
  const lock = takeLock(settings.dataDir, settings.publicUrl);
  context.started.add({ stop: lock.release });
  await requireFreePort(settings.port);
  for (const name of LOG_NAMES) rotateLog(join(settings.logDir, `${name}.log`));

  console.log(`\nLouver   data in ${relative(settings.root, settings.dataDir) || settings.dataDir}\n`);
  await ensurePrograms(needs(settings));
  await ensureNodeModules(settings.root, (spec) => runOnce(context, spec), settings.logDir);
  const servers = await startServers(context, settings, lock.rememberSockets);
  const ports = await choosePorts(settings.dataDir, ['camsim', 'worker', 'sealer']);
  const { camsim } = ensureKeys(settings.keyDir);
  const all = services(settings, { ...servers, ports, camsim });

  // First, because at its first start it renders the streets for minutes, and needs nobody for that.
  if (settings.demo) keepUp(context, 'camsim', () => launch(all.camsim));
  await guarded(context, 'Database schema', () => runOnce(context, all.migrate));
  await guarded(context, 'Console', () => ensureConsole(settings.root, () => runOnce(context, all.buildConsole)));
  await guarded(context, 'Public pages', () => ensureCivic(settings.root, () => runOnce(context, all.buildCivic)));
  // Once: what it signed would be worth nothing under another key.
  if (!hasLogKey(settings.keyDir)) await guarded(context, 'Log key', () => runOnce(context, all.logKey));
  for (const spec of [all.sealer, all.worker, all.api]) keepUp(context, spec.name, () => launch(spec));
  await guarded(context, 'API', () => untilAlive(context, settings, all.api.logFile));
  if (settings.demo) await guarded(context, 'Demo city', () => runOnce(context, all.seed));
  await guarded(context, 'Streams', (note) => untilReadyToShow(context, settings, note));
  if (context.goOn()) console.log(`\n${banner(settings)}\n`);
}

/**
 * @param {Context} context
 * @param {import('./settings.mjs').Settings} settings
 * @param {string} logFile
 */
async function untilAlive({ goOn }, { port }, logFile) {
  const { ok, said } = await untilAnswers(`http://localhost:${port}/healthz`, {
    withinMs: 300_000,
    everyMs: 100,
    goOn,
  });
  if (!ok && goOn()) throw new Refusal(`The API doesn't answer: ${said}. Its log: ${logFile}`);
}

/**
 * What isn't ready after that keeps trying; the rest can be used meanwhile.
 * @param {Context} context
 * @param {import('./settings.mjs').Settings} settings
 * @param {(text: string) => void} note
 */
async function untilReadyToShow({ goOn }, { port, logDir }, note) {
  const hear = (/** @type {string} */ said) => note(whatIsMissing(said));
  const url = `http://localhost:${port}/readyz`;
  const { ok, said } = await untilAnswers(url, { withinMs: 900_000, everyMs: 1000, goOn, note: hear });
  if (!ok && goOn()) console.log(`\n  Not everything answers yet: ${whatIsMissing(said)}. Logs: ${logDir}`);
}

/** @param {import('./settings.mjs').Settings} settings */
function needs(settings) {
  return /** @type {import('../private/packages.mjs').Need[]} */ ([
    'setpriv',
    ...(settings.databaseUrl ? [] : ['postgres']),
    ...(settings.redisUrl ? [] : ['redis']),
    'ffmpeg',
    'perl',
  ]);
}

/**
 * @param {Context} context
 * @param {import('./settings.mjs').Settings} settings
 * @param {(folder: string) => void} rememberSockets
 */
async function startServers(context, settings, rememberSockets) {
  // Not at the top: the database driver is there only after npm ci.
  const { prepareExternal, preparePrivate } = await import('./roles.mjs');
  const { databaseUrl, redisUrl, dataDir, logDir, keyDir } = settings;
  const keep = (/** @type {string} */ name, /** @type {any} */ server) => {
    rememberSockets(server.socketFolder);
    context.started.add({ stop: server.removeSockets });
    keepUp(context, name, server.launch, server.running);
    return server;
  };
  const urls = databaseUrl
    ? await guarded(context, 'Database in DATABASE_URL', () => prepareExternal(databaseUrl, keyDir))
    : await guarded(context, 'PostgreSQL', async () => {
        const server = keep('postgres', await startPostgres({ dataDir, logFile: join(logDir, 'postgres.log') }));
        return preparePrivate(server.url);
      });
  if (redisUrl) return { urls, redisUrl };
  return guarded(context, 'Redis', async () => {
    const server = keep('redis', await startRedis({ dataDir, logFile: join(logDir, 'redis.log') }));
    return { urls, redisUrl: server.url };
  });
}

/**
 * A step that isn't begun once we are stopping.
 * @template T
 * @param {Context} context
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T>} work
 */
async function guarded(context, title, work) {
  requireGoingOn(context);
  return step(title, work);
}

function requireGoingOn(/** @type {Context} */ context) {
  if (!context.goOn()) throw new Refusal('stopped');
}

/**
 * @param {Context} context
 * @param {string} name
 * @param {() => import('../private/process.mjs').RunningProcess} start
 * @param {import('../private/process.mjs').RunningProcess} [running]
 */
function keepUp(context, name, start, running) {
  // A server that is up already has to be stopped like the others, whatever came in between.
  if (!running) requireGoingOn(context);
  const say = (/** @type {string} */ text) => console.log(`  ! ${text}`);
  context.started.add(supervise({ name, launch: start, ...(running && { running }), say, giveUp: context.giveUp }));
}

/**
 * @param {Context} context
 * @param {import('../private/process.mjs').ProcessSpec} spec
 */
async function runOnce({ started, goOn }, spec) {
  const running = started.add(launch(spec));
  const how = await running.ended;
  started.remove(running);
  if (how !== 'exit 0' && goOn()) {
    throw new Refusal(
      `${spec.name} ended with ${how}. What it said (all of it in ${spec.logFile}):\n\n${running.lastWords()}`,
    );
  }
}
