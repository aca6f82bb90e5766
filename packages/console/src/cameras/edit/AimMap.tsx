// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimDraft } from '@louver/contract';
import type { LatLngBoundsExpression, LeafletMouseEvent } from 'leaflet';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShownTheme } from '../../app/theme.ts';
import { Button, IconButton } from '../../design/Button.tsx';
import { baseMap } from '../../map/base-map.ts';
import { useMap } from '../../map/use-map.ts';
import { compassName } from '../Compass.tsx';
import './aim-map.css';
import styles from './AimMap.module.css';
import { boundsOf, CameraMark, type Place } from './camera-mark.ts';

interface AimMapProps {
  place: Place | undefined;
  /** Without it there is a place and no cone. */
  aim?: AimDraft | undefined;
  onPlace: (place: Place) => void;
  onTurn?: (heading: number) => void;
  /** What to show while there is no place. */
  around?: readonly [west: number, south: number, east: number, north: number] | null | undefined;
  /** A click puts the camera there: for one that has no place yet. */
  clicks?: boolean;
}

const nothing = () => undefined;

const centreOf = (box: AimMapProps['around']): Place | undefined =>
  box ? { lon: (box[0] + box[2]) / 2, lat: (box[1] + box[3]) / 2 } : undefined;

export function AimMap({ place, aim, onPlace, onTurn = nothing, around, clicks = false }: AimMapProps) {
  const { t } = useTranslation();
  const theme = useShownTheme();
  const mark = useRef<CameraMark>(undefined);
  const start = place ?? centreOf(around) ?? { lon: 108.05, lat: 12.68 };
  const { holder, map } = useMap({ start: { ...start, zoom: 18 }, onMoved: nothing });
  const placed = useEffectEvent((next: Place) => onPlace(next));
  const turned = useEffectEvent((heading: number) => onTurn(heading));
  const clicked = useEffectEvent(({ latlng }: LeafletMouseEvent) => {
    const { lat, lng } = latlng.wrap();
    if (clicks) onPlace({ lat, lon: lng });
  });
  const fit = (animate: boolean) => {
    if (aim !== undefined) map?.fitBounds(boundsOf(aim), { padding: [28, 28], maxZoom: 19, animate });
    else if (place !== undefined) map?.setView([place.lat, place.lon], 18, { animate });
  };
  const begin = useEffectEvent(() => fit(false));
  const putInCentre = () => {
    const centre = map?.getCenter().wrap();
    if (centre !== undefined) onPlace({ lat: centre.lat, lon: centre.lng });
  };
  const draw = useEffectEvent(() => {
    const heading = aim?.heading ?? 0;
    mark.current?.update(place, aim, {
      marker: t('cameras.edit.aim.marker'),
      handle: t('cameras.edit.aim.handle'),
      heading: t('cameras.edit.aim.handleAt', {
        degrees: Math.round(heading),
        direction: t(`cameras.compass.${compassName(heading)}`),
      }),
    });
  });

  // Leaflet owns what is below the div.
  useEffect(() => {
    if (map === undefined) return undefined;
    // A wheel over the map scrolls the page that it stands in.
    map.scrollWheelZoom.disable();
    const made = new CameraMark(map, { onPlace: (next) => placed(next), onTurn: (heading) => turned(heading) });
    mark.current = made;
    map.on('click', (event) => clicked(event));
    begin();
    draw();
    return () => {
      made.remove();
      mark.current = undefined;
    };
  }, [map]);
  // The base map takes its colours from the theme.
  useEffect(() => {
    if (map === undefined) return undefined;
    const base = baseMap().addTo(map);
    return () => void base.remove();
  }, [map, theme]);
  useEffect(() => draw(), [place, aim, t]);
  const [west, south, east, north] = around ?? [];
  const placeless = place === undefined;
  useEffect(() => {
    if (map === undefined || !placeless || west === undefined) return;
    const box = [
      [south, west],
      [north, east],
    ] as LatLngBoundsExpression;
    map.fitBounds(box, { animate: false });
  }, [map, placeless, west, south, east, north]);

  return (
    <div className={styles['frame']}>
      <div ref={holder} className={styles['map']} role="region" aria-label={t('cameras.edit.aim.map')} />
      <div className={styles['tools']}>
        <IconButton icon="plus" label={t('map.zoomIn')} onClick={() => map?.zoomIn()} />
        <IconButton icon="minus" label={t('map.zoomOut')} onClick={() => map?.zoomOut()} />
        {place !== undefined && (
          <IconButton icon="home" label={t('cameras.edit.aim.centre')} onClick={() => fit(true)} />
        )}
      </div>
      {placeless && (
        <Button className={styles['put'] ?? ''} icon="place" onClick={putInCentre}>
          {t('cameras.edit.aim.placeCentre')}
        </Button>
      )}
    </div>
  );
}
