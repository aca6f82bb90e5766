// SPDX-License-Identifier: AGPL-3.0-or-later
import { FindingKind, FindingState, routes } from '@louver/contract';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Chip } from '../design/Chip.tsx';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { useFreshExposures } from '../exposures/queries.ts';
import filters from '../exposures/QueueFilters.module.css';
import { toggled } from '../map/console-search.ts';
import { CameraChip } from '../oversight/CameraChip.tsx';
import page from '../oversight/Page.module.css';
import { PageHead } from '../oversight/PageHead.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import { useNow } from '../oversight/use-now.ts';
import { FindingItem } from './FindingItem.tsx';
import styles from './FindingsPage.module.css';
import { findingsQueryOf, type FindingsSearch } from './search.ts';

const pageApi = getRouteApi('/room/exposures-room/findings');
const PAGE = 50;

const findingsQuery = (search: FindingsSearch) =>
  infiniteQueryOptions({
    // Below `exposures`, so that what is measured or decided anywhere brings it up to date.
    queryKey: ['exposures', 'findings', findingsQueryOf(search)],
    queryFn: async ({ pageParam, signal }) =>
      call(
        routes.listFindings,
        {
          query: { ...findingsQueryOf(search), limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: (previous) => previous,
    // A picture that is stopped tells its viewers and nobody else.
    refetchInterval: 30_000,
  });

/** Everything that was found, open ones first: homes that show, pictures that were stopped. */
export function FindingsPage() {
  const { t } = useTranslation();
  const search = pageApi.useSearch();
  const navigate = pageApi.useNavigate();
  const found = useInfiniteQuery(findingsQuery(search));
  useFreshExposures();
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const now = useNow(rows.some(({ state }) => state === 'open'));
  const words = found.hasNextPage ? 'countMore' : 'count';
  const change = (next: Partial<FindingsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <>
      <PageHead
        title={t('findings.title')}
        lead={t('findings.lead')}
        summary={found.isSuccess && t(`findings.${words}`, { count: rows.length, formatted: numberOf(rows.length) })}
      >
        {null}
      </PageHead>
      <search className={filters['filters']} aria-label={t('findings.filter.label')}>
        <div className={filters['group']} role="group" aria-label={t('findings.filter.kind')}>
          {FindingKind.options.map((kind) => (
            <Chip
              key={kind}
              pressed={search.kind?.includes(kind) ?? false}
              onClick={() => change({ kind: toggled(search.kind, kind) })}
            >
              {t(`findings.kind.${kind}`)}
            </Chip>
          ))}
        </div>
        <div className={filters['group']} role="group" aria-label={t('findings.filter.state')}>
          {FindingState.options.map((state) => (
            <Chip
              key={state}
              pressed={search.state?.includes(state) ?? false}
              onClick={() => change({ state: toggled(search.state, state) })}
            >
              {t(`exposures.state.${state}`)}
            </Chip>
          ))}
        </div>
        {search.camera !== undefined && (
          <CameraChip cameraId={search.camera} onDrop={() => change({ camera: undefined })} />
        )}
      </search>
      {found.isPending && <Skeleton rows={8} />}
      {found.isError && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && <Notice title={t('findings.emptyTitle')} why={t('findings.emptyWhy')} />}
      <ol className={styles['list']} aria-label={t('findings.list')} hidden={rows.length === 0}>
        {rows.map((row) => (
          <FindingItem key={row.findingId} finding={row} now={now} />
        ))}
      </ol>
      {found.hasNextPage && (
        <div className={page['older']}>
          <Button large aria-disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t(found.isFetchingNextPage ? 'findings.loadingMore' : 'findings.more')}
          </Button>
        </div>
      )}
    </>
  );
}
