// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { CaseView } from '@louver/contract';
import { ErrorSummary } from '../form/ErrorSummary.tsx';
import type { FormErrors } from '../form/fields.tsx';
import { complainWords } from '../complain/complain-words.ts';
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';
import type { Language } from '../language.ts';
import { pathTo } from '../paths.ts';
import { dateOf, numberOf } from '../times.ts';
import { Acts } from './Acts.tsx';
import { caseWords } from './case-words.ts';
import { Clocks, Passed } from './Clocks.tsx';
import { History } from './History.tsx';

export interface CasePageData {
  view: CaseView;
  /** Carried from form to form, because nothing else says who this is. */
  code: string;
  /** What has just been done. */
  told?: 'written' | 'photos' | 'appealed' | 'withdrawn' | undefined;
  errors: FormErrors;
  /** What was typed and refused. */
  values: { text?: string | undefined; reason?: string | undefined };
}

/** A case, read like the way of a parcel: where it is, what comes next and by when, and what happened. */
export function casePage(frame: Frame, data: CasePageData): string {
  const { language } = frame;
  const { view, told, errors } = data;
  const words = caseWords[language];
  return render(
    <Page frame={frame} at={{ page: 'case' }} title={view.reference} wrong={Object.keys(errors).length > 0} unlisted>
      <p className="kicker">{words.reference(view.reference, dateOf(view.filedAt, language))}</p>
      <h1>{words.stage[view.stage]}</h1>
      <p className="lead">
        {view.handler === null ? words.oversightHas : words.handler(nameOf(view.handler, language))}
      </p>
      {told && (
        <p className="note" role="status">
          {words.told[told]}
        </p>
      )}
      <ErrorSummary language={language} errors={errors} />
      <Passed language={language} view={view} />
      <Clocks language={language} view={view} />
      {view.remedyOpen && <p className="note">{words.remedy}</p>}
      <Acts language={language} data={data} part="appeal" />
      <History language={language} view={view} />
      <Messages language={language} view={view} />
      <Acts language={language} data={data} part="rest" />
      <Photos language={language} view={view} />
      <Yours language={language} view={view} />
      <p className="actions">
        <a className="button" href={pathTo({ page: 'case' }, language)}>
          {words.again}
        </a>
      </p>
    </Page>,
  );
}

const nameOf = ({ name, nameEn }: { name: string; nameEn: string | null }, language: Language): string =>
  language === 'en' ? (nameEn ?? name) : name;

interface PartProps {
  language: Language;
  view: CaseView;
}

function Messages({ language, view }: PartProps) {
  const words = caseWords[language];
  if (view.messages.length === 0) return null;
  return (
    <section aria-labelledby="messages">
      <h2 id="messages">{words.messages}</h2>
      <ol className="talk">
        {view.messages.map(({ id, from, at, text }) => (
          <li key={id} data-from={from}>
            <p className="hint">
              {from === 'office' ? words.office : words.you} · <time dateTime={at}>{dateOf(at, language)}</time>
            </p>
            <p className="said">{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Photos({ language, view }: PartProps) {
  const words = caseWords[language];
  if (view.photos.length === 0) return null;
  return (
    <section aria-labelledby="photos">
      <h2 id="photos">{words.photos}</h2>
      <ul className="photos">
        {view.photos.map(({ id, href, width, height, at }) => (
          <li key={id}>
            <img src={href} width={width} height={height} loading="lazy" alt={words.photo(dateOf(at, language))} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Yours({ language, view }: PartProps) {
  const words = caseWords[language];
  const { camera, affected, kind, rules, text } = view;
  return (
    <section aria-labelledby="yours">
      <h2 id="yours">{words.yours}</h2>
      <p className="kicker">{complainWords[language].kind[kind]}</p>
      <blockquote className="said">{text}</blockquote>
      {camera && (
        <p>
          {words.camera}{' '}
          <a href={pathTo({ page: 'camera', params: { code: camera.code } }, language)}>
            {camera.code}, {camera.name}
          </a>
        </p>
      )}
      {affected > 1 && <p>{words.affected(numberOf(affected, language))}</p>}
      <p className="hint">{words.rules(rules.title[language])}</p>
    </section>
  );
}
