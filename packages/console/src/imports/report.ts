// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ImportReport, ImportRow, RowFate } from '@louver/contract';
import { csvOf } from '../oversight/csv.ts';

export const countOf = (report: ImportReport, fate: RowFate): number => report.counts[fate] ?? 0;

/** Rows that a commit would write. */
export const worthOf = (report: ImportReport): number => countOf(report, 'create') + countOf(report, 'update');

/** Why a commit would be refused or do nothing; undefined when it may go on. */
export function obstacleOf(report: ImportReport, partial: boolean): 'refused' | 'nothing' | undefined {
  if (countOf(report, 'refused') > 0 && !partial) return 'refused';
  return worthOf(report) === 0 ? 'nothing' : undefined;
}

/** Fates that occur, in the order in which people care. */
export const fatesOf = (report: ImportReport): RowFate[] =>
  (['refused', 'duplicate', 'create', 'update', 'unchanged'] satisfies RowFate[]).filter(
    (fate) => countOf(report, fate) > 0,
  );

export const rowsOf = (report: ImportReport, fate: RowFate | 'all'): ImportRow[] =>
  fate === 'all' ? report.rows : report.rows.filter((row) => row.fate === fate);

/** One line for every fault, because a row may have several and a spreadsheet sorts by column. */
export const reportCsv = (
  { rows }: ImportReport,
  head: readonly [row: string, key: string, fate: string, field: string, why: string],
  fateWords: (fate: RowFate) => string,
): string =>
  csvOf(
    head,
    rows.flatMap(({ row, key, fate, errors, notes }) => {
      const lines = [
        ...errors.map(({ pointer, detail }) => [row, key, fateWords(fate), pointer, detail]),
        ...notes.map((note) => [row, key, fateWords(fate), '', note]),
      ];
      return lines.length === 0 ? [[row, key, fateWords(fate), '', '']] : lines;
    }),
  );
