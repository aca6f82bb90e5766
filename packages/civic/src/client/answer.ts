// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Language } from '../language.ts';
import type { Home, Sight } from '../my-home/home-tile.ts';
import { myHomeWords } from '../my-home/my-home-words.ts';
import { pathTo } from '../paths.ts';

/** Text is set as text: what comes from the register is never read as markup. */
function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  ...inner: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.append(...inner);
  return made;
}

function link(href: string, text: string): HTMLAnchorElement {
  const made = element('a', text);
  made.href = href;
  return made;
}

/** What is said of a home: which cameras, how well, how far, and how many of those that are not shown. */
export function answerTo(home: Home | undefined, language: Language): Node[] {
  const words = myHomeWords[language].answer;
  if (!home) return [element('p', words.nothing)];
  const [, sights, counted] = home;
  if (sights.length === 0)
    return [element('h2', counted > 0 ? words.onlyCounted(counted) : words.none), ...complain(language, counted)];
  return [
    element('h2', words.some(sights.length)),
    element('ul', ...sights.map((sight) => told(sight, language))),
    ...(counted > 0 ? [element('p', words.counted(counted))] : []),
    element('p', words.masks),
    ...complain(language, counted),
  ];
}

function told([code, how, metres, status]: Sight, language: Language): HTMLLIElement {
  const words = myHomeWords[language].answer;
  const facts = [words.away(String(metres)), ...(status === 'planned' ? [words.planned] : [])].join(', ');
  const sentence = element('span', words.how[how]);
  sentence.className = 'how';
  return element(
    'li',
    link(pathTo({ page: 'camera', params: { code } }, language), code),
    ` · ${facts}`,
    sentence,
    link(pathTo({ page: 'complain', query: { camera: code } }, language), words.complain),
  );
}

/** About a camera that is not shown one complains by ward. */
const complain = (language: Language, counted: number): Node[] =>
  counted === 0
    ? []
    : [element('p', link(pathTo({ page: 'complain' }, language), myHomeWords[language].answer.complain))];
