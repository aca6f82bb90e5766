// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { shareOf } from '../masks/shares.ts';
import type { CountedHome } from './homes.ts';
import styles from './HomesTable.module.css';
import { LevelSign } from './Signs.tsx';
import { metresOf, useHomeName } from './words.ts';

interface TableProps {
  homes: readonly CountedHome[];
  marked: string | undefined;
  onMark: (id: string | undefined) => void;
}

/** The homes that break the rule, and folded below them those that are merely seen. */
export function HomesTable({ homes, marked, onMark }: TableProps) {
  const { t } = useTranslation();
  const rest = homes.filter(({ flagged }) => flagged === undefined);
  const rows = { marked, onMark };
  return (
    <section className={styles['homes']}>
      <h2>{t('exposures.finding.homes')}</h2>
      <Rows {...rows} homes={homes.filter(({ flagged }) => flagged !== undefined)} />
      {rest.length > 0 && (
        <details>
          <summary>{t('exposures.finding.homesMore', { count: rest.length })}</summary>
          <Rows {...rows} homes={rest} />
        </details>
      )}
    </section>
  );
}

function Rows({ homes, marked, onMark }: TableProps) {
  const { t } = useTranslation();
  const homeName = useHomeName();
  return (
    <ol className={styles['rows']}>
      {homes.map((home) => {
        const { buildingId, sourceId, number, flagged } = home;
        const id = sourceId ?? buildingId;
        return (
          <li
            key={buildingId}
            data-marked={marked === id ? '' : undefined}
            onPointerEnter={() => onMark(id)}
            onPointerLeave={() => onMark(undefined)}
          >
            <button
              type="button"
              className={styles['number']}
              aria-pressed={marked === id}
              aria-label={t('exposures.finding.mark', { number })}
              onFocus={() => onMark(id)}
              onBlur={() => onMark(undefined)}
              onClick={() => onMark(id)}
            >
              {number}
            </button>
            <span className={styles['name']}>
              <strong>{homeName(home)}</strong>
              <span>{t('exposures.distance', { metres: metresOf(home.distanceMetres) })}</span>
            </span>
            <LevelSign level={home.dori} density={home.pixelsPerMetre} />
            <span className={styles['share']}>
              <strong>{t('exposures.share', { share: shareOf(home.frameShare) })}</strong>
              {flagged !== undefined && flagged.coveredShare > 0 && (
                <small>
                  {t('exposures.finding.covered')} {shareOf(flagged.coveredShare)}
                </small>
              )}
              {home.breaches.length > 0 && (
                <small>
                  {t('exposures.finding.why')}:{' '}
                  {home.breaches.map((breach) => t(`exposures.finding.breach.${breach}`)).join(', ')}
                </small>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
