// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { numberOf } from '../app/times.ts';
import styles from './MapView.module.css';
import { metresPerPixel } from './mercator.ts';

const WIDEST = 110;

/** The longest round distance (1, 2, 5 × 10ⁿ metres) that fits. */
function roundDistance(atMost: number): number {
  const power = 10 ** Math.floor(Math.log10(atMost));
  const lead = atMost / power;
  return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}

export function ScaleBar({ lat, zoom }: { lat: number; zoom: number }) {
  const { t } = useTranslation();
  const perPixel = metresPerPixel(lat, zoom);
  const metres = roundDistance(WIDEST * perPixel);
  return (
    <div className={styles['scale']}>
      {t('map.scale', { metres: numberOf(metres) })}
      <i style={{ width: metres / perPixel }} />
    </div>
  );
}
