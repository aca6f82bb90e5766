// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FieldError } from '@louver/contract';
import { CsvError, parse } from 'csv-parse/sync';
import { canonical } from './fields.ts';
import { FileUnreadable, type SourceRow } from './source-row.ts';

/** Pairs of columns that say where a row lies, longitude first. */
const PLACES = [
  ['lon', 'lat'],
  ['lng', 'lat'],
  ['long', 'lat'],
  ['longitude', 'latitude'],
  ['x', 'y'],
] as const;

/** Every row is held against every column: far more of them than anybody needs would only keep the server busy. */
const MAX_COLUMNS = 500;

/**
 * A table with a header row, UTF-8, separated by commas, semicolons or tabs.
 * @throws FileUnreadable without header, with too many columns or two of one name, without a pair of coordinate columns, or with a quote that never closes
 */
export function readCsv(text: string): SourceRow[] {
  const [header, ...records] = parseTable(text);
  if (header === undefined) throw new FileUnreadable('the file is empty: the first line must name the columns');
  requireColumns(header);
  const names = header.map(canonical);
  const pair = PLACES.find((columns) => columns.every((column) => names.includes(column)));
  if (pair === undefined)
    throw new FileUnreadable(
      `no columns say where a row lies: expected lon and lat, longitude and latitude, or x and y; found ${header.join(', ')}`,
    );
  const [lonAt, latAt] = pair.map((column) => names.indexOf(column)) as [number, number];
  return records.map((record, index) => csvRow(header, record, index + 1, lonAt, latAt));
}

function requireColumns(header: readonly string[]): void {
  if (header.length > MAX_COLUMNS)
    throw new FileUnreadable(`the table has ${header.length} columns: at most ${MAX_COLUMNS} are read`);
  const seen = new Set<string>();
  for (const name of header) {
    if (name !== '' && seen.has(name)) throw new FileUnreadable(`two columns are called ${name}`);
    seen.add(name);
  }
}

function parseTable(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileUnreadable(`the table can't be split into rows: ${error.message}`, error);
  }
}

/** Whichever separates most of the header; names of columns hold none of them. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function csvRow(header: string[], record: string[], row: number, lonAt: number, latAt: number): SourceRow {
  const errors: FieldError[] = [];
  if (record.length !== header.length)
    errors.push({ pointer: '', detail: `has ${record.length} fields, the header has ${header.length}` });
  const properties = Object.fromEntries(
    header.map((name, i) => [name, record[i] ?? '']).filter(([name]) => name !== ''),
  );
  const coordinates = [lonAt, latAt].map((at) => degrees(record[at] ?? '', `/${header[at]}`, errors));
  const geometry = coordinates.includes(undefined) ? undefined : { type: 'Point', coordinates };
  return { row, properties, at: '', geometry, id: null, errors, notes: [] };
}

function degrees(text: string, pointer: string, errors: FieldError[]): number | undefined {
  if (/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return Number(text);
  const detail =
    text === ''
      ? 'is missing'
      : /^[+-]?\d+,\d+$/.test(text)
        ? `is written with a decimal comma: write ${text.replace(',', '.')}`
        : 'is not a number of degrees';
  errors.push({ pointer, detail });
  return undefined;
}
