// SPDX-License-Identifier: AGPL-3.0-or-later
// The one table of the public pages' addresses, in both languages. Patterns as Express reads them.
import type { Language } from './language.ts';

const PATHS = {
  home: { vi: '/cong-dan', en: '/public' },
  cameras: { vi: '/cong-dan/camera', en: '/public/cameras' },
  camera: { vi: '/cong-dan/camera/:code', en: '/public/cameras/:code' },
  sign: { vi: '/cong-dan/camera/:code/bien-bao.pdf', en: '/public/cameras/:code/sign.pdf' },
  myHome: { vi: '/cong-dan/nha-toi', en: '/public/my-home' },
  myHomeIn: { vi: '/cong-dan/nha-toi/:ward', en: '/public/my-home/:ward' },
  notices: { vi: '/cong-dan/thong-bao', en: '/public/notices' },
  noticeFeed: { vi: '/cong-dan/thong-bao/atom', en: '/public/notices/atom' },
  noticeFeedIn: { vi: '/cong-dan/thong-bao/atom/:ward', en: '/public/notices/atom/:ward' },
  figures: { vi: '/cong-dan/con-so', en: '/public/figures' },
  report: { vi: '/cong-dan/con-so/:month', en: '/public/figures/:month' },
  reportPdf: { vi: '/cong-dan/con-so/:month/bao-cao.pdf', en: '/public/figures/:month/report.pdf' },
  reportCsv: { vi: '/cong-dan/con-so/:month/so-lieu.csv', en: '/public/figures/:month/figures.csv' },
  reportJson: { vi: '/cong-dan/con-so/:month/so-lieu.json', en: '/public/figures/:month/figures.json' },
  reportCheckpoint: { vi: '/cong-dan/con-so/:month/diem-chot.txt', en: '/public/figures/:month/checkpoint.txt' },
  complain: { vi: '/cong-dan/khieu-nai', en: '/public/complain' },
  case: { vi: '/cong-dan/ho-so', en: '/public/case' },
} as const satisfies Record<string, Record<Language, string>>;

export type PageName = keyof typeof PATHS;

/** A page, and what its address says. */
export interface Place {
  page: PageName;
  params?: Readonly<Record<string, string>>;
  /** What follows the question mark; empty values are left out. */
  query?: Readonly<Record<string, string | number | undefined>>;
}

export const pathPattern = (page: PageName, language: Language): string => PATHS[page][language];

/** The address of a place, escaped. A parameter that the pattern wants and nobody gave is a bug and throws. */
export function pathTo({ page, params = {}, query = {} }: Place, language: Language): string {
  const path = PATHS[page][language].replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`the address of ${page} needs ${name}`);
    return encodeURIComponent(value);
  });
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
