// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { ComplaintProcedure, FiledComplaint } from '@louver/contract';
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';
import { pathTo } from '../paths.ts';
import { numberOf } from '../times.ts';
import { complainWords } from './complain-words.ts';

/** In fours, as people read digits to one another. */
export const inFours = (code: string): string => code.replace(/(\d{4})(?=\d)/g, '$1 ');

/** The case code, this once, and what happens now. */
export function filedPage(frame: Frame, filed: FiledComplaint, procedure: ComplaintProcedure): string {
  const { language } = frame;
  const words = complainWords[language].filed;
  const title = filed.joined ? words.joined : words.title;
  return render(
    <Page frame={frame} at={{ page: 'complain' }} title={title} unlisted once>
      <h1>{title}</h1>
      <p className="lead">
        {words.reference(filed.reference)}
        {filed.photos > 0 && `. ${words.photos(numberOf(filed.photos, language))}`}
      </p>
      <section className="ticket" aria-labelledby="code">
        <h2 id="code">{words.code}</h2>
        <p className="code" data-case-code={filed.caseCode}>
          {inFours(filed.caseCode)}
        </p>
        <p>{words.once}</p>
        <p>
          <strong>{words.secret}</strong>
        </p>
      </section>
      <section aria-labelledby="after">
        <h2 id="after">{words.after}</h2>
        <ol className="steps">
          {words.steps[procedure].split('\n').map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
      <form method="post" action={pathTo({ page: 'case' }, language)}>
        <input type="hidden" name="code" value={filed.caseCode} />
        <p>
          <button className="button primary" type="submit">
            {words.open}
          </button>
        </p>
      </form>
    </Page>,
  );
}
