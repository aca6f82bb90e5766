// SPDX-License-Identifier: AGPL-3.0-or-later
// One child process: its log, its death with us, its stop.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { Refusal } from './refusal.mjs';

const ROTATE_AT_BYTES = 5 * 1024 * 1024;
const KEPT_LOGS = 3;
const LAST_LINES = 30;

/**
 * @typedef {object} ProcessSpec
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {string} logFile
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {'SIGTERM' | 'SIGINT' | 'SIGQUIT'} [stopSignal] the one that means "finish in order"
 * @property {number} [graceMs] how long that may take
 * @property {string[]} [privileges] arguments for setpriv, when the process runs as somebody else
 *
 * @typedef {object} RunningProcess
 * @property {string} name
 * @property {number} pid
 * @property {Promise<string>} ended how it ended: "exit 3", "signal SIGKILL"
 * @property {() => boolean} isAlive
 * @property {() => string} lastWords what it logged last
 * @property {() => Promise<void>} stop
 * @property {() => void} kill
 */

/**
 * The child leads a process group of its own, so that Ctrl-C in the terminal reaches only us and everything stops in
 * order; and the kernel signals it when we die, so that not even `kill -9` leaves it behind.
 * @param {ProcessSpec} spec
 * @returns {RunningProcess}
 */
export function launch(spec) {
  const { name, stopSignal = 'SIGTERM', graceMs = 10_000, privileges = [] } = spec;
  const log = openSync(spec.logFile, 'a', 0o600);
  const logStart = statSync(spec.logFile).size;
  writeSync(log, `--- ${name} started ${new Date().toISOString()}\n`);
  const child = spawn(
    'setpriv',
    [...privileges, `--pdeathsig=${stopSignal.slice(3)}`, '--', spec.command, ...spec.args],
    { cwd: spec.cwd ?? '/', env: spec.env ?? process.env, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const pid = child.pid;
  if (!pid) throw new Refusal(`couldn't start ${name}: setpriv or ${spec.command} is missing`);

  let alive = true;
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      alive = false;
      killGroup(pid);
      resolve(signal ? `signal ${signal}` : `exit ${code}`);
    });
  });
  return {
    name,
    pid,
    ended,
    isAlive: () => alive,
    lastWords: () => lastLines(readFileSync(spec.logFile).subarray(logStart).toString('utf8')),
    kill: () => killGroup(pid),
    async stop() {
      if (!alive) return;
      child.kill(stopSignal);
      const late = setTimeout(() => killGroup(pid), graceMs);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Without the colours that some build tools write even into a file. */
const lastLines = (/** @type {string} */ text) =>
  stripVTControlCharacters(text).trim().split('\n').slice(-LAST_LINES).join('\n');

/** Also after the leader's end: whatever it started and left in its group goes with it. */
function killGroup(/** @type {number} */ pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * At start only, so that no process has the file open.
 * @param {string} logFile
 */
export function rotateLog(logFile) {
  if (!existsSync(logFile) || statSync(logFile).size < ROTATE_AT_BYTES) return;
  for (let n = KEPT_LOGS - 1; n >= 1; n -= 1) {
    if (existsSync(`${logFile}.${n}`)) renameSync(`${logFile}.${n}`, `${logFile}.${n + 1}`);
  }
  renameSync(logFile, `${logFile}.1`);
}

/**
 * Polls until `ready` says yes, the process ends, or the time is over.
 * @param {RunningProcess} running
 * @param {() => Promise<boolean> | boolean} ready
 * @param {number} withinMs
 */
export async function untilReady(running, ready, withinMs) {
  const deadline = Date.now() + withinMs;
  while (!(await ready())) {
    if (!running.isAlive()) {
      throw new Refusal(`couldn't start ${running.name}: ${await running.ended}\n\n${running.lastWords()}`);
    }
    if (Date.now() > deadline) {
      throw new Refusal(`${running.name} isn't ready after ${withinMs / 1000} s\n\n${running.lastWords()}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
