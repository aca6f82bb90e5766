// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Figures } from '@louver/contract';
import type { ReactNode } from 'react';
import type { Language } from '../language.ts';
import { numberOf } from '../times.ts';
import { sheetOf, type SheetSection, type SheetTable } from './figures-sheet.ts';
import { HomesBar } from './HomesBar.tsx';

/** Every section: what it says in sentences, then the tables, then what one must know to read them. */
export const Sheet = ({ figures, language }: { figures: Figures; language: Language }) => (
  <>
    {sheetOf(figures, language).map((section) => (
      <Section key={section.id} section={section} language={language}>
        {section.id === 'homes' && figures.homes.tooClose > 0 && <HomesBar homes={figures.homes} language={language} />}
      </Section>
    ))}
  </>
);

interface SectionProps {
  section: SheetSection;
  language: Language;
  /** Between the sentences and the tables. */
  children: ReactNode;
}

function Section({ section, language, children }: SectionProps) {
  const { id, title, sentences, tables, notes } = section;
  return (
    <section aria-labelledby={id} className="figures">
      <h2 id={id}>{title}</h2>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {children}
      {tables.map((table) => (
        <Table key={table.id} table={table} language={language} />
      ))}
      {notes.map((note) => (
        <p key={note} className="hint">
          {note}
        </p>
      ))}
    </section>
  );
}

/** One number a line is drawn as well as said; several columns are said, in a strip that scrolls by itself on a phone. */
function Table({ table, language }: { table: SheetTable; language: Language }) {
  const { caption, head, columns, rows } = table;
  const wide = columns.length > 1;
  const most = Math.max(1, ...rows.filter(({ sum }) => !sum).map(({ values }) => values[0] ?? 0));
  const body = (
    <table className={wide ? 'sheet wide' : 'sheet'}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {columns.map(({ key, label }) => (
            <th key={key} scope="col" className="number">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, values, sum }) => (
          <tr key={key} className={sum ? 'sum' : undefined}>
            <th scope="row">
              {label}
              {!wide && !sum && <Bar share={(values[0] ?? 0) / most} />}
            </th>
            {values.map((value, i) => (
              <td key={columns[i]!.key} className="number">
                {numberOf(value, language)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (!wide) return body;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- who has no mouse must be able to scroll it
    <div className="strip" role="region" aria-label={caption} tabIndex={0}>
      {body}
    </div>
  );
}

const Bar = ({ share }: { share: number }) => (
  <svg className="bar-line" width="100%" height="6" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect width={100 * share} height="6" />
  </svg>
);
