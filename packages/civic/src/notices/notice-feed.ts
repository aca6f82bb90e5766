// SPDX-License-Identifier: AGPL-3.0-or-later
// The notices as Atom (RFC 4287). Everything in it is ours or escaped; nothing is markup.
import { LANGUAGES, type Language } from '../language.ts';
import { pathTo, type Place } from '../paths.ts';
import { frameWords } from '../frame/frame-words.ts';
import { countOf, doorsOf, headingOf, sentencesOf, type Door, type Notice } from './notice-sentences.ts';
import { noticeWords } from './notice-words.ts';

export const ATOM_TYPE = 'application/atom+xml';
/** Of a feed in which nothing was told yet. */
const BEFORE_ALL = '1970-01-01T00:00:00.000Z';

export interface FeedData {
  /** Where people reach this installation: `https://cameras.city.example`. */
  origin: string;
  ward: { path: string; name: string } | undefined;
  /** Newest first. */
  notices: readonly Notice[];
}

export const feedPlace = (ward: { path: string } | undefined): Place =>
  ward ? { page: 'noticeFeedIn', params: { ward: ward.path } } : { page: 'noticeFeed' };

// oxlint-disable-next-line eslint/no-control-regex -- what XML 1.0 cannot say is what is looked for
const UNSAYABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text.replaceAll(UNSAYABLE, '').replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign]!);

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;
const link = (attributes: Readonly<Record<string, string>>): string =>
  `<link ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(' ')}/>`;

/** The page in every language: one entry is the same entry whatever it is read in. */
const alternates = (origin: string, place: Place): string[] =>
  LANGUAGES.map((language) =>
    link({ rel: 'alternate', type: 'text/html', hreflang: language, href: `${origin}${pathTo(place, language)}` }),
  );

const related = (origin: string, { place, label }: Door, language: Language): string =>
  link({
    rel: 'related',
    type: 'text/html',
    hreflang: language,
    title: label,
    href: `${origin}${pathTo(place, language)}`,
  });

export function noticeFeed(language: Language, { origin, ward, notices }: FeedData): string {
  const words = noticeWords[language];
  const { brand } = frameWords[language];
  const self = `${origin}${pathTo(feedPlace(ward), language)}`;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    element('id', self),
    element('title', `${brand}: ${ward ? words.titleIn(ward.name) : words.title}`),
    element('subtitle', words.lead),
    element('updated', notices[0]?.publishedAt ?? BEFORE_ALL),
    `<author>${element('name', brand)}</author>`,
    link({ rel: 'self', type: ATOM_TYPE, href: self }),
    ...alternates(origin, { page: 'notices', query: { ward: ward?.path } }),
    ...notices.map((notice) => entry(language, origin, notice)),
    '</feed>\n',
  ].join('\n');
}

function entry(language: Language, origin: string, notice: Notice): string {
  const { cameraCode, wardPath } = notice;
  const about = cameraCode ?? countOf(notice, language);
  const place: Place =
    cameraCode === null
      ? { page: 'notices', query: { ward: wardPath } }
      : { page: 'camera', params: { code: cameraCode } };
  const title = [headingOf(notice, language), about, notice.ward].filter((part) => part !== undefined).join(' · ');
  return [
    '<entry>',
    element('id', `urn:uuid:${notice.uid}`),
    element('title', title),
    element('published', notice.publishedAt),
    element('updated', notice.publishedAt),
    ...alternates(origin, place),
    ...doorsOf(notice, language).map((door) => related(origin, door, language)),
    `<category term="${escaped(notice.kind)}" label="${escaped(noticeWords[language].kind[notice.kind])}"/>`,
    element('summary', sentencesOf(notice, language).join(' ') || title),
    '</entry>',
  ].join('\n');
}
