// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Breach } from '@louver/contract';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Icon } from '../design/Icon.tsx';
import type { SeenHome } from './messages-between.ts';
import styles from './PlannerPage.module.css';

export interface JudgedHome extends SeenHome {
  readonly name: string;
  readonly breaches: readonly Breach[];
}

const tenthOf = (value: number): number => Math.round(value * 10) / 10;

/** Says in one line what the plan would mean for homes. */
export function useVerdict(): (homes: readonly JudgedHome[]) => string {
  const { t } = useTranslation();
  return (homes) => {
    const flagged = homes.filter(({ breaches }) => breaches.length > 0).length;
    if (homes.length === 0) return t('planning.homes.none');
    if (flagged === 0) return t('planning.homes.allowed', { count: homes.length });
    return t('planning.homes.flagged', { count: homes.length, flagged });
  };
}

interface HomesListProps {
  homes: readonly JudgedHome[];
  verdict: string;
  /** An aim is being measured that is newer than what is shown. */
  busy: boolean;
  policyVersion: number | undefined;
}

/** Which homes it would look at, worst first, numbered as on the map. */
export function HomesList({ homes, verdict, busy, policyVersion }: HomesListProps) {
  const { t } = useTranslation();
  const flagged = homes.some(({ breaches }) => breaches.length > 0);
  return (
    <section className={styles['homes']} aria-busy={busy} aria-labelledby="plan-homes" data-testid="plan-homes">
      <h2 id="plan-homes">{t('planning.homes.title')}</h2>
      <p role="status" className={flagged ? styles['breach'] : styles['verdict']}>
        <Icon name={flagged ? 'alert' : 'check'} size={14} />
        {verdict}
      </p>
      {homes.length > 0 && (
        <ol>
          {homes.map((home, index) => (
            <HomeRow
              key={home.buildingId}
              number={index + 1}
              name={home.name}
              dori={home.dori}
              density={tenthOf(home.pixelsPerMetre)}
              metres={tenthOf(home.distanceMetres)}
              percent={Math.round(home.frameShare * 10_000) / 100}
              breaches={home.breaches.join(' ')}
            />
          ))}
        </ol>
      )}
      {policyVersion !== undefined && (
        <p className={styles['note']}>{t('planning.homes.rule', { version: policyVersion })}</p>
      )}
    </section>
  );
}

interface HomeRowProps {
  number: number;
  name: string;
  dori: JudgedHome['dori'];
  density: number;
  metres: number;
  percent: number;
  /** With blanks between them: a row is drawn again only when one of its values is another. */
  breaches: string;
}

const HomeRow = memo(function HomeRow({ number, name, dori, density, metres, percent, breaches }: HomeRowProps) {
  const { t } = useTranslation();
  return (
    <li className={styles['home']} data-flagged={breaches !== ''}>
      <span className={styles['number']}>{number}</span>
      <strong>{name}</strong>
      <span className={styles[`dori-${dori}`]}>{t(`planning.dori.${dori}`)}</span>
      <span className={styles['figures']}>
        {t('planning.homes.figures', {
          density: numberOf(density),
          distance: numberOf(metres),
          share: numberOf(percent),
        })}
      </span>
      {breaches !== '' && (
        <span className={styles['why']}>
          {(breaches.split(' ') as Breach[]).map((breach) => t(`planning.breach.${breach}`)).join(', ')}
        </span>
      )}
    </li>
  );
});
