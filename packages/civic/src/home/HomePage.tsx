// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { ReactNode } from 'react';
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';
import { pathTo, type PageName } from '../paths.ts';
import { numberOf } from '../times.ts';
import { NoticeList } from '../notices/NoticeList.tsx';
import type { Notice } from '../notices/notice-sentences.ts';
import { homeWords } from './home-words.ts';

export interface HomeData {
  /** Cameras of every ward together. */
  numbers: { shown: number; counted: number; planned: number };
  /** Newest first, a few. */
  notices: readonly Notice[];
}

/** The front door: one question, four ways on. */
export function homePage(frame: Frame, { numbers, notices }: HomeData): string {
  const { language } = frame;
  const words = homeWords[language];
  return render(
    <Page frame={frame} at={{ page: 'home' }} title={words.title}>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <ul className="doors">
        <Door frame={frame} page="myHome" first words={words.check} />
        <Door frame={frame} page="cameras" words={words.list} />
        <Door frame={frame} page="complain" words={words.complain} />
        <Door frame={frame} page="case" words={words.case} />
      </ul>
      <section aria-labelledby="numbers">
        <h2 id="numbers">{words.numbers.title}</h2>
        <dl className="numbers">
          {(['shown', 'counted', 'planned'] as const).map((kind) => (
            <div key={kind}>
              <dt>{words.numbers[kind]}</dt>
              <dd>{numberOf(numbers[kind], language)}</dd>
            </div>
          ))}
        </dl>
        <p className="hint">{words.numbers.why}</p>
        <p>
          <a href={pathTo({ page: 'figures' }, language)}>{words.numbers.all}</a>
        </p>
      </section>
      {notices.length > 0 && (
        <section aria-labelledby="told">
          <h2 id="told">{words.told}</h2>
          <NoticeList language={language} notices={notices} />
          <p>
            <a href={pathTo({ page: 'notices' }, language)}>{words.allTold}</a>
          </p>
        </section>
      )}
    </Page>,
  );
}

interface DoorProps {
  frame: Frame;
  page: PageName;
  words: { title: string; why: string };
  first?: boolean;
}

function Door({ frame, page, words, first = false }: DoorProps): ReactNode {
  return (
    <li className={first ? 'door first' : 'door'}>
      <a href={pathTo({ page }, frame.language)}>
        <strong>{words.title}</strong>
        <span>{words.why}</span>
      </a>
    </li>
  );
}
