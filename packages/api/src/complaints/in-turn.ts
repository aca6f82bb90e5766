// SPDX-License-Identifier: AGPL-3.0-or-later
// A thousand people who complain in the same minute wait for one another here and not for a connection of the database,
// which would give up on them after five seconds.
import { Problem } from '@louver/contract';
import type { RequestHandler } from 'express';
import { sendProblem } from '../http/problems.ts';

export class Turns {
  readonly #most: number;
  readonly #longest: number;
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  /** @param most at work at once @param longest queue that is let in */
  constructor(most: number, longest: number) {
    this.#most = most;
    this.#longest = longest;
  }

  /** @throws Problem unavailable when too many wait already */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** @returns what gives the turn to the next; safe to call twice */
  async enter(): Promise<() => void> {
    if (this.#busy >= this.#most) {
      if (this.#waiting.length >= this.#longest) throw new Problem('unavailable', { detail: 'too many at once' });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#busy += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy -= 1;
    };
  }
}

/** Holds a turn from here to the end of the answer. */
export const inTurn =
  (turns: Turns): RequestHandler =>
  async (request, response, next) => {
    try {
      const leave = await turns.enter();
      response.once('close', leave);
      next();
    } catch (error) {
      sendProblem(request, response, error);
    }
  };
