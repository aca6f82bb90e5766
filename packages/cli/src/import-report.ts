// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ImportReport, ImportRow, RowFate } from '@louver/contract';
import { table } from './terminal.ts';

const FATES: Record<RowFate, string> = {
  create: 'new',
  update: 'changed',
  unchanged: 'unchanged',
  duplicate: 'duplicate, left out',
  refused: 'refused',
};
/** A log of ten thousand lines says less than one of fifty. */
const MOST = 50;

/** Counts by fate, and every row that does not come in, with the reason. */
export function describeReport(report: ImportReport): string[] {
  const counts = (Object.keys(FATES) as RowFate[]).map((fate) => [FATES[fate], report.counts[fate] ?? 0] as const);
  return [
    ...table([...counts.filter(([, count]) => count > 0), ['rows', report.total]]).map((line) => `  ${line}`),
    ...named(
      'Refused',
      report.rows.filter(({ fate }) => fate === 'refused'),
    ),
    ...named(
      'Duplicates',
      report.rows.filter(({ fate }) => fate === 'duplicate'),
    ),
    ...notesOf(report.rows),
  ];
}

function named(title: string, rows: ImportRow[]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.slice(0, MOST).map(({ row, key, errors }) => {
    const reasons = errors.map(({ pointer, detail }) => `${pointer === '' ? 'the row' : pointer} ${detail}`).join('; ');
    return `  row ${row}${key === null ? '' : ` (${key})`}: ${reasons}`;
  });
  return [
    '',
    `${title}:`,
    ...lines,
    ...(rows.length > MOST ? [`  and ${rows.length - MOST} more; --json lists all`] : []),
  ];
}

/** What was understood otherwise than written: each note once, with how many rows it is about. */
function notesOf(rows: ImportRow[]): string[] {
  const notes = new Map<string, number>();
  for (const note of rows.flatMap((row) => row.notes)) notes.set(note, (notes.get(note) ?? 0) + 1);
  if (notes.size === 0) return [];
  const most = [...notes].toSorted(([, a], [, b]) => b - a).slice(0, 12);
  const left = notes.size - most.length;
  return [
    '',
    'Notes:',
    ...most.map(([note, count]) => `  ${note} (${count} ${count === 1 ? 'row' : 'rows'})`),
    ...(left > 0 ? [`  and ${left} other notes; --json lists all`] : []),
  ];
}
