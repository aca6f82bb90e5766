// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Look, Looked } from './look.ts';
import type { LookAnswer } from './look-process.ts';

/** An idle child keeps 60 MB. */
const IDLE_MS = 60_000;
/** No aim takes so long: a child that does hangs. */
const LOOK_WITHIN_MS = 180_000;

interface Waiting {
  resolve(looked: Looked): void;
  reject(error: Error): void;
}

/** Looks in a child process, which is there while there is something to do. */
export class Looker {
  #child: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #number = 0;
  readonly #waiting = new Map<number, Waiting>();

  async look(job: Look, cancelled: AbortSignal): Promise<Looked> {
    cancelled.throwIfAborted();
    const number = ++this.#number;
    const child = (this.#child ??= this.#start());
    clearTimeout(this.#idle);
    const limit = setTimeout(() => child.kill('SIGKILL'), LOOK_WITHIN_MS);
    try {
      return await new Promise<Looked>((resolve, reject) => {
        this.#waiting.set(number, { resolve, reject });
        child.send({ number, look: job }, (error) => error && reject(error));
      });
    } finally {
      clearTimeout(limit);
      this.#waiting.delete(number);
      if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.close(), IDLE_MS).unref();
    }
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const fromSource = import.meta.url.endsWith('.ts');
    const script = fileURLToPath(new URL(fromSource ? './look-process.ts' : './look-process.js', import.meta.url));
    const child = fork(script, {
      execArgv: fromSource ? ['--import', 'tsx', '--conditions=source'] : [],
      serialization: 'advanced',
      // It needs none of the keys and addresses that the worker was given.
      env: { PATH: process.env.PATH ?? '', NODE_ENV: process.env.NODE_ENV ?? '' },
    });
    // Pictures come first, but the lowest priority gets nothing at all beside two busy cores, and homes wait to be covered.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    child.on('message', (message) => {
      const answer = message as LookAnswer;
      const waiting = this.#waiting.get(answer.number);
      if ('looked' in answer) waiting?.resolve(answer.looked);
      else waiting?.reject(new Error(`couldn't look: ${answer.error}`));
    });
    const gone = (error: Error) => {
      if (this.#child === child) this.#child = undefined;
      for (const { reject } of this.#waiting.values()) reject(error);
    };
    child.on('error', gone);
    child.on('exit', (code, signal) => gone(new Error(`whoever looks ended with ${signal ?? String(code)}`)));
    return child;
  }
}
