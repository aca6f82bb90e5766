// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AlteredRecord } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { momentOf, numberOf } from '../app/times.ts';
import { Icon } from '../design/Icon.tsx';
import styles from './AlarmPanel.module.css';
import { logQuery } from './queries.ts';

/** The sealer tells of so many at most. */
const MAX_TOLD = 50;

/** Rows that are not what the log says was sealed, as the sealer reports them; nothing at all while there are none. */
export function AlteredPanel() {
  const { t } = useTranslation();
  const { data } = useQuery(logQuery);
  const altered = data?.health?.altered ?? [];
  if (altered.length === 0) return null;
  const count = { count: altered.length, formatted: numberOf(altered.length) };
  return (
    <section className={styles['alarm']} role="alert" data-alarm="altered">
      <p className={styles['label']}>
        <Icon name="alert" />
        {data?.health?.sweptAt
          ? t('record.alarm.before', { time: momentOf(data.health.sweptAt) })
          : t('record.alarm.now')}
      </p>
      <h2>{altered.length < MAX_TOLD ? t('record.altered.title', count) : t('record.altered.titleMany', count)}</h2>
      <p className={styles['meaning']}>{t('record.altered.meaning')}</p>
      <h3>{t('record.altered.where')}</h3>
      <ul className={styles['todo']}>
        {altered.map((row) => (
          <Row key={JSON.stringify(row)} row={row} />
        ))}
      </ul>
      <h3>{t('record.alarm.todo')}</h3>
      <ol className={styles['todo']}>
        <li>{t('record.altered.read')}</li>
        <li>{t('record.altered.keep')}</li>
        <li>{t('record.altered.tell')}</li>
      </ol>
    </section>
  );
}

function Row({ row: { seq, leafIndex, what, parts } }: { row: AlteredRecord }) {
  const { t } = useTranslation();
  return (
    <li>
      <strong>{seq === null ? t('record.altered.noRecord') : t('record.altered.record', { seq })}</strong>
      {leafIndex !== null && <> · {t('record.altered.leaf', { place: numberOf(leafIndex + 1) })}</>}:{' '}
      {t(`record.altered.what.${what}`)}
      {parts.length > 0 && (
        <>
          {' '}
          (<code>{parts.join(', ')}</code>)
        </>
      )}
    </li>
  );
}
