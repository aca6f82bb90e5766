// SPDX-License-Identifier: AGPL-3.0-or-later
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveEvent } from '../api/socket.ts';
import { numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { saveCsv } from './csv.ts';
import { DayTimeline } from './DayTimeline.tsx';
import { localDayOf } from './local-day.ts';
import { Older } from './Older.tsx';
import styles from './Page.module.css';
import { PageHead } from './PageHead.tsx';
import type { ViewingSearch } from './search.ts';
import { Trouble } from './Trouble.tsx';
import { useNow } from './use-now.ts';
import { viewingsCsv } from './viewing-csv.ts';
import { ViewingDrawer } from './ViewingDrawer.tsx';
import { ViewingFilters } from './ViewingFilters.tsx';
import { isRunning, viewingsQuery } from './viewings-query.ts';
import { ViewingTable } from './ViewingTable.tsx';

const pageApi = getRouteApi('/room/oversight/');

const SOON_MS = 300;
const APART_MS = 5000;

/** Reading the record is itself on the record: a busy city is asked every few seconds, not for every look. */
function useLiveViewings(): void {
  const client = useQueryClient();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);
  useLiveEvent('viewing.changed', () => {
    if (waiting.current !== undefined) return;
    const pause = Math.max(SOON_MS, asked.current + APART_MS - Date.now());
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      asked.current = Date.now();
      void client.invalidateQueries({ queryKey: ['viewings'] });
      void client.invalidateQueries({ queryKey: ['evidence'] });
    }, pause);
  });
}

export function ViewingsPage() {
  const { t } = useTranslation();
  const search = pageApi.useSearch();
  const navigate = pageApi.useNavigate();
  const query = useInfiniteQuery({ ...viewingsQuery(search), placeholderData: (before) => before });
  const viewings = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const running = viewings.filter(isRunning).length;
  const now = useNow(running > 0);
  useLiveViewings();

  const change = (next: Partial<ViewingSearch>) =>
    void navigate({ search: (before) => ({ ...before, look: undefined, ...next }), replace: true });
  const open = (look: ViewingSearch['look']) => void navigate({ search: (before) => ({ ...before, look }) });

  return (
    <>
      <PageHead
        title={t('oversight.viewings.title')}
        lead={t('oversight.viewings.lead')}
        summary={<Summary count={viewings.length} more={query.hasNextPage} running={running} known={query.isSuccess} />}
      >
        <Button
          icon="import"
          disabled={viewings.length === 0}
          onClick={() => saveCsv(`louver-viewings-${localDayOf(Date.now())}.csv`, viewingsCsv(viewings, t))}
        >
          {t('oversight.download')}
        </Button>
      </PageHead>
      <ViewingFilters search={search} onChange={change} listed={viewings} />
      {query.isPending && <Skeleton rows={10} />}
      {query.isError && <Trouble error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && viewings.length === 0 && <Nothing search={search} />}
      {viewings.length > 0 && (
        <div className={query.isPlaceholderData ? styles['stale'] : undefined}>
          <DayTimeline viewings={viewings} now={now} onOpen={open} />
          <ViewingTable viewings={viewings} now={now} onOpen={open} />
          <Older
            more={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </div>
      )}
      {search.look !== undefined && query.isSuccess && (
        <ViewingDrawer
          key={search.look}
          viewing={viewings.find(({ id }) => id === search.look)}
          now={now}
          onClose={() => open(undefined)}
          onFilter={change}
        />
      )}
    </>
  );
}

function Summary({ count, more, running, known }: { count: number; more: boolean; running: number; known: boolean }) {
  const { t } = useTranslation();
  if (!known) return null;
  const formatted = numberOf(count);
  return (
    <>
      {t(more ? 'oversight.viewings.countMore' : 'oversight.viewings.count', { count, formatted })}
      {running > 0 && (
        <span className={styles['running']}>
          <Icon name="look" size={14} />
          {t('oversight.viewings.running', { count: running })}
        </span>
      )}
    </>
  );
}

function Nothing({ search }: { search: ViewingSearch }) {
  const { t } = useTranslation();
  const navigate = pageApi.useNavigate();
  const { camera, person, account, q } = search;
  const filtered = [camera, person, account, q].some((value) => value !== undefined);
  return (
    <Notice
      title={t(filtered ? 'oversight.viewings.filteredTitle' : 'oversight.viewings.emptyTitle')}
      why={t(filtered ? 'oversight.viewings.emptyFiltered' : 'oversight.viewings.emptyWhy')}
    >
      {filtered && <Button onClick={() => void navigate({ search: {} })}>{t('oversight.filters.clear')}</Button>}
      {search.range !== 'month' && (
        <Button
          onClick={() =>
            void navigate({ search: (before) => ({ ...before, range: 'month', from: undefined, to: undefined }) })
          }
        >
          {t('oversight.filters.month')}
        </Button>
      )}
    </Notice>
  );
}
