// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ViewingEnd } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../design/Icon.tsx';
import styles from './EndSign.module.css';

const SIGNS: Record<ViewingEnd | 'running', IconName> = {
  running: 'look',
  closed: 'check',
  'line-dropped': 'offline',
  'time-over': 'clock',
  'picture-withheld': 'masks',
  'never-started': 'minus',
  'worker-lost': 'alert',
};

/** How a viewing ended: a shape and a word. */
export function EndSign({ end }: { end: ViewingEnd | null }) {
  const { t } = useTranslation();
  const state = end ?? 'running';
  return (
    <span className={`${styles['sign']} ${end === null ? styles['running'] : ''}`}>
      <Icon name={SIGNS[state]} size={14} />
      {t(`oversight.end.${state}`)}
    </span>
  );
}
