// SPDX-License-Identifier: AGPL-3.0-or-later
import { ImportEvent, type ImportKind, type ImportReport } from '@louver/contract';
import { Refused, type Api } from './api.ts';
import { EXIT, Failure, reasonOf } from './failure.ts';
import type { ProgressBar } from './progress.ts';

export interface ImportOptions {
  kind: ImportKind;
  mode: 'dry-run' | 'commit';
  jurisdiction?: string | undefined;
  partial?: boolean | undefined;
  duplicateMetres?: number | undefined;
}

export interface FileToImport {
  bytes: Uint8Array<ArrayBuffer>;
  mediaType: string;
}

/** @throws Refused when nothing was imported */
export async function importFile(
  api: Api,
  file: FileToImport,
  options: ImportOptions,
  bar?: ProgressBar,
): Promise<ImportReport> {
  const query = new URLSearchParams({ kind: options.kind, mode: options.mode });
  if (options.jurisdiction !== undefined) query.set('jurisdiction', options.jurisdiction);
  if (options.partial) query.set('partial', 'true');
  if (options.duplicateMetres !== undefined) query.set('duplicateMetres', String(options.duplicateMetres));
  const headers = { 'Content-Type': file.mediaType, Accept: 'application/x-ndjson' };
  const response = await api.send('POST', `/imports?${query.toString()}`, { body: file.bytes, headers });
  try {
    for await (const event of eventsOf(response)) {
      if (event.type === 'progress') bar?.at(event.phase, event.done, event.total);
      else if (event.type === 'report') return event.report;
      else
        throw event.problem.status < 500
          ? new Refused(event.problem)
          : new Failure(EXIT.unreachable, event.problem.title);
    }
  } finally {
    bar?.end();
  }
  throw new Failure(
    EXIT.unreachable,
    `${api.url} broke off before it said what became of the file; import it again, nothing comes in twice`,
  );
}

async function* eventsOf(response: Response): AsyncGenerator<ImportEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield ImportEvent.parse(JSON.parse(line));
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(EXIT.unreachable, `the answer broke off: ${reasonOf(error)}`, error);
  }
}
