// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Language } from '../language.ts';
import { pathTo } from '../paths.ts';
import { dateOf } from '../times.ts';
import { countOf, doorsOf, headingOf, sentencesOf, type Notice } from './notice-sentences.ts';
import { noticeWords } from './notice-words.ts';

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
  const count = countOf(notice, language);
  return (
    <li id={`notice-${notice.id}`}>
      <time dateTime={notice.publishedAt}>{dateOf(notice.publishedAt, language)}</time>
      <strong>{headingOf(notice, language)}</strong>
      <span>
        {notice.cameraCode !== null && (
          <>
            {words.camera}{' '}
            <a href={pathTo({ page: 'camera', params: { code: notice.cameraCode } }, language)}>{notice.cameraCode}</a>
            {' · '}
          </>
        )}
        {count !== undefined && `${count} · `}
        {notice.ward}
      </span>
      {sentencesOf(notice, language).map((sentence) => (
        <span key={sentence}>{sentence}</span>
      ))}
      {doorsOf(notice, language).map(({ place, label }) => (
        <span key={label}>
          <a href={pathTo(place, language)}>{label}</a>
        </span>
      ))}
    </li>
  );
}
