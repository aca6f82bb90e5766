// SPDX-License-Identifier: AGPL-3.0-or-later
// A notice in words, the same on the page and in the feed.
import type { Language } from '../language.ts';
import type { Place } from '../paths.ts';
import { dateOf, numberOf } from '../times.ts';
import { noticeWords } from './notice-words.ts';

export type NoticeKind = keyof (typeof noticeWords)['vi']['kind'];

export interface Notice {
  id: string;
  /** The same wherever and in whichever language it is read. */
  uid: string;
  kind: NoticeKind;
  /** Name and path of the ward. */
  ward: string;
  wardPath: string;
  /** Null when it is about no camera, about several, or about one that is not shown. */
  cameraCode: string | null;
  /** How many cameras were entered together; null: one, or none. */
  cameras: number | null;
  /** Whether what begins was announced before; null where it is no question. */
  announced: boolean | null;
  /** Instants as ISO text. */
  holdsFrom: string | null;
  commentsUntil: string | null;
  commentsOpen: boolean;
  publishedAt: string;
}

/** A camera that was at work before anybody was told of it is no new one. */
export const headingOf = ({ kind, announced }: Notice, language: Language): string => {
  const words = noticeWords[language];
  return kind === 'camera-new' && announced === false ? words.entered : words.kind[kind];
};

/** What there is to know beside heading, camera and ward. */
export function sentencesOf(notice: Notice, language: Language): string[] {
  const words = noticeWords[language];
  const { announced, holdsFrom, commentsUntil, commentsOpen } = notice;
  return [
    ...(announced === null ? [] : [announced ? words.announced : words.unannounced]),
    ...(holdsFrom === null ? [] : [words.holdsFrom(dateOf(holdsFrom, language))]),
    ...(commentsUntil === null
      ? []
      : [(commentsOpen ? words.commentsUntil : words.commentsOver)(dateOf(commentsUntil, language))]),
  ];
}

export const countOf = ({ cameras }: Notice, language: Language): string | undefined =>
  cameras === null ? undefined : noticeWords[language].cameras(numberOf(cameras, language));

/** Where somebody may say something about it; undefined when the time is over, or never was. */
export const commentPlace = ({ commentsOpen, cameraCode, wardPath }: Notice): Place | undefined =>
  commentsOpen
    ? {
        page: 'complain',
        query: {
          kind: 'planned-camera',
          step: 'form',
          ...(cameraCode === null ? { ward: wardPath } : { camera: cameraCode }),
        },
      }
    : undefined;
