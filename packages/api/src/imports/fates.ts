// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FieldError, ImportQuery, ImportReport, ImportRow, JurisdictionPath, RowFate } from '@louver/contract';
import { setImmediate } from 'node:timers/promises';
import type { SourceRow } from './source-row.ts';

type Phase = 'reading' | 'checking' | 'writing';
export type Progress = (phase: Phase, done: number, total: number) => void;

export interface ImportJob {
  rows: SourceRow[];
  query: ImportQuery;
  actor: { jurisdictions: readonly JurisdictionPath[] };
  progress: Progress;
}

export interface Outcome {
  rows: ImportRow[];
  /** Where something was written. */
  jurisdictions: JurisdictionPath[];
}

export const refusedRow = (row: number, key: string | null, errors: FieldError[], notes: string[] = []): ImportRow => ({
  row,
  key,
  fate: 'refused',
  errors,
  notes,
});

export const decidedRow = (row: number, key: string, fate: RowFate, notes: string[]): ImportRow => ({
  row,
  key,
  fate,
  errors: [],
  notes,
});

export const duplicateRow = (
  row: number,
  key: string,
  pointer: string,
  detail: string,
  notes: string[],
): ImportRow => ({
  row,
  key,
  fate: 'duplicate',
  errors: [{ pointer, detail }],
  notes,
});

export function reportOf({ kind, mode }: ImportQuery, committed: boolean, unsorted: ImportRow[]): ImportReport {
  const rows = unsorted.toSorted((a, b) => a.row - b.row);
  const counts: Record<RowFate, number> = { create: 0, update: 0, unchanged: 0, duplicate: 0, refused: 0 };
  for (const { fate } of rows) counts[fate] += 1;
  return { kind, mode, committed, total: rows.length, counts, rows };
}

const BATCH = 1000;

/** Statement by statement, and a breath in between, so that a large file does not keep other requests waiting. */
export async function inBatches<T>(
  items: readonly T[],
  work: (batch: T[], done: number) => Promise<void> | void,
): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) {
    const batch = items.slice(at, at + BATCH);
    await work(batch, at + batch.length);
    await setImmediate();
  }
}
