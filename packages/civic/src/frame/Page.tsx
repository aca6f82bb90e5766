// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { ReactNode } from 'react';
import type { Assets, ScriptName } from '../assets.ts';
import { otherLanguage, type Language } from '../language.ts';
import { pathTo, type PageName, type Place } from '../paths.ts';
import { Mark } from './Mark.tsx';
import { frameWords } from './frame-words.ts';

/** What every page needs of whoever serves it. */
export interface Frame {
  language: Language;
  assets: Assets;
}

interface Props {
  frame: Frame;
  /** Where this page is, so that the other language is one tap away and the same page. */
  at: Place;
  title: string;
  scripts?: readonly ScriptName[];
  /** A form was sent and something in it needs correcting: said in the title, which is read first. */
  wrong?: boolean;
  /** The same as a feed, for who wants to be told of what is new. */
  feed?: { at: Place; title: string };
  /** What carries somebody's own affairs is not for search engines. */
  unlisted?: boolean;
  /** What is on it was shown once: the way to the other language would lose it. */
  once?: boolean;
  children: ReactNode;
}

const NAV = ['cameras', 'myHome', 'complain', 'case', 'figures'] as const satisfies readonly PageName[];

/** The whole document around one question. No inline script and no inline style: the policy of these pages allows neither. */
export function Page({
  frame,
  at,
  title,
  scripts = [],
  wrong = false,
  unlisted = false,
  feed,
  once = false,
  children,
}: Props) {
  const { language, assets } = frame;
  const words = frameWords[language];
  const other = otherLanguage(language);
  const sheets = scripts.flatMap((name) => assets.scripts[name].styles);
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {unlisted && <meta name="robots" content="noindex" />}
        <title>{`${wrong ? words.errors.prefix : ''}${title} · ${words.brand}`}</title>
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        <link rel="alternate" hrefLang={other} href={pathTo(at, other)} />
        {feed && (
          <link rel="alternate" type="application/atom+xml" title={feed.title} href={pathTo(feed.at, language)} />
        )}
        {[...new Set([...sheets, assets.styles])].map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {scripts.map((name) => (
          <script key={name} type="module" src={assets.scripts[name].src} />
        ))}
      </head>
      <body>
        <a className="skip" href="#content">
          {words.skip}
        </a>
        <header className="bar">
          <div className="bar-in">
            <a className="brand" href={pathTo({ page: 'home' }, language)}>
              <Mark />
              {words.brand}
            </a>
            {!once && (
              <a className="language" href={pathTo(at, other)} hrefLang={other} lang={other}>
                {words.language.other}
              </a>
            )}
          </div>
          <nav className="nav" aria-label={words.pages}>
            {NAV.map((page) => (
              <a
                key={page}
                href={pathTo({ page }, language)}
                aria-current={isBelow(at.page, page) ? 'page' : undefined}
              >
                {words.nav[page]}
              </a>
            ))}
          </nav>
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <Foot language={language} />
      </body>
    </html>
  );
}

const ABOVE: Partial<Record<PageName, PageName>> = { camera: 'cameras', myHomeIn: 'myHome', report: 'figures' };

/** A camera is below the list, a ward below the question about a home, a month below the figures. */
const isBelow = (page: PageName, heading: PageName): boolean => page === heading || ABOVE[page] === heading;

function Foot({ language }: { language: Language }) {
  const words = frameWords[language].foot;
  return (
    <footer className="foot">
      <ul>
        <li>
          <a href="/so-truy-cap">{words.record}</a>
        </li>
        <li>
          <a href={pathTo({ page: 'notices' }, language)}>{words.notices}</a>
        </li>
        <li>
          <a href="/ogc?f=html">{words.data}</a>
        </li>
        <li>
          <a href="/login">{words.staff}</a>
        </li>
      </ul>
      <p>{words.privacy}</p>
    </footer>
  );
}
