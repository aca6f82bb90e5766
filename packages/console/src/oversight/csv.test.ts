// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';

const body = (...cells: Parameters<typeof csvOf>[1][number][]) => csvOf(['a'], cells).split('\r\n').slice(1, -1);

it('begins with a byte order mark and ends every line as RFC 4180 wants', () => {
  expect(csvOf(['mã', 'tên'], [['A-1', 'Đường Hùng Vương']])).toBe('\uFEFFmã,tên\r\nA-1,Đường Hùng Vương\r\n');
});

it('quotes commas, quotes and line breaks', () => {
  expect(body(['a,b', 'say "no"', 'two\nlines', ' edge'])).toEqual(['"a,b","say ""no""","two\nlines"," edge"']);
});

it('keeps a purpose from becoming a formula', () => {
  expect(body(['=HYPERLINK("x")', '-1+1', '@SUM(A1)', -5])).toEqual([`"'=HYPERLINK(""x"")",'-1+1,'@SUM(A1),-5`]);
});

it('leaves empty what is not known', () => {
  expect(body([null, undefined, 0, false])).toEqual([',,0,false']);
});
