// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Figures } from '@louver/contract';
import type { Language } from '../language.ts';
import { pathTo } from '../paths.ts';
import { numberOf } from '../times.ts';
import { figuresWords } from './figures-words.ts';
import { whenOf } from './when.ts';

/** Where the public page of what the record proves lies. */
const RECORD = '/so-truy-cap';

interface Props {
  figures: Figures;
  language: Language;
  /** Of a report: it stands on the record. */
  digest: string | undefined;
}

/** What anybody can check, what only the oversight body can, and what nobody can: in sentences before any hash. */
export function Check({ figures, language, digest }: Props) {
  const { check: words, small, files } = figuresWords[language];
  const { checkpoint, record, month } = figures;
  const signed = whenOf(checkpoint.sealedAt, language);
  const facts = [
    [words.origin, checkpoint.text.split('\n')[0] ?? ''],
    [words.size, numberOf(checkpoint.size, language)],
    [words.root, checkpoint.root],
    [words.at, signed],
    ...(digest === undefined ? [] : [[words.digest, digest] as const]),
  ] as const;
  return (
    <>
      <section aria-labelledby="check" className="figures">
        <h2 id="check">{words.title}</h2>
        <p>{words.counted(numberOf(checkpoint.size, language), signed)}</p>
        {record.late > 0 && <p>{words.late(numberOf(record.late, language))}</p>}
        <p>{words.anybody}</p>
        <p>{words.auditor}</p>
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value === checkpoint.root || value === digest ? <code className="long">{value}</code> : value}</dd>
            </div>
          ))}
        </dl>
        <ul className="links">
          <li>
            <a href={RECORD}>{words.proof}</a>
          </li>
          <li>
            <a href={pathTo({ page: 'reportCheckpoint', params: { month } }, language)}>{files.checkpoint}</a>
          </li>
          <li>
            <a href="/log/checkpoint">{words.log}</a>
          </li>
        </ul>
      </section>
      <section aria-labelledby="small" className="figures">
        <h2 id="small">{small.title}</h2>
        <p>{small.why}</p>
      </section>
    </>
  );
}
