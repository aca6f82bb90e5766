// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { Icon } from '../design/Icon.tsx';
import styles from './Filters.module.css';

/** A filter that is set, and the way to drop it. */
export function Chip({ what, onDrop }: { what: string; onDrop: () => void }) {
  const { t } = useTranslation();
  return (
    <span className={styles['chip']}>
      {what}
      <button
        type="button"
        className={styles['drop']}
        aria-label={t('oversight.filters.drop', { what })}
        onClick={onDrop}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}
