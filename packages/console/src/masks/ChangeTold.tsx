// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { Icon } from '../design/Icon.tsx';
import styles from './ChangeTold.module.css';
import type { CoverageChange } from './coverage.ts';
import panel from './Panel.module.css';
import { shareOf } from './shares.ts';

interface ChangeToldProps {
  change: CoverageChange;
  /** There is nothing before it. */
  first: boolean;
  decided?: boolean;
}

/** What a set changes, in shares of the frame; uncovering is said first and loudest. */
export function ChangeTold({ change, first, decided = false }: ChangeToldProps) {
  const { t } = useTranslation();
  const numbers = [
    ['uncovered', first ? 0 : change.uncovered],
    ['added', change.added],
    ['covered', change.after],
  ] as const;
  return (
    <>
      {!first && change.uncovered > 0 && (
        <p className={panel['danger']}>
          <Icon name="alert" />
          <span>
            {t('masks.review.uncovers', { share: shareOf(change.uncovered) })} {t('masks.review.uncoversTwo')}
          </span>
        </p>
      )}
      {first && (
        <p className={panel['notice']}>
          {decided
            ? t('masks.review.firstDecided', { share: shareOf(1 - change.after) })
            : `${t('masks.review.againstNothing')} ${t('masks.review.first', { share: shareOf(1 - change.after) })}`}
        </p>
      )}
      <dl className={styles['numbers']}>
        {numbers.map(([name, share]) => (
          <div key={name} className={name === 'uncovered' && share > 0 ? styles['loud'] : undefined}>
            <dt>{t(`masks.review.${name}`)}</dt>
            <dd>{shareOf(share)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
