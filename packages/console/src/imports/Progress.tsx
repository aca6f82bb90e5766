// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Button } from '../design/Button.tsx';
import styles from './Progress.module.css';
import type { ImportProgress } from './run-import.ts';

export function Progress({ progress, onStop }: { progress: ImportProgress; onStop: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { phase, done, total } = progress;
  const known = total > 0;
  return (
    <section className={styles['progress']}>
      <p className={styles['words']}>
        <strong role="status">{t(`imports.phase.${phase}`)}</strong>
        {known && <span>{t('imports.progress', { done: numberOf(done), total: numberOf(total) })}</span>}
      </p>
      <progress
        className={styles['bar']}
        aria-label={t(`imports.phase.${phase}`)}
        max={known ? total : undefined}
        value={known ? done : undefined}
      />
      {onStop !== undefined && <Button onClick={onStop}>{t('imports.stop')}</Button>}
    </section>
  );
}
