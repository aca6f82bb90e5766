// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { CaseHistoryEvent, CaseView } from '@louver/contract';
import type { Language } from '../language.ts';
import { dateOf, momentOf } from '../times.ts';
import { caseWords } from './case-words.ts';
import { FixedBy } from './FixedBy.tsx';

/** The newest first. That nobody acted in time stands among what was done. */
export function History({ language, view }: { language: Language; view: CaseView }) {
  const words = caseWords[language];
  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      <ol className="way">
        {view.history.toReversed().map((event, place) => (
          <li key={`${event.at} ${event.kind} ${view.history.length - place}`} data-kind={event.kind}>
            <time dateTime={event.at}>{dateOf(event.at, language)}</time>
            <div>
              <What language={language} event={event} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function What({ language, event }: { language: Language; event: CaseHistoryEvent }) {
  const words = caseWords[language];
  const { kind, outcome, clock, body, reason, paper, noticedAt, measured } = event;
  return (
    <>
      <p>
        <strong>
          {words.event[kind]}
          {outcome && `: ${words.outcome[outcome]}`}
        </strong>
      </p>
      {clock && <p>{words.passed.was(clock.name[language], dateOf(clock.due, language))}</p>}
      {kind === 'lapsed' && <p className="hint">{words.noticed(momentOf(noticedAt, language))}</p>}
      {body && <p className="hint">{language === 'en' ? (body.nameEn ?? body.name) : body.name}</p>}
      {measured && measured.length > 0 && <FixedBy language={language} measured={measured} />}
      {reason && <p className="said">{reason}</p>}
      {paper && (
        <p>
          <a href={paper.href}>{words.paper(paper.number)}</a>
        </p>
      )}
    </>
  );
}
