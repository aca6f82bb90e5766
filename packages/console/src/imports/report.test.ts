// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ImportReport, ImportRow } from '@louver/contract';
import { expect, it } from 'vitest';
import { fatesOf, obstacleOf, reportCsv, rowsOf } from './report.ts';

const row = (number: number, fate: ImportRow['fate'], more: Partial<ImportRow> = {}): ImportRow => ({
  row: number,
  key: `HS-${number}`,
  fate,
  errors: [],
  notes: [],
  ...more,
});
const report = (...rows: ImportRow[]): ImportReport => {
  const counts = { create: 0, update: 0, unchanged: 0, duplicate: 0, refused: 0 };
  for (const { fate } of rows) counts[fate]++;
  return { kind: 'cameras', mode: 'dry-run', committed: false, total: rows.length, counts, rows };
};

it('lets refused rows stand in the way unless the good rows were asked for', () => {
  const mixed = report(row(1, 'create'), row(2, 'refused'));
  expect(obstacleOf(mixed, false)).toBe('refused');
  expect(obstacleOf(mixed, true)).toBeUndefined();
});

it('has nothing to import where every row is known', () => {
  expect(obstacleOf(report(row(1, 'unchanged'), row(2, 'duplicate')), false)).toBe('nothing');
  expect(obstacleOf(report(row(1, 'refused')), true)).toBe('nothing');
});

it('names the fates that occur, trouble first', () => {
  const mixed = report(row(1, 'create'), row(2, 'refused'), row(3, 'create'));
  expect(fatesOf(mixed)).toEqual(['refused', 'create']);
  expect(rowsOf(mixed, 'create').map(({ row }) => row)).toEqual([1, 3]);
});

it('writes a line for every fault and every note, with its pointer', () => {
  const bad = row(7, 'refused', {
    errors: [
      { pointer: '/code', detail: 'is missing' },
      { pointer: '/location', detail: 'lies nowhere' },
    ],
    notes: ['heading read as W'],
  });
  const csv = reportCsv(report(row(1, 'create'), bad), ['r', 'k', 'f', 'p', 'd'], (fate) => fate.toUpperCase());
  expect(csv.split('\r\n').slice(1, -1)).toEqual([
    '1,HS-1,CREATE,,',
    '7,HS-7,REFUSED,/code,is missing',
    '7,HS-7,REFUSED,/location,lies nowhere',
    '7,HS-7,REFUSED,,heading read as W',
  ]);
});
