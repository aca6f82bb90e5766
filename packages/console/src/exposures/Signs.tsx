// SPDX-License-Identifier: AGPL-3.0-or-later
import { DoriLevel, type QueueRow } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { durationOf, momentOf } from '../app/times.ts';
import { Icon } from '../design/Icon.tsx';
import { Slats } from '../design/Slats.tsx';
import { Moment } from '../oversight/Moment.tsx';
import { clockOfFinding } from './due.ts';
import styles from './Signs.module.css';
import { densityOf } from './words.ts';

const STEPS = [1, 2, 3, 4];

/** How recognisable a person would be: steps, the words, and the number that they rest on. */
export function LevelSign({ level, density }: { level: DoriLevel; density: number }) {
  const { t } = useTranslation();
  const rank = DoriLevel.options.indexOf(level);
  return (
    <span className={styles['level']}>
      <span className={styles['steps']} aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} data-on={step <= rank ? '' : undefined} />
        ))}
      </span>
      <span>
        <strong>{t(`exposures.level.${level}`)}</strong>
        <small>
          {t(`exposures.levelShort.${level}`)} · {t('exposures.perMetre', { value: densityOf(density) })}
        </small>
      </span>
    </span>
  );
}

type Clocked = Pick<QueueRow, 'state' | 'dueAt'>;

/** The reviewer's clock; red once a promise was missed. */
export function ClockSign({ finding, now }: { finding: Clocked; now: number }) {
  const { t } = useTranslation();
  const clock = clockOfFinding(finding, now);
  if (clock.kind === 'ended') return <span className={styles['clock']}>{t(`exposures.state.${finding.state}`)}</span>;
  return (
    <span className={styles['clock']} data-kind={clock.kind}>
      <Icon name={clock.kind === 'late' ? 'alert' : 'clock'} size={14} />
      <span>
        <strong>{t(`exposures.clock.${clock.kind}`, { time: durationOf(clock.seconds) })}</strong>
        <small title={momentOf(finding.dueAt)}>
          <Moment at={finding.dueAt} />
        </small>
      </span>
    </span>
  );
}

type Covered = Pick<QueueRow, 'state' | 'enforced' | 'maskSetId'>;

/** Whether anybody can see the home now. Where geometry proposes and lays nothing over it, there is no picture at all. */
export const coverOf = ({ enforced, maskSetId }: Covered): 'enforced' | 'noPicture' | 'bare' =>
  enforced ? 'enforced' : maskSetId === null ? 'bare' : 'noPicture';

export function CoverSign({ finding }: { finding: Covered }) {
  const { t } = useTranslation();
  if (finding.state !== 'open') return null;
  const cover = coverOf(finding);
  return (
    <span className={styles['cover']} data-cover={cover} title={t(`exposures.cover.${cover}Why`)}>
      {cover === 'bare' ? <Icon name="alert" size={14} /> : <Slats fine className={styles['slats']} />}
      {t(`exposures.cover.${cover}`)}
    </span>
  );
}
