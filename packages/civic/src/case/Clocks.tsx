// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { CaseView, ComplaintClock } from '@louver/contract';
import type { Language } from '../language.ts';
import { dateOf, numberOf } from '../times.ts';
import { caseWords } from './case-words.ts';

interface Props {
  language: Language;
  view: CaseView;
}

const late = ({ clocks }: CaseView): ComplaintClock[] =>
  clocks.filter(({ state, binds }) => state === 'late' && binds !== 'complainant');

/** A date that an authority let pass, said aloud, with what follows from it. */
export function Passed({ language, view }: Props) {
  const words = caseWords[language].passed;
  const missed = late(view);
  if (missed.length === 0) return null;
  return (
    <div className="note danger" data-passed>
      <h2>{words.title}</h2>
      {missed.map(({ id, name, due, daysLate, explanation }) => (
        <div key={id}>
          <p>
            <strong>
              {words.one(name[language], due === null ? '' : dateOf(due, language), numberOf(daysLate, language))}
            </strong>
          </p>
          <p>{explanation[language][0]}</p>
        </div>
      ))}
    </div>
  );
}

/** What comes next and by when, and every step by which each date was computed. */
export function Clocks({ language, view }: Props) {
  const words = caseWords[language];
  const running = view.clocks.filter(({ state }) => state === 'running');
  return (
    <section aria-labelledby="next">
      <h2 id="next">{words.next.title}</h2>
      {running.length === 0 && <p>{words.next.none}</p>}
      <ul className="dates">
        {running.map(({ id, name, due, daysLeft }) => (
          <li key={id}>
            <strong>{words.next.due(name[language], due === null ? '' : dateOf(due, language))}</strong>
            {daysLeft !== null && (
              <span className="tag">
                {daysLeft === 0 ? words.next.today : words.next.left(numberOf(daysLeft, language))}
              </span>
            )}
          </li>
        ))}
      </ul>
      <details>
        <summary>{words.how}</summary>
        {view.clocks.map(({ id, name, explanation }) => (
          <div key={id} className="how">
            <h3>{name[language]}</h3>
            {explanation[language].map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        ))}
      </details>
    </section>
  );
}
