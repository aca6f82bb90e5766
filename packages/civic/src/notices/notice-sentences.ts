// SPDX-License-Identifier: AGPL-3.0-or-later
// A notice in words, the same on the page and in the feed.
import type { ComplaintKind, DoriLevel } from '@louver/contract';
import { cameraWords } from '../camera/camera-words.ts';
import type { Language } from '../language.ts';
import { myHomeWords } from '../my-home/my-home-words.ts';
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
  /** Whether that is a ward, and not a place above one: wards have a map of their homes. */
  inWard: boolean;
  /** Null when it is about no camera, about several, or about one that is not shown. */
  cameraCode: string | null;
  /** How many cameras were entered together; null: one, or none. */
  cameras: number | null;
  /** Whether what begins was announced before; null where it is no question. */
  announced: boolean | null;
  /** How many homes more than was told before, and the level at which the clearest of them is seen; null where it is no question. */
  homes: number | null;
  level: Exclude<DoriLevel, 'none'> | null;
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
    ...homeSentences(notice, language),
  ];
}

/** Levels are of the measurement without masks, and that is said beside them. */
function homeSentences({ homes, level }: Notice, language: Language): string[] {
  if (homes === null || level === null) return [];
  const words = noticeWords[language];
  const { how, masks } = myHomeWords[language].answer;
  const clearest = how[level].charAt(0).toLocaleLowerCase(language) + how[level].slice(1);
  return [words.homes(homes, numberOf(homes, language)), words.clearest(clearest), masks];
}

export const countOf = ({ cameras }: Notice, language: Language): string | undefined =>
  cameras === null ? undefined : noticeWords[language].cameras(numberOf(cameras, language));

export interface Door {
  place: Place;
  label: string;
}

/** Where somebody who reads it may go on: to the map of homes, or to the form with the camera filled in. */
export function doorsOf(notice: Notice, language: Language): Door[] {
  const { kind, commentsOpen, cameraCode, inWard, wardPath } = notice;
  const about = cameraCode === null ? { ward: wardPath } : { camera: cameraCode };
  const form = (complaint: ComplaintKind, label: string): Door => ({
    place: { page: 'complain', query: { kind: complaint, step: 'form', ...about } },
    label,
  });
  if (commentsOpen) return [form('planned-camera', noticeWords[language].comment)];
  if (kind !== 'homes-seen') return [];
  const map: Place = inWard ? { page: 'myHomeIn', params: { ward: wardPath } } : { page: 'myHome' };
  return [{ place: map, label: noticeWords[language].check }, form('faces-home', cameraWords[language].complain)];
}
