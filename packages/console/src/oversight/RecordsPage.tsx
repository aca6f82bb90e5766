// SPDX-License-Identifier: AGPL-3.0-or-later
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Drawer } from '../design/Drawer.tsx';
import { Notice } from '../design/Notice.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { ProvePanel } from '../record/ProvePanel.tsx';
import { ActionFilter } from './ActionFilter.tsx';
import { CameraChip } from './CameraChip.tsx';
import { CameraPicker } from './CameraPicker.tsx';
import { Chip } from './Chip.tsx';
import { saveCsv } from './csv.ts';
import { Entry } from './Entry.tsx';
import filterStyles from './Filters.module.css';
import { localDayOf } from './local-day.ts';
import { Older } from './Older.tsx';
import styles from './Page.module.css';
import { PageHead } from './PageHead.tsx';
import { RecordTable } from './RecordTable.tsx';
import type { RecordSearch } from './search.ts';
import { SpanFilter } from './SpanFilter.tsx';
import { Trouble } from './Trouble.tsx';
import { recordsCsv } from './viewing-csv.ts';
import { recordsQuery } from './viewings-query.ts';

const pageApi = getRouteApi('/room/oversight/records');

/** The access record itself, entry by entry. */
export function RecordsPage() {
  const { t } = useTranslation();
  const search = pageApi.useSearch();
  const navigate = pageApi.useNavigate();
  const query = useInfiniteQuery({ ...recordsQuery(search), placeholderData: (before) => before });
  const entries = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const opened = entries.find(({ seq }) => seq === search.entry);
  const open = (entry: string | undefined, prove?: 'yes') =>
    void navigate({ search: (before) => ({ ...before, entry, prove }) });
  const counted = { count: entries.length, formatted: numberOf(entries.length) };
  return (
    <>
      <PageHead
        title={t('oversight.records.title')}
        lead={t('oversight.records.lead')}
        summary={
          query.isSuccess && t(query.hasNextPage ? 'oversight.records.countMore' : 'oversight.records.count', counted)
        }
      >
        <Button
          icon="import"
          disabled={entries.length === 0}
          onClick={() => saveCsv(`louver-record-${localDayOf(Date.now())}.csv`, recordsCsv(entries, t))}
        >
          {t('oversight.download')}
        </Button>
      </PageHead>
      <RecordFilters />
      {query.isPending && <Skeleton rows={10} />}
      {query.isError && <Trouble error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && entries.length === 0 && (
        <Notice title={t('oversight.records.emptyTitle')} why={t('oversight.records.emptyWhy')}>
          <Button onClick={() => void navigate({ search: {} })}>{t('oversight.filters.clear')}</Button>
        </Notice>
      )}
      {entries.length > 0 && (
        <div className={query.isPlaceholderData ? styles['stale'] : undefined}>
          <RecordTable entries={entries} onOpen={open} onProve={(seq) => open(seq, 'yes')} />
          <Older
            more={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </div>
      )}
      {opened !== undefined && (
        <Drawer
          title={t('oversight.records.entryTitle', { seq: numberOf(Number(opened.seq)) })}
          onClose={() => open(undefined)}
        >
          <Entry entry={opened}>
            <ProvePanel key={opened.seq} entry={opened} atOnce={search.prove === 'yes'} />
          </Entry>
        </Drawer>
      )}
    </>
  );
}

function RecordFilters() {
  const { t } = useTranslation();
  const search = pageApi.useSearch();
  const navigate = pageApi.useNavigate();
  const change = (next: Partial<RecordSearch>) =>
    void navigate({ search: (before) => ({ ...before, entry: undefined, prove: undefined, ...next }), replace: true });
  const { camera, account, action = [] } = search;
  return (
    <section className={filterStyles['filters']} aria-label={t('oversight.filters.label')}>
      <SpanFilter span={search} onChange={change} />
      <ActionFilter
        chosen={action}
        onChange={(chosen) => change({ action: chosen.length === 0 ? undefined : chosen })}
      />
      {camera === undefined && <CameraPicker onPick={({ id }) => change({ camera: id })} />}
      <div className={filterStyles['chips']}>
        {camera !== undefined && <CameraChip cameraId={camera} onDrop={() => change({ camera: undefined })} />}
        {account !== undefined && (
          <Chip
            what={t('oversight.filters.account', { name: account.slice(0, 8) })}
            onDrop={() => change({ account: undefined })}
          />
        )}
      </div>
    </section>
  );
}
