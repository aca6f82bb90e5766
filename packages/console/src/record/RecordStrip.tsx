// SPDX-License-Identifier: AGPL-3.0-or-later
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { exactly, timeOf } from '../app/times.ts';
import { Icon } from '../design/Icon.tsx';
import { entriesOf } from './KeptPanel.tsx';
import { logQuery } from './queries.ts';
import styles from './RecordStrip.module.css';
import { standingOf } from './standing.ts';
import { useRecord } from './use-record.ts';

/** Stands over every oversight page, so that the record is watched whatever the auditor reads; silent but for an alarm. */
export function RecordStrip() {
  const { t } = useTranslation();
  const snapshot = useRecord();
  const standing = standingOf(snapshot, true);
  const evidenceShown = useLocation({ select: ({ pathname }) => pathname === '/oversight/proof' });
  const isAltered = (useQuery(logQuery).data?.health?.altered.length ?? 0) > 0;
  const isAlarm = standing.kind === 'alarm' || isAltered;
  if (isAlarm && evidenceShown) return null;
  if (isAlarm)
    return (
      <div className={styles['alarm']} role="alert">
        <Icon name="alert" size={20} />
        <strong>
          {t('record.strip.alarm', {
            what:
              standing.kind === 'alarm' ? t(`record.alarm.title.${standing.alarm.kind}`) : t('record.altered.strip'),
          })}
        </strong>
        <Link to="/oversight/proof">{t('record.strip.open')}</Link>
      </div>
    );
  const { contact, memory } = snapshot;
  const kept = memory?.kept;
  if (contact.kind !== 'good' || !kept) return null;
  return (
    <p className={styles['good']} title={exactly(contact.at)}>
      <Icon name="check" size={14} />
      {t('record.strip.good')} · {entriesOf(t, kept.size)} · {timeOf(contact.at)}
    </p>
  );
}
