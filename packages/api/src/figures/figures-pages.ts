// SPDX-License-Identifier: AGPL-3.0-or-later
import { figuresPage, pathTo, reportPage, type Language, type PageName } from '@louver/civic';
import { Month, type Figures } from '@louver/contract';
import { inTx, NOBODY, type Tx } from '@louver/db';
import { Router, type Request, type Response } from 'express';
import type { Deps } from '../http/deps.ts';
import { originOf } from '../register/origin.ts';
import type { Pages } from '../register/pages.ts';
import { figuresCsv } from './figures-csv.ts';
import { findCurrent, findReport, listReports } from './queries.ts';
import { drawReport } from './report-pdf.ts';

/** Counted every few minutes, hourly at worst: older than this nobody has counted. */
const STALE_MS = 2 * 3_600_000;
/** A report never changes; its page may get better words. */
const REPORT_KEPT = 'public, max-age=3600';
const CURRENT_KEPT = 'public, max-age=60';

interface Told {
  figures: Figures;
  /** Undefined while the month is under way. */
  digest: string | undefined;
}

/** The city in numbers: the month under way, and a report of every month that is over. */
export function figuresPages(deps: Deps, pages: Pages): Router {
  const router = Router();
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTx(deps.pool, NOBODY, work);
  pages.get(router, 'figures', ({ frame }) =>
    read(async (tx) => {
      const figures = await findCurrent(tx);
      const stale = figures !== undefined && deps.clock.now().getTime() - Date.parse(figures.at) > STALE_MS;
      return figuresPage(frame, { figures, stale, reports: await listReports(tx) });
    }),
  );
  pages.get(router, 'report', async ({ frame, language, request, response }) => {
    const told = await read((tx) => findTold(tx, request));
    if (!told) return undefined;
    // The month under way has the page of today.
    if (told.digest === undefined) {
      response.set('Cache-Control', 'no-store').redirect(302, pathTo({ page: 'figures' }, language));
      return undefined;
    }
    response.set('Cache-Control', REPORT_KEPT);
    return reportPage(frame, { figures: told.figures, digest: told.digest });
  });
  const file = (page: PageName, send: (told: Told, response: Response, about: About) => Promise<void> | void) =>
    pages.get(router, page, async ({ language, request, response }) => {
      const told = await read((tx) => findTold(tx, request));
      if (!told) return undefined;
      response.set('Cache-Control', told.digest === undefined ? CURRENT_KEPT : REPORT_KEPT);
      const { month } = told.figures;
      await send(told, response, {
        language,
        url: `${originOf(deps, request)}${pathTo({ page: 'report', params: { month } }, language)}`,
      });
      return undefined;
    });
  file('reportCsv', ({ figures }, response, { language }) => {
    name(response, `louver-${figures.month}.csv`);
    response.type('text/csv; charset=utf-8').send(figuresCsv(figures, language));
  });
  file('reportJson', ({ figures, digest }, response) => {
    name(response, `louver-${figures.month}.json`);
    response.type('application/json').send(JSON.stringify({ digest: digest ?? null, figures }, undefined, 2));
  });
  file('reportCheckpoint', ({ figures }, response) => {
    name(response, `louver-${figures.month}-checkpoint.txt`);
    response.type('text/plain; charset=utf-8').send(figures.checkpoint.text);
  });
  file('reportPdf', async ({ figures, digest }, response, { language, url }) => {
    const pdf = await drawReport({ figures, digest, language, url });
    response.set('Content-Disposition', `inline; filename="louver-${figures.month}.pdf"`);
    response.type('application/pdf').send(pdf);
  });
  return router;
}

interface About {
  language: Language;
  url: string;
}

const name = (response: Response, file: string) =>
  response.set('Content-Disposition', `attachment; filename="${file}"`);

/** The report of a month, or the figures of the one under way. */
async function findTold(tx: Tx, request: Request): Promise<Told | undefined> {
  const month = Month.safeParse(request.params['month']);
  if (!month.success) return undefined;
  const report = await findReport(tx, month.data);
  if (report) return report;
  const figures = await findCurrent(tx);
  return figures?.month === month.data ? { figures, digest: undefined } : undefined;
}
