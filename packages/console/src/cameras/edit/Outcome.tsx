// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { Icon } from '../../design/Icon.tsx';
import { useProblemWords } from '../../oversight/Trouble.tsx';
import styles from './EditPage.module.css';

interface OutcomeProps {
  /** What the last attempt failed with; null is none. */
  error: unknown;
  /** Fields are marked: they say what is wrong, so this only leads there. */
  marked: boolean;
  done: string | undefined;
}

/** What became of the last save, in a place that is always there, so that it is read out when it changes. */
export function Outcome({ error, marked, done }: OutcomeProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const failed = marked
    ? t('cameras.edit.check')
    : error !== null
      ? t('cameras.edit.failed', { why: words(error) })
      : undefined;
  return (
    <div role="status" className={styles['outcome']}>
      {(failed ?? done) !== undefined && (
        <p>
          <Icon name={failed === undefined ? 'check' : 'alert'} size={14} />
          {failed ?? done}
        </p>
      )}
    </div>
  );
}
