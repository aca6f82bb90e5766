// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { Page, type Frame } from '../frame/Page.tsx';
import { Pager } from '../frame/Pager.tsx';
import { render } from '../frame/render.ts';
import { NoticeList, type Notice } from './NoticeList.tsx';
import { noticeWords } from './notice-words.ts';

export interface NoticesPageData {
  /** Newest first. */
  notices: readonly Notice[];
  page: number;
  pages: number;
}

export function noticesPage(frame: Frame, { notices, page, pages }: NoticesPageData): string {
  const { language } = frame;
  const words = noticeWords[language];
  return render(
    <Page frame={frame} at={{ page: 'notices', query: { page: page > 1 ? page : undefined } }} title={words.title}>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <section>
        {notices.length === 0 ? <p>{words.none}</p> : <NoticeList language={language} notices={notices} />}
        <Pager language={language} at={{ page: 'notices' }} page={page} pages={pages} />
      </section>
    </Page>,
  );
}
