// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { ErrorSummary } from '../form/ErrorSummary.tsx';
import { TextField, type FormErrors } from '../form/fields.tsx';
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';
import { pathTo } from '../paths.ts';
import { caseWords } from './case-words.ts';

/** Where a case code is typed. It travels in a body and stands in no address. */
export function codePage(frame: Frame, errors: FormErrors = {}): string {
  const { language } = frame;
  const words = caseWords[language];
  return render(
    <Page frame={frame} at={{ page: 'case' }} title={words.title} wrong={Object.keys(errors).length > 0}>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <ErrorSummary language={language} errors={errors} />
      <form method="post" action={pathTo({ page: 'case' }, language)}>
        <TextField
          name="code"
          label={words.code}
          error={errors['code']}
          inputMode="numeric"
          autoComplete="off"
          maxLength={40}
          required
        />
        <p>
          <button className="button primary" type="submit">
            {words.open}
          </button>
        </p>
      </form>
      <div className="note">
        <h2>{words.lostTitle}</h2>
        <p>{words.lost}</p>
      </div>
    </Page>,
  );
}
