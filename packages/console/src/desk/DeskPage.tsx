// SPDX-License-Identifier: AGPL-3.0-or-later
import { ComplaintKind, ComplaintLevel } from '@louver/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { Icon } from '../design/Icon.tsx';
import { Notice } from '../design/Notice.tsx';
import { Segments } from '../design/Segments.tsx';
import { Select } from '../design/Select.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { PageHead } from '../oversight/PageHead.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import { useSession } from '../session/session.ts';
import { CaseTable } from './CaseTable.tsx';
import styles from './DeskPage.module.css';
import { casesQuery, useLiveCases } from './queries.ts';
import { type DeskSearch, WHICH } from './search.ts';

const pageApi = getRouteApi('/room/desk/');

/** Cases by their next date. The officer's own, and for the oversight body every one. */
export function DeskPage() {
  const { t } = useTranslation();
  const { role } = useSession();
  const search = pageApi.useSearch();
  const navigate = pageApi.useNavigate();
  const query = useInfiniteQuery({ ...casesQuery(search), placeholderData: (before) => before });
  const cases = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  useLiveCases();
  const change = (next: Partial<DeskSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const late = cases.filter((row) => row.late.length > 0).length;
  const count = { count: cases.length, formatted: numberOf(cases.length) };
  return (
    <div className={styles['room']}>
      <PageHead
        title={t('desk.title')}
        lead={t(role === 'auditor' ? 'desk.leadOversight' : 'desk.lead')}
        summary={
          query.isSuccess && (
            <>
              {t(query.hasNextPage ? 'desk.countMore' : 'desk.count', count)}
              {late > 0 && (
                <span className={styles['late']}>
                  <Icon name="alert" size={14} />
                  {t('desk.lateCount', { count: late })}
                </span>
              )}
            </>
          )
        }
      >
        {null}
      </PageHead>
      <Filters search={search} onChange={change} />
      {query.isPending && <Skeleton rows={8} />}
      {query.isError && <Trouble error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && cases.length === 0 && (
        <Nothing search={search} onClear={() => void navigate({ search: {} })} />
      )}
      {cases.length > 0 && <CaseTable cases={cases} />}
      {query.hasNextPage && (
        <div className={styles['more']}>
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t(query.isFetchingNextPage ? 'desk.loadingMore' : 'desk.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Filters({ search, onChange }: { search: DeskSearch; onChange: (next: Partial<DeskSearch>) => void }) {
  const { t } = useTranslation();
  const any = { value: '', label: t('desk.filter.any') };
  return (
    <div className={styles['filters']} role="search" aria-label={t('desk.filter.label')}>
      <Segments
        label={t('desk.filter.which')}
        value={search.which ?? 'open'}
        onChange={(which) => onChange({ which: which === 'open' ? undefined : which })}
        options={WHICH.map((value) => ({ value, label: t(`desk.filter.${value}`) }))}
      />
      <Select
        label={t('desk.filter.kind')}
        value={search.kind ?? ''}
        options={[any, ...ComplaintKind.options.map((value) => ({ value, label: t(`desk.kind.${value}`) }))]}
        onChange={(event) => onChange({ kind: ComplaintKind.safeParse(event.currentTarget.value).data })}
      />
      <Select
        label={t('desk.filter.level')}
        value={search.level ?? ''}
        options={[any, ...ComplaintLevel.options.map((value) => ({ value, label: t(`desk.level.${value}`) }))]}
        onChange={(event) => onChange({ level: ComplaintLevel.safeParse(event.currentTarget.value).data })}
      />
      <div className={styles['text']}>
        <Field
          type="search"
          label={t('desk.filter.text')}
          defaultValue={search.q ?? ''}
          maxLength={100}
          onChange={(event) => onChange({ q: event.currentTarget.value.trim() || undefined })}
        />
      </div>
    </div>
  );
}

function Nothing({ search, onClear }: { search: DeskSearch; onClear: () => void }) {
  const { t } = useTranslation();
  const { which, ...rest } = search;
  const filtered = Object.values(rest).some((value) => value !== undefined);
  const why = filtered || which === 'closed' ? 'emptyFiltered' : which === 'late' ? 'emptyLate' : 'emptyOpen';
  return (
    <Notice title={t('desk.emptyTitle')} why={t(`desk.${why}`)}>
      {filtered && <Button onClick={onClear}>{t('desk.clear')}</Button>}
    </Notice>
  );
}
