// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import styles from './Skeleton.module.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'] as const;

/** Shows itself only after 200 ms: what arrives sooner should not flicker. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles['rows']} role="status" aria-label={t('app.loading')}>
      {ROWS.slice(0, rows).map((key) => (
        <span key={key} className={styles['row']} />
      ))}
    </div>
  );
}
