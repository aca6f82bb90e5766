// SPDX-License-Identifier: AGPL-3.0-or-later
import { saveAs } from '../app/save-as.ts';

export type Cell = string | number | boolean | null | undefined;

/** What a spreadsheet would run as a formula gets an apostrophe before it: a purpose is somebody else's text. */
function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, with a byte order mark, because spreadsheets otherwise take Vietnamese for another alphabet. */
export const csvOf = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

export const saveCsv = (name: string, text: string): void => saveAs(name, text, 'text/csv;charset=utf-8');
