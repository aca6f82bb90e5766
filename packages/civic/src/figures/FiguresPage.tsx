// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Figures, Month } from '@louver/contract';
import type { ReactNode } from 'react';
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';
import type { Language } from '../language.ts';
import { pathTo, type PageName } from '../paths.ts';
import { monthOf, numberOf } from '../times.ts';
import { Check } from './Check.tsx';
import { figuresWords } from './figures-words.ts';
import { Sheet } from './Sheet.tsx';
import { whenOf } from './when.ts';

/** A month that is over, for the list. */
interface ReportLine {
  month: Month;
  viewings: number;
}

interface FiguresPageData {
  /** Undefined while nobody has counted. */
  figures: Figures | undefined;
  /** Newest first. */
  reports: readonly ReportLine[];
  /** What counts has not run for long. */
  stale: boolean;
}

const FILES = ['reportPdf', 'reportCsv', 'reportJson', 'reportCheckpoint'] as const satisfies readonly PageName[];
const FILE_WORD = { reportPdf: 'pdf', reportCsv: 'csv', reportJson: 'json', reportCheckpoint: 'checkpoint' } as const;

/** The month under way, and the way to the reports of those that are over. */
export function figuresPage(frame: Frame, { figures, reports, stale }: FiguresPageData): string {
  const { language } = frame;
  const words = figuresWords[language];
  return render(
    <Page frame={frame} at={{ page: 'figures' }} title={words.title}>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {figures === undefined ? (
        <p className="note">{words.notYet}</p>
      ) : (
        <>
          <p className="hint">{words.underWay(monthOf(figures.month, language), whenOf(figures.at, language))}</p>
          {stale && <p className="note">{words.stale(whenOf(figures.at, language))}</p>}
          <Files language={language} month={figures.month} />
          <Sheet figures={figures} language={language} />
          <Trend language={language} figures={figures} reports={reports} />
        </>
      )}
      <Reports language={language} reports={reports} />
      {figures !== undefined && <Check figures={figures} language={language} digest={undefined} />}
    </Page>,
  );
}

interface ReportPageData {
  figures: Figures;
  /** SHA-256, as on the record. */
  digest: string;
}

/** A month that is over, as it was counted once. */
export function reportPage(frame: Frame, { figures, digest }: ReportPageData): string {
  const { language } = frame;
  const words = figuresWords[language];
  const [month, at] = [monthOf(figures.month, language), whenOf(figures.at, language)];
  return render(
    <Page frame={frame} at={{ page: 'report', params: { month: figures.month } }} title={words.report.title(month)}>
      <h1>{words.report.title(month)}</h1>
      <p className="lead">{words.report.lead(month, at)}</p>
      <p className="hint">{words.report.states(at)}</p>
      <Files language={language} month={figures.month} />
      <Sheet figures={figures} language={language} />
      <Check figures={figures} language={language} digest={digest} />
      <p className="actions">
        <a className="button" href={pathTo({ page: 'figures' }, language)}>
          {words.report.now}
        </a>
      </p>
    </Page>,
  );
}

function Files({ language, month }: { language: Language; month: Month }): ReactNode {
  const words = figuresWords[language].files;
  return (
    <p className="files">
      <span className="hint">{words.title}</span>
      {FILES.map((page) => (
        <a key={page} href={pathTo({ page, params: { month } }, language)}>
          {words[FILE_WORD[page]]}
        </a>
      ))}
    </p>
  );
}

const SHOWN_MONTHS = 12;

/** The month under way beside those that are over: one number, so that a change is seen at a glance. */
function Trend({
  language,
  figures,
  reports,
}: {
  language: Language;
  figures: Figures;
  reports: readonly ReportLine[];
}) {
  if (reports.length === 0) return null;
  const words = figuresWords[language];
  const now = { month: figures.month, viewings: figures.record.viewings.opened };
  const lines = [now, ...reports.filter(({ month }) => month !== now.month)].slice(0, SHOWN_MONTHS);
  const most = Math.max(1, ...lines.map(({ viewings }) => viewings));
  return (
    <section aria-labelledby="trend">
      <h2 id="trend">{words.trend.caption}</h2>
      <table className="sheet">
        <thead>
          <tr>
            <th scope="col">{words.month}</th>
            <th scope="col" className="number">
              {words.viewings.row.opened}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ month, viewings }) => (
            <tr key={month}>
              <th scope="row">
                {month === now.month ? words.trend.sofar(monthOf(month, language)) : monthOf(month, language)}
                <svg
                  className="bar-line"
                  width="100%"
                  height="6"
                  viewBox="0 0 100 6"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <rect width={(100 * viewings) / most} height="6" />
                </svg>
              </th>
              <td className="number">{numberOf(viewings, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Reports({ language, reports }: { language: Language; reports: readonly ReportLine[] }): ReactNode {
  const words = figuresWords[language];
  return (
    <section aria-labelledby="reports">
      <h2 id="reports">{words.report.all}</h2>
      {reports.length === 0 && <p>{words.report.none}</p>}
      {reports.length > 0 && (
        <ul className="links reports">
          {reports.map(({ month }) => (
            <li key={month}>
              <a href={pathTo({ page: 'report', params: { month } }, language)}>{monthOf(month, language)}</a>
              {(['reportPdf', 'reportCsv'] as const).map((page) => (
                <a
                  key={page}
                  href={pathTo({ page, params: { month } }, language)}
                  aria-label={`${words.files[FILE_WORD[page]]}, ${monthOf(month, language)}`}
                >
                  {words.files[FILE_WORD[page]]}
                </a>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
