// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { readCameraRow } from './camera-row.ts';
import { readCsv } from './csv.ts';

const BOM = '\uFEFF';
const only = (text: string) => readCameraRow(readCsv(text)[0]!);

describe('readCsv', () => {
  it.each([
    ['lon,lat', 'code,lon,lat\nA1,108.05,12.68'],
    ['longitude and latitude', 'Latitude,Longitude,code\n12.68,108.05,A1'],
    ['x and y behind a byte order mark', `${BOM}code,x,y\r\nA1,108.05,12.68\r\n`],
    ['semicolons', 'code;lon;lat\nA1;108.05;12.68'],
    ['tabs', 'code\tlon\tlat\nA1\t108.05\t12.68'],
  ])('finds the place under %s', (_name, text) => {
    const [row, ...more] = readCsv(text);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ row: 1, errors: [], geometry: { type: 'Point', coordinates: [108.05, 12.68] } });
  });

  it('refuses a decimal comma and says how to write it', () => {
    expect(only('code;lon;lat\nA1;108,05;12.68')).toMatchObject({
      ok: false,
      errors: [{ pointer: '/lon', detail: 'is written with a decimal comma: write 108.05' }],
    });
  });

  it('names the column of a missing, unreadable or impossible coordinate', () => {
    expect(only('code,lon,lat\nA1,,12')).toMatchObject({ errors: [{ pointer: '/lon', detail: 'is missing' }] });
    expect(only('code,lon,lat\nA1,108,north')).toMatchObject({ errors: [{ pointer: '/lat' }] });
    expect(only('code,lon,lat\nA1,12.68,108.05')).toMatchObject({
      errors: [{ pointer: '/geometry/coordinates', detail: expect.stringContaining('swapped') }],
    });
  });

  it('names a row that has more or fewer fields than the header', () => {
    expect(only('code,lon,lat\nA1,108,12,oops')).toMatchObject({
      errors: [{ pointer: '', detail: 'has 4 fields, the header has 3' }],
    });
  });

  it('says which columns nobody reads, once', () => {
    const rows = readCsv('code,lon,lat,retention\nA1,108,12,7\nA2,108,12,7').map(readCameraRow);
    const notes = rows.map((row) => (row.ok ? row.candidate.notes : []).filter((note) => note.includes('retention')));
    expect(notes).toEqual([[expect.stringContaining('not known')], []]);
  });

  it('refuses more columns than anybody needs before it looks at their names', () => {
    const table = (count: number) =>
      `lon,lat,${Array.from({ length: count - 2 }, (_, i) => `c${i}`).join(',')}\n108,12${','.repeat(count - 2)}`;
    expect(readCsv(table(500))).toHaveLength(1);
    expect(() => readCsv(table(501))).toThrow('the table has 501 columns: at most 500 are read');
    expect(() => readCsv(`lon,lat${',same'.repeat(200_000)}\n1,2`)).toThrow(/has 200002 columns/);
  });

  it('refuses a file without a header, a place or a closed quote', () => {
    expect(() => readCsv('')).toThrow(/empty/);
    expect(() => readCsv('code,name\nA1,x')).toThrow(/no columns say where a row lies/);
    expect(() => readCsv('code,lon,lat,code\nA,1,2,B')).toThrow(/two columns are called code/);
    expect(() => readCsv('code,lon,lat\n"A1,108,12\nA2,108,12')).toThrow(/can't be split into rows/);
  });
});
