// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type Jurisdiction, type JurisdictionPath, type JurisdictionRules } from '@louver/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { momentOf } from '../app/times.ts';
import { nameOfArea } from '../cameras/areas.ts';
import { jurisdictionsQuery } from '../cameras/queries.ts';
import { Select } from '../design/Select.tsx';
import { Skeleton } from '../design/Skeleton.tsx';
import { PageHead } from '../oversight/PageHead.tsx';
import { Trouble } from '../oversight/Trouble.tsx';
import styles from './PlacesPage.module.css';
import { RulesForm } from './RulesForm.tsx';

const pageApi = getRouteApi('/room/places');

const rulesQuery = (path: JurisdictionPath) =>
  queryOptions({
    queryKey: ['jurisdictions', 'rules', path],
    queryFn: async ({ signal }) => call(routes.readJurisdictionRules, { params: { path } }, { signal }),
  });

/** What holds in a place and is not the same everywhere, with the document that says so. */
export function PlacesPage() {
  const { t } = useTranslation();
  const areas = useQuery(jurisdictionsQuery);
  return (
    <div className={styles['page']}>
      <PageHead title={t('places.title')} lead={t('places.lead')} summary={null}>
        {null}
      </PageHead>
      {areas.isPending && <Skeleton rows={6} />}
      {areas.isError && <Trouble error={areas.error} onRetry={() => void areas.refetch()} />}
      {areas.data?.[0] !== undefined && <OnePlace areas={areas.data} first={areas.data[0]} />}
    </div>
  );
}

function OnePlace({ areas, first }: { areas: readonly Jurisdiction[]; first: Jurisdiction }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { place } = pageApi.useSearch();
  const path = areas.find((area) => area.path === place)?.path ?? first.path;
  const rules = useQuery(rulesQuery(path));
  const choose = (value: string) =>
    void navigate({ to: '/places', search: { place: areas.find((area) => area.path === value)?.path }, replace: true });
  return (
    <>
      <div className={styles['place']}>
        <Select
          label={t('places.place')}
          value={path}
          onChange={({ currentTarget: { value } }) => choose(value)}
          options={areas.map((area) => ({ value: area.path, label: nameOfArea(area) }))}
        />
      </div>
      {rules.isPending && <Skeleton rows={6} />}
      {rules.isError && <Trouble error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data !== undefined && (
        <div className={styles['columns']}>
          <section aria-labelledby="in-force">
            <h2 id="in-force">{t('places.inForce')}</h2>
            <InForce rules={rules.data} />
            <RulesForm key={path} rules={rules.data} queryKey={rulesQuery(path).queryKey} />
          </section>
          <section aria-labelledby="stated">
            <h2 id="stated">{t('places.history')}</h2>
            <Stated rules={rules.data} />
          </section>
        </div>
      )}
    </>
  );
}

function InForce({ rules: { inForce } }: { rules: JurisdictionRules }) {
  const { t } = useTranslation();
  return (
    <dl className={styles['values']}>
      <dt>{t('places.remote')}</dt>
      <dd>{t(inForce.remote ? 'places.yes' : 'places.no')}</dd>
      <dt>{t('places.noticeDays')}</dt>
      <dd>{t('places.days', { count: inForce.noticeDays })}</dd>
      <dt>{t('places.commentDays')}</dt>
      <dd>{t('places.days', { count: inForce.commentDays })}</dd>
    </dl>
  );
}

function Stated({ rules: { stated } }: { rules: JurisdictionRules }) {
  const { t } = useTranslation();
  if (stated.length === 0) return <p className={styles['quiet']}>{t('places.never')}</p>;
  const days = (count: number | null) => (count === null ? t('places.asAbove') : t('places.days', { count }));
  return (
    <ol className={styles['stated']}>
      {stated.map(({ since, reason, by, remote, noticeDays, commentDays }) => (
        <li key={since}>
          <p>{reason}</p>
          <p className={styles['quiet']}>{t('places.by', { name: by?.name ?? '', time: momentOf(since) })}</p>
          <dl className={styles['values']}>
            <dt>{t('places.remote')}</dt>
            <dd>{t(remote === null ? 'places.asAbove' : remote ? 'places.yes' : 'places.no')}</dd>
            <dt>{t('places.noticeDays')}</dt>
            <dd>{days(noticeDays)}</dd>
            <dt>{t('places.commentDays')}</dt>
            <dd>{days(commentDays)}</dd>
          </dl>
        </li>
      ))}
    </ol>
  );
}
