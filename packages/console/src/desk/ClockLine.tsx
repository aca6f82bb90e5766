// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComplaintClock } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/i18n.ts';
import { Icon } from '../design/Icon.tsx';
import styles from './ClockLine.module.css';
import { dayWords } from './days.ts';

type Urgency = 'late' | 'soon' | 'calm';
const SOON_DAYS = 3;

const urgencyOf = ({ state, daysLeft }: ComplaintClock): Urgency => {
  if (state === 'late') return 'late';
  return state === 'running' && daysLeft !== null && daysLeft <= SOON_DAYS ? 'soon' : 'calm';
};

function useDaysWords(): (clock: ComplaintClock) => string {
  const { t } = useTranslation();
  return ({ state, daysLeft, daysLate }) => {
    if (state === 'late') return t('desk.clock.late', { count: daysLate });
    if (state === 'paused') return t('desk.clock.paused');
    if (state !== 'running' || daysLeft === null) return t(`desk.clock.state.${state}`);
    return daysLeft === 0 ? t('desk.clock.today') : t('desk.clock.left', { count: daysLeft });
  };
}

/** How long there is, in a shape and a word: red is for a date that was missed. */
export function DaysTag({ clock }: { clock: ComplaintClock }) {
  const words = useDaysWords();
  const urgency = urgencyOf(clock);
  return (
    <span className={styles['tag']} data-urgency={urgency}>
      <Icon name={urgency === 'late' ? 'alert' : 'clock'} size={14} />
      {words(clock)}
    </span>
  );
}

/** One date of a case, and on demand every step by which it was computed. */
export function ClockLine({ clock }: { clock: ComplaintClock }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  return (
    <li className={styles['line']} data-state={clock.state}>
      <div className={styles['head']}>
        <strong>{clock.name[language]}</strong>
        <DaysTag clock={clock} />
      </div>
      <p className={styles['due']}>
        {clock.due !== null && t('desk.clock.due', { day: dayWords(clock.due) })} <code>{clock.id}</code>
      </p>
      <details className={styles['how']}>
        <summary>{t('desk.clock.how')}</summary>
        {clock.explanation[language].map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {clock.provisional && <p>{t('desk.clock.provisional')}</p>}
      </details>
    </li>
  );
}
