// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Language } from '../language.ts';
import { pathTo, type Place } from '../paths.ts';
import { numberOf } from '../times.ts';
import { frameWords } from './frame-words.ts';

interface Props {
  language: Language;
  /** The list, with what it is filtered by; the page is added as \`page\`. */
  at: Place;
  /** Counts from 1. */
  page: number;
  pages: number;
}

export function Pager({ language, at, page, pages }: Props) {
  if (pages <= 1) return null;
  const words = frameWords[language].pager;
  const to = (number: number) =>
    pathTo({ ...at, query: { ...at.query, page: number > 1 ? number : undefined } }, language);
  return (
    <nav className="pager" aria-label={words.label}>
      {page > 1 && (
        <a className="button" href={to(page - 1)} rel="prev">
          {words.previous}
        </a>
      )}
      <span>{words.at(numberOf(page, language), numberOf(pages, language))}</span>
      {page < pages && (
        <a className="button" href={to(page + 1)} rel="next">
          {words.next}
        </a>
      )}
    </nav>
  );
}
