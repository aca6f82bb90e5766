// SPDX-License-Identifier: AGPL-3.0-or-later
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLineStands } from '../api/socket.ts';
import { numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import page from '../oversight/Page.module.css';
import { PageHead } from '../oversight/PageHead.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import { Progress } from './Progress.tsx';
import { queueQuery, useFreshExposures } from './queries.ts';
import { QueueFilters } from './QueueFilters.tsx';
import { QueueList } from './QueueList.tsx';
import { isFiltered, NO_FILTERS, type QueueSearch } from './search.ts';

const pageApi = getRouteApi('/room/exposures-room/exposures');

/** Cameras that look at homes, worst first: the reviewer's day. */
export function QueuePage() {
  const { t } = useTranslation();
  const search = pageApi.useSearch();
  const navigate = pageApi.useNavigate();
  const found = useInfiniteQuery(queueQuery(search));
  useFreshExposures();
  const stands = useLineStands();
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const change = (next: Partial<QueueSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const filtered = isFiltered(search);
  const words = `${filtered ? 'found' : 'count'}${found.hasNextPage ? 'More' : ''}` as const;
  return (
    <>
      <PageHead
        title={t('exposures.queue.title')}
        lead={t('exposures.queue.lead')}
        summary={
          found.isSuccess && t(`exposures.queue.${words}`, { count: rows.length, formatted: numberOf(rows.length) })
        }
      >
        {!stands && <span role="status">{t('app.socketLost')}</span>}
      </PageHead>
      <Progress />
      <QueueFilters search={search} onChange={change} />
      {found.isPending && <Skeleton rows={10} />}
      {found.isError && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (
        <Notice
          title={t(filtered ? 'exposures.queue.filteredTitle' : 'exposures.queue.emptyTitle')}
          why={t(filtered ? 'exposures.queue.filteredWhy' : 'exposures.queue.emptyWhy')}
        >
          {filtered ? <Button onClick={() => change(NO_FILTERS)}>{t('exposures.queue.clear')}</Button> : undefined}
        </Notice>
      )}
      <div className={found.isPlaceholderData ? page['stale'] : undefined}>
        <QueueList rows={rows} search={search} />
      </div>
      {found.hasNextPage && (
        <div className={page['older']}>
          <Button large aria-disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t(found.isFetchingNextPage ? 'exposures.queue.loadingMore' : 'exposures.queue.more')}
          </Button>
        </div>
      )}
    </>
  );
}
