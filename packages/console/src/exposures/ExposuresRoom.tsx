// SPDX-License-Identifier: AGPL-3.0-or-later
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from '../oversight/OversightRoom.module.css';

/** The frame around the reviewer's pages: what waits for a decision, and everything that was found. */
export function ExposuresRoom() {
  const { t } = useTranslation();
  return (
    <div className={styles['room']}>
      <div className={styles['top']}>
        <nav className={styles['tabs']} aria-label={t('exposures.tabs.label')}>
          <Link to="/exposures" className={styles['tab']} activeOptions={{ includeSearch: false }}>
            {t('exposures.tabs.queue')}
          </Link>
          <Link to="/findings" className={styles['tab']} activeOptions={{ includeSearch: false }}>
            {t('exposures.tabs.findings')}
          </Link>
        </nav>
      </div>
      <Outlet />
    </div>
  );
}
