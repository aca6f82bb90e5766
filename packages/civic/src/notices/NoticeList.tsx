// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Language } from '../language.ts';
import { pathTo } from '../paths.ts';
import { dateOf } from '../times.ts';
import { noticeWords } from './notice-words.ts';

export type NoticeKind = keyof (typeof noticeWords)['vi']['kind'];

export interface Notice {
  id: string;
  kind: NoticeKind;
  /** Name of the ward. */
  ward: string;
  /** Null when it is about no camera, or about one that is not shown. */
  cameraCode: string | null;
  /** Instants as ISO text. */
  holdsFrom: string | null;
  commentsUntil: string | null;
  publishedAt: string;
}

export function NoticeList({ language, notices }: { language: Language; notices: readonly Notice[] }) {
  return (
    <ul className="notices">
      {notices.map((notice) => (
        <NoticeItem key={notice.id} language={language} notice={notice} />
      ))}
    </ul>
  );
}

function NoticeItem({ language, notice }: { language: Language; notice: Notice }) {
  const words = noticeWords[language];
  return (
    <li id={`notice-${notice.id}`}>
      <time dateTime={notice.publishedAt}>{dateOf(notice.publishedAt, language)}</time>
      <strong>{words.kind[notice.kind]}</strong>
      <span>
        {notice.cameraCode !== null && (
          <>
            {words.camera}{' '}
            <a href={pathTo({ page: 'camera', params: { code: notice.cameraCode } }, language)}>{notice.cameraCode}</a>
            {' · '}
          </>
        )}
        {notice.ward}
      </span>
      {notice.holdsFrom !== null && <span>{words.holdsFrom(dateOf(notice.holdsFrom, language))}</span>}
      {notice.commentsUntil !== null && <span>{words.commentsUntil(dateOf(notice.commentsUntil, language))}</span>}
    </li>
  );
}
