// SPDX-License-Identifier: AGPL-3.0-or-later
// Child of a worker: looks, and answers. It has no database, no Redis and no state.
import { type Look, type Looked, look } from './look.ts';

interface LookJob {
  readonly number: number;
  readonly look: Look;
}
export type LookAnswer =
  | { readonly number: number; readonly looked: Looked }
  | { readonly number: number; readonly error: string };

function answer({ number, look: job }: LookJob): LookAnswer {
  try {
    return { number, looked: look(job) };
  } catch (error) {
    return { number, error: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (job: LookJob) => void process.send?.(answer(job)));
// The parent is gone: nobody will take the answer.
process.on('disconnect', () => process.exit(0));
