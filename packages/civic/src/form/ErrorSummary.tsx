// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { frameWords } from '../frame/frame-words.ts';
import type { Language } from '../language.ts';
import { fieldId, type FormErrors } from './fields.tsx';

/** Above the form, in its order; each leads to its field. Nothing when nothing is wrong. */
export function ErrorSummary({ language, errors }: { language: Language; errors: FormErrors }) {
  const all = Object.entries(errors);
  if (all.length === 0) return null;
  return (
    // eslint-disable-next-line jsx-a11y/no-autofocus -- nothing else tells somebody who does not see it
    <div className="errors" role="alert" tabIndex={-1} autoFocus aria-labelledby="errors-title">
      <h2 id="errors-title">{frameWords[language].errors.title}</h2>
      <ul>
        {all.map(([name, error]) => (
          <li key={name}>
            <a href={`#${fieldId(name)}`}>{error}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
