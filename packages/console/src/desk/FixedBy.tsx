// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FixedMeasurement } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { dayOf, numberOf } from '../app/times.ts';
import styles from './History.module.css';

/** What a case was closed as fixed by: how each camera saw the home when it was filed, and how it saw it then. */
export function FixedBy({ measured }: { measured: readonly FixedMeasurement[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles['measured']}>
      {measured.map((sight, place) => (
        <li key={`${sight.cameraCode} ${place}`}>
          <strong>{sight.cameraCode ?? t('desk.fixed.unnamed')}</strong>
          {': '}
          <Sight seen={sight.before} />
          {' → '}
          {sight.takenDown ? t('desk.fixed.takenDown') : <Sight seen={sight.after} />}
          {sight.covered && ` (${t('desk.measured.covered')})`}
        </li>
      ))}
    </ul>
  );
}

function Sight({ seen }: { seen: FixedMeasurement['before'] }) {
  const { t } = useTranslation();
  if (seen === null) return t('desk.fixed.notMeasured');
  if (seen.frameShare === 0) return t('desk.fixed.unseen', { day: dayOf(seen.at) });
  return t('desk.fixed.seen', {
    day: dayOf(seen.at),
    level: t(`desk.measured.dori.${seen.dori}`),
    share: `${numberOf(Math.round(seen.frameShare * 1000) / 10)} %`,
    metres: numberOf(Math.round(seen.distanceMetres)),
  });
}
