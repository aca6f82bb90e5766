// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { RenderJob, RenderResult } from './render-process.ts';

const MAX_CHILDREN = 2;

function startChild(): ChildProcess {
  const fromSource = import.meta.url.endsWith('.ts');
  const script = fileURLToPath(new URL(fromSource ? './render-process.ts' : './render-process.js', import.meta.url));
  return fork(script, { execArgv: fromSource ? ['--import', 'tsx', '--conditions=source'] : [] });
}

async function renderOne(child: ChildProcess, job: RenderJob): Promise<void> {
  child.send(job);
  const [result] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => [{ code: job.code, error: `renderer ended with ${String(code)}` }]),
  ])) as [RenderResult];
  if (result.error !== undefined) throw new Error(`couldn't render ${result.code}: ${result.error}`);
}

/** Renders jobs in their order, a few at a time, in processes of their own. Stops at the first failure or abort. */
export async function renderAll(
  jobs: readonly RenderJob[],
  events: { onStart: (job: RenderJob) => void; onDone: (job: RenderJob) => Promise<void> },
  signal: AbortSignal,
): Promise<void> {
  const queue = [...jobs];
  const count = Math.min(MAX_CHILDREN, availableParallelism(), jobs.length);
  await Promise.all(
    Array.from({ length: count }, async () => {
      const child = startChild();
      const stop = (): void => void child.kill('SIGKILL');
      signal.addEventListener('abort', stop);
      try {
        for (let job = queue.shift(); job && !signal.aborted; job = queue.shift()) {
          events.onStart(job);
          await renderOne(child, job);
          await events.onDone(job);
        }
      } catch (error) {
        queue.length = 0;
        if (!signal.aborted) throw error;
      } finally {
        signal.removeEventListener('abort', stop);
        child.kill('SIGKILL');
      }
    }),
  );
}
