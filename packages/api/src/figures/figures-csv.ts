// SPDX-License-Identifier: AGPL-3.0-or-later
import { sheetOf, type Language } from '@louver/civic';
import type { Figures } from '@louver/contract';
import { csvCell } from '../http/csv.ts';

/**
 * One number a line. `key` is the same in every language and month; labels are for people. Names that somebody typed into the
 * register stand in it, so every cell is made safe for spreadsheets.
 */
export function figuresCsv(figures: Figures, language: Language): string {
  const { checkpoint, record, cases, homes } = figures;
  const about: [string, string | number][] = [
    ['month', figures.month],
    ['month.whole', String(figures.whole)],
    ['from', figures.from],
    ['until', figures.until],
    ['countedAt', figures.at],
    ['checkpoint.size', checkpoint.size],
    ['checkpoint.root', checkpoint.root],
    ['checkpoint.sealedAt', checkpoint.sealedAt],
    ['record.late', record.late],
    ['viewings.hours', record.viewings.hours],
    ['homes.policyVersion', homes.policyVersion],
    ['homes.unmeasured', homes.unmeasured],
    ['cases.open', cases.open],
    ['cases.late', cases.late],
    ['cases.ended', cases.ended],
    ['cases.oldestDays', cases.oldestDays ?? ''],
    ['cases.uncomputed', cases.uncomputed],
    ['cameras.shown', figures.cameras.shown],
    ['cameras.counted', figures.cameras.counted],
    ['cameras.planned', figures.cameras.planned],
    ['cameras.biometric', figures.cameras.biometric],
    ['cameras.sound', figures.cameras.sound],
  ];
  const rows: (string | number)[][] = [
    ['key', 'section', 'table', 'item', 'column', 'value'],
    ...about.map(([key, value]) => [key, '', '', '', '', value]),
  ];
  for (const { title, tables } of sheetOf(figures, language))
    for (const { id, caption, columns, rows: lines } of tables)
      for (const { key, label, values } of lines)
        for (const [i, column] of columns.entries())
          rows.push([`${id}/${key}/${column.key}`, title, caption, label, column.label, values[i] ?? '']);
  // A byte order mark, so that spreadsheets read Vietnamese as what it is.
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
