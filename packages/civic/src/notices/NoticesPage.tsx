// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { Select } from '../form/fields.tsx';
import { Page, type Frame } from '../frame/Page.tsx';
import { Pager } from '../frame/Pager.tsx';
import { render } from '../frame/render.ts';
import { pathTo } from '../paths.ts';
import { feedPlace } from './notice-feed.ts';
import { NoticeList } from './NoticeList.tsx';
import type { Notice } from './notice-sentences.ts';
import { noticeWords } from './notice-words.ts';

export interface NoticesPageData {
  /** Newest first. */
  notices: readonly Notice[];
  page: number;
  pages: number;
  /** The ward that was asked for; undefined: all of them. */
  ward: { path: string; name: string } | undefined;
  wards: readonly { path: string; name: string }[];
}

export function noticesPage(frame: Frame, { notices, page, pages, ward, wards }: NoticesPageData): string {
  const { language } = frame;
  const words = noticeWords[language];
  const title = ward ? words.titleIn(ward.name) : words.title;
  const at = { page: 'notices', query: { ward: ward?.path } } as const;
  const feed = feedPlace(ward);
  return render(
    <Page
      frame={frame}
      at={{ ...at, query: { ...at.query, page: page > 1 ? page : undefined } }}
      title={title}
      feed={{ at: feed, title }}
    >
      <h1>{title}</h1>
      <p className="lead">{words.lead}</p>
      <p className="hint">{words.rule}</p>
      <form className="search" method="get" action={pathTo({ page: 'notices' }, language)}>
        <Select
          name="ward"
          label={words.ward}
          value={ward?.path ?? ''}
          options={[
            { value: '', label: words.everyWard },
            ...wards.map(({ path, name }) => ({ value: path, label: name })),
          ]}
        />
        <button className="button primary" type="submit">
          {words.show}
        </button>
      </form>
      <section>
        {notices.length === 0 ? <p>{words.none}</p> : <NoticeList language={language} notices={notices} />}
        <Pager language={language} at={at} page={page} pages={pages} />
      </section>
      <section className="note">
        <p>
          <a href={pathTo(feed, language)} type="application/atom+xml">
            {words.feed}
          </a>
        </p>
        <p className="hint">{words.feedWhy}</p>
      </section>
    </Page>,
  );
}
