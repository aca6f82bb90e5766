// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CaseMeasurement, DeskCase } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import { Icon } from '../design/Icon.tsx';
import { Part } from './Part.tsx';
import styles from './Measured.module.css';

/** What geometry says of the home, now and when it was filed: it decides whether "fixed" is true. */
export function Measured({ found }: { found: DeskCase }) {
  const { t } = useTranslation();
  const { measurements, fixedRefused, kind } = found;
  if (kind !== 'faces-home' && measurements.now.length + measurements.atFiling.length === 0) return null;
  return (
    <Part title={t('desk.measured.title')}>
      <p className={styles['lead']}>{t('desk.measured.lead')}</p>
      <div className={styles['pair']}>
        <Taken title={t('desk.measured.before')} items={measurements.atFiling} />
        <Taken title={t('desk.measured.now')} items={measurements.now} />
      </div>
      <p className={styles['verdict']} data-free={fixedRefused === null}>
        <Icon name={fixedRefused === null ? 'check' : 'look'} />
        {t(`desk.measured.${fixedRefused ?? 'free'}`)}
      </p>
    </Part>
  );
}

function Taken({ title, items }: { title: string; items: readonly CaseMeasurement[] }) {
  const { t } = useTranslation();
  // A façade close by is measured also where nothing of it is in the frame.
  const seen = items.filter(({ frameShare }) => frameShare > 0);
  return (
    <div>
      <h3>{title}</h3>
      {seen.length === 0 && <p>{t('desk.measured.none')}</p>}
      <ul>
        {seen.map((item) => (
          <li key={item.cameraId}>
            {t('desk.measured.camera', {
              code: item.cameraCode,
              metres: numberOf(Math.round(item.distanceMetres)),
              level: t(`desk.measured.dori.${item.dori}`),
              share: `${numberOf(Math.round(item.frameShare * 1000) / 10)} %`,
            })}{' '}
            <strong>({t(item.covered ? 'desk.measured.covered' : 'desk.measured.bare')})</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
