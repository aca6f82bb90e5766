// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimDraft } from '@louver/contract';
import type { LonLat } from '@louver/sightline';
import type { LeafletMouseEvent } from 'leaflet';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useShownTheme } from '../../app/theme.ts';
import { IconButton } from '../../design/Button.tsx';
import { baseMap } from '../../map/base-map.ts';
import { L } from '../../map/leaflet.ts';
import { useMap } from '../../map/use-map.ts';
import styles from './Calibrator.module.css';
import type { HalfMatch } from './matches.ts';

interface PickMapProps {
  aim: AimDraft;
  matches: readonly HalfMatch[];
  chosen: number;
  onPick: (place: LonLat) => void;
}

const nothing = () => undefined;

/** The map with the points found on it: corners of houses, kerbs, poles. A click puts the chosen one. */
export function PickMap({ aim, matches, chosen, onPick }: PickMapProps) {
  const { t } = useTranslation();
  const theme = useShownTheme();
  const { lon, lat } = aim.position;
  const { holder, map } = useMap({ start: { lon, lat, zoom: 19 }, onMoved: nothing });
  const clicked = useEffectEvent(({ latlng }: LeafletMouseEvent) => {
    const at = latlng.wrap();
    onPick([at.lng, at.lat]);
  });
  // Leaflet owns what is below the div.
  useEffect(() => {
    if (map === undefined) return;
    map.scrollWheelZoom.disable();
    map.on('click', (event) => clicked(event));
  }, [map]);
  useEffect(() => {
    if (map === undefined) return undefined;
    const base = baseMap().addTo(map);
    return () => void base.remove();
  }, [map, theme]);
  useEffect(() => {
    if (map === undefined) return undefined;
    const icon = L.divIcon({ className: styles['stand'] ?? '', html: '<i></i>', iconSize: [18, 18] });
    const stand = L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(map);
    return () => void stand.remove();
  }, [map, lon, lat]);
  useEffect(() => {
    if (map === undefined) return undefined;
    const drawn = matches.flatMap(({ id, place }) => {
      if (place === undefined) return [];
      const className = `${styles['point']} ${id === chosen ? styles['chosen'] : ''}`;
      const icon = L.divIcon({ className, html: String(id + 1), iconSize: [22, 22] });
      return [L.marker([place[1], place[0]], { icon, interactive: false, keyboard: false }).addTo(map)];
    });
    return () => {
      for (const mark of drawn) mark.remove();
    };
  }, [map, matches, chosen]);
  return (
    <div className={styles['mapFrame']}>
      <div
        ref={holder}
        className={styles['map']}
        role="region"
        aria-label={t('cameras.calibrate.map', { number: chosen + 1 })}
      />
      <div className={styles['tools']}>
        <IconButton icon="plus" label={t('map.zoomIn')} onClick={() => map?.zoomIn()} />
        <IconButton icon="minus" label={t('map.zoomOut')} onClick={() => map?.zoomOut()} />
      </div>
    </div>
  );
}
