// SPDX-License-Identifier: AGPL-3.0-or-later
import { ImportEvent, isProblemSlug, routes, type ImportQuery, type ImportReport } from '@louver/contract';
import { ApiProblem, problemOf } from '../api/api-problem.ts';
import { addressOf } from '../api/call.ts';
import { sessionEnded } from '../api/session-ended.ts';
import { jsonLines } from './ndjson.ts';

export interface ImportProgress {
  phase: 'sending' | 'reading' | 'checking' | 'writing';
  done: number;
  total: number;
}

/** The answer ended before it said how the import went. */
export class BrokenOff extends Error {}

interface Sending {
  file: Blob;
  type: string;
  query: Partial<ImportQuery> & Pick<ImportQuery, 'kind' | 'mode'>;
  signal: AbortSignal;
  onProgress: (progress: ImportProgress) => void;
}

/**
 * Sends a file and follows what happens to it.
 * @throws ApiProblem when it was refused, BrokenOff when the answer ended too early
 */
export async function runImport({ file, type, query, signal, onProgress }: Sending): Promise<ImportReport> {
  onProgress({ phase: 'sending', done: 0, total: 0 });
  const answer = await fetch(addressOf(routes.importFile, { query }), {
    method: 'POST',
    headers: { accept: 'application/x-ndjson', 'content-type': type },
    body: file,
    credentials: 'same-origin',
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ApiProblem('unreachable', undefined, undefined, error);
  });
  if (!answer.ok || answer.body === null) {
    const problem = await problemOf(answer);
    if (problem.slug === 'not-signed-in') sessionEnded.announce();
    throw problem;
  }
  return follow(answer.body, signal, onProgress);
}

async function follow(body: ReadableStream<Uint8Array>, signal: AbortSignal, onProgress: Sending['onProgress']) {
  try {
    for await (const line of jsonLines(body)) {
      const event = ImportEvent.parse(line);
      if (event.type === 'report') return event.report;
      if (event.type === 'problem') {
        const { slug } = event.problem;
        throw new ApiProblem(isProblemSlug(slug) ? slug : 'unexpected', event.problem);
      }
      onProgress(event);
    }
  } catch (error) {
    if (signal.aborted || error instanceof ApiProblem) throw error;
    throw new BrokenOff('the answer was cut off', { cause: error });
  }
  throw new BrokenOff('the answer had no end');
}
