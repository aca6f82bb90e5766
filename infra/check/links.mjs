// SPDX-License-Identifier: AGPL-3.0-or-later
// Links between our own pages: to a file that is there, and to a heading that it has.
import { dirname, join, normalize } from 'node:path/posix';

const LINK = /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const FENCE = /^(```|~~~)[\s\S]*?^\1/gm;

/** As the usual viewers make them of a heading. @param {string} heading */
const anchorOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

/** @param {string} text */
const anchorsOf = (text) =>
  [...text.replaceAll(FENCE, '').matchAll(/^#{1,6}\s+(.+)$/gm)].map((found) => anchorOf(found[1] ?? ''));

/**
 * @param {import('./files.mjs').SourceFile[]} files all text files of the project
 * @param {(path: string) => boolean} exists also for pictures and folders
 * @returns {import('./tools.mjs').Result}
 */
export function deadLinks(files, exists) {
  const pages = files.filter(({ path }) => path.endsWith('.md'));
  const texts = new Map(pages.map(({ path, text }) => [path, text]));
  const problems = pages.flatMap(({ path, text }) =>
    [...text.replaceAll(FENCE, '').matchAll(LINK)].flatMap((found) => {
      const target = found[1] ?? '';
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return [];
      const [file = '', anchor] = decodeURI(target).split('#');
      const led = file === '' ? path : normalize(join(dirname(path), file));
      if (!exists(led)) return [`${path} leads to ${target}, which is not there`];
      const there = texts.get(led);
      return anchor && there !== undefined && !anchorsOf(there).includes(anchor)
        ? [`${path} leads to ${target}; ${led} has no such heading`]
        : [];
    }),
  );
  return { problems, seen: pages.length };
}
