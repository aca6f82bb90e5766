// SPDX-License-Identifier: AGPL-3.0-or-later
import { digestOf } from '@louver/ledger';
import { parse } from 'csv-parse/sync';
import type { EventEmitter } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHECKPOINT_TEXT, putCurrent, putReport, someFigures } from '../testing/figures.ts';
import { textOfPdf } from '../testing/pdf-text.ts';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const get = (path: string) => api.anybody.get(path);

/** supertest would take octets for text. */
function binary(response: EventEmitter, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer | string) => chunks.push(Buffer.from(chunk as string, 'latin1')));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}

/** What a person reads: without tags, and with plain spaces. */
const wordsOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/[\s\u00A0\u202F]+/g, ' ')
    .trim();

describe('before anybody has counted', () => {
  it('the page says so, and there is no report of any month', async () => {
    const { text } = await get('/public/figures').expect(200);
    expect(wordsOf(text)).toContain('There are no figures yet');
    for (const path of ['2026-09', '2026-09/figures.csv', '2026-09/report.pdf', '2026-13', 'x', '2026-09%27--'])
      await get(`/public/figures/${path}`).expect(404);
  });
});

describe('the figures', () => {
  let digest = '';
  beforeAll(async () => {
    digest = await putReport(api.owner, someFigures('2026-09'));
    await putReport(api.owner, someFigures('2026-08', { countedBefore: 1 }));
    const now = someFigures('2026-10', { whole: false, at: new Date().toISOString() });
    await putCurrent(api.owner, { ...now, record: { ...now.record, lifts: 2 } });
  });

  it('are a page in both languages, without a script and without a style in it', async () => {
    const vi = await get('/cong-dan/con-so').expect(200);
    expect(vi.headers['cache-control']).toBe('public, max-age=60');
    expect(vi.text).not.toMatch(/<style|style=|<script/);
    expect(vi.text).toContain('<a class="language" href="/public/figures" hrefLang="en" lang="en">');
    expect(wordsOf(vi.text)).toContain('454 camera đang hoạt động');
    const { text } = await get('/public/figures').expect(200);
    const words = wordsOf(text);
    expect(words).toContain('454 cameras in service. The place of 440 is public; of 14 only the number is told');
    expect(words).toContain('Without masks cameras would see 510 homes, 177 of them too closely by rule 1.');
    expect(words).toContain('With masks 2 homes still show too closely');
    expect(words).toContain('Looks that were opened 1,234');
    expect(words).toContain('9 cases open; in 6 of them an authority is past a legal date.');
    expect(words).toContain('Not accepted in time 0 3 2 1 1');
    expect(words).toContain('Times masks were lifted 2');
    expect(words).toContain('over its first 4,321 entries exactly');
    expect(words).not.toContain('has not run since');
  });

  it('are in the navigation, and marked as the page one is on', async () => {
    expect((await get('/public').expect(200)).text).toContain('href="/public/figures"');
    expect((await get('/public/figures/2026-09').expect(200)).text).toContain(
      'href="/public/figures" aria-current="page"',
    );
  });

  it('hold what somebody typed into the register as text', async () => {
    const { text } = await get('/public/figures').expect(200);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
  });

  it('say so when what counts has not run for hours', async () => {
    await putCurrent(api.owner, someFigures('2026-10', { whole: false, at: '2026-10-20T00:00:00.000Z' }));
    expect(wordsOf((await get('/public/figures').expect(200)).text)).toContain('has not run since');
  });

  it('lead to the reports, newest first', async () => {
    const { text } = await get('/cong-dan/con-so').expect(200);
    const links = [...text.matchAll(/href="(\/cong-dan\/con-so\/[^"]+bao-cao\.pdf)"/g)].map(([, href]) => href);
    expect(links).toEqual([
      '/cong-dan/con-so/2026-10/bao-cao.pdf',
      '/cong-dan/con-so/2026-09/bao-cao.pdf',
      '/cong-dan/con-so/2026-08/bao-cao.pdf',
    ]);
  });

  it('of a month that is over are a page with its digest; of the month under way the page of today', async () => {
    const { text, headers } = await get('/cong-dan/con-so/2026-09').expect(200);
    expect(headers['cache-control']).toBe('public, max-age=3600');
    expect(wordsOf(text)).toContain('Báo cáo tháng 9 năm 2026');
    expect(text).toContain(digest);
    const today = await get('/cong-dan/con-so/2026-10').expect(302);
    expect(today.headers['location']).toBe('/cong-dan/con-so');
    await get('/cong-dan/con-so/2026-11').expect(404);
  });

  it('are JSON from which anybody computes the digest that is on the record', async () => {
    const { body } = await get('/public/figures/2026-09/figures.json').expect(200);
    expect(body.digest).toBe(digest);
    expect(digestOf(body.figures)).toBe(digest);
    expect((await get('/public/figures/2026-10/figures.json').expect(200)).body.digest).toBeNull();
  });

  it('have their checkpoint as it was signed', async () => {
    const { text, headers } = await get('/public/figures/2026-09/checkpoint.txt').expect(200);
    expect(text).toBe(CHECKPOINT_TEXT);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('are a CSV of which no cell is a formula', async () => {
    const { text, headers } = await get('/cong-dan/con-so/2026-09/so-lieu.csv').expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="louver-2026-09.csv"');
    const rows: string[][] = parse(text, { bom: true });
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    const values = new Map(rows.map(([key, , , , , value]) => [key, value]));
    expect(values.get('viewings/opened/number')).toBe('1234');
    expect(values.get('wards/vn.p66.hoa_sua/missed')).toBe('6');
    expect(values.get('cases-by-stage/not-accepted/to-45-days')).toBe('3');
    expect(values.get('cameras-by-owner/UBND Phường Hoa Sữa/number')).toBe('401');
    expect(values.get('checkpoint.size')).toBe('4321');
    expect(rows.find(([key]) => key === 'homes-too-close/covered/number')).toContain('Đã che trong mọi hình');
    expect(rows.some(([, , , item]) => item === `'=HYPERLINK("http://x.example","Nhấp vào đây")`)).toBe(true);
  });

  it.each([
    ['/cong-dan/con-so/2026-09/bao-cao.pdf', ['Báo cáo tháng 9 năm 2026', 'Nhà dân trong tầm camera', '1.234']],
    ['/public/figures/2026-09/report.pdf', ['Report of September 2026', 'Homes in view of cameras', '1,234']],
  ])('are a PDF that has the numbers and the words: %s', async (path, wanted) => {
    const { body, headers } = await get(path).buffer(true).parse(binary).expect(200);
    expect(headers['content-type']).toBe('application/pdf');
    const text = textOfPdf(body as Buffer).replaceAll(/\s+/g, ' ');
    for (const each of [...wanted, 'UBND Phường Hoa Sữa', '401', '177', digest.slice(0, 40)])
      expect(text).toContain(each);
  });
});
