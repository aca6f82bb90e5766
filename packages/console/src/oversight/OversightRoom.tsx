// SPDX-License-Identifier: AGPL-3.0-or-later
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { RecordStrip } from '../record/RecordStrip.tsx';
import styles from './OversightRoom.module.css';
import { ViewingSearch } from './search.ts';

const Carried = ViewingSearch.pick({ range: true, from: true, to: true, camera: true, account: true });

/** The frame around the pages of the auditor: what they are called, and the way from one to the other. */
export function OversightRoom() {
  const { t } = useTranslation();
  return (
    <div className={styles['room']}>
      <div className={styles['top']}>
        <nav className={styles['tabs']} aria-label={t('oversight.tabs.label')}>
          <Link
            to="/oversight"
            className={styles['tab']}
            activeOptions={{ exact: true, includeSearch: false }}
            // Days and camera stay chosen on the way over; what only one of the two pages knows is left behind.
            search={(before) => Carried.parse(before)}
          >
            {t('oversight.tabs.viewings')}
          </Link>
          <Link
            to="/oversight/records"
            className={styles['tab']}
            activeOptions={{ includeSearch: false }}
            search={(before) => Carried.parse(before)}
          >
            {t('oversight.tabs.records')}
          </Link>
          <Link to="/oversight/proof" className={styles['tab']}>
            {t('oversight.tabs.proof')}
          </Link>
          <Link to="/oversight/tokens" className={styles['tab']}>
            {t('oversight.tabs.tokens')}
          </Link>
        </nav>
        <RecordStrip />
      </div>
      <Outlet />
    </div>
  );
}
