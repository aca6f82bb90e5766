// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import styles from './Page.module.css';

/** The way to older rows; it stays in its place while they come. */
export function Older({ more, loading, onMore }: { more: boolean; loading: boolean; onMore: () => void }) {
  const { t } = useTranslation();
  if (!more) return null;
  return (
    <div className={styles['older']}>
      <Button large onClick={onMore} aria-disabled={loading}>
        {t(loading ? 'oversight.loadingOlder' : 'oversight.older')}
      </Button>
    </div>
  );
}
