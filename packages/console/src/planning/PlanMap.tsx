// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimDraft } from '@louver/contract';
import type { LonLat } from '@louver/sightline';
import type { LatLngBoundsExpression, LeafletMouseEvent } from 'leaflet';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShownTheme } from '../app/theme.ts';
import '../cameras/edit/aim-map.css';
import { boundsOf, CameraMark, type Place } from '../cameras/edit/camera-mark.ts';
import { compassName } from '../cameras/Compass.tsx';
import { Button, IconButton } from '../design/Button.tsx';
import { baseMap } from '../map/base-map.ts';
import { useMap } from '../map/use-map.ts';
import './plan-map.css';
import styles from './PlannerPage.module.css';
import { SeenLayer, type MarkedHome } from './seen-layer.ts';
import { TargetMark } from './target-mark.ts';

interface PlanMapProps {
  /** Undefined while the camera stands nowhere: then a click puts it there. */
  aim: AimDraft | undefined;
  around: readonly [west: number, south: number, east: number, north: number] | undefined;
  viewshed: readonly (readonly (readonly LonLat[])[])[];
  homes: readonly MarkedHome[];
  target: readonly LonLat[];
  onPlace: (place: Place) => void;
  onTurn: (heading: number) => void;
  /** A hand has taken hold of the camera, or let go. */
  onHold: (isHeld: boolean) => void;
  onTarget: (target: LonLat[]) => void;
}

interface Drawn {
  camera: CameraMark;
  seen: SeenLayer;
  target: TargetMark;
}

const nothing = () => undefined;

export function PlanMap(props: PlanMapProps) {
  const { aim, around, viewshed, homes, target, onPlace, onTurn, onHold, onTarget } = props;
  const { t } = useTranslation();
  const theme = useShownTheme();
  const drawn = useRef<Drawn>(undefined);
  const start = aim?.position ?? { lon: 108.05, lat: 12.68 };
  const { holder, map } = useMap({ start: { lon: start.lon, lat: start.lat, zoom: 18 }, onMoved: nothing });
  const placed = useEffectEvent((place: Place) => onPlace(place));
  const turned = useEffectEvent((heading: number) => onTurn(heading));
  const held = useEffectEvent((isHeld: boolean) => onHold(isHeld));
  const targeted = useEffectEvent((ends: LonLat[]) => onTarget(ends));
  const clicked = useEffectEvent(({ latlng }: LeafletMouseEvent) => {
    const { lat, lng } = latlng.wrap();
    if (aim === undefined) onPlace({ lat, lon: lng });
  });
  const fit = (animate: boolean) => {
    if (aim !== undefined) map?.fitBounds(boundsOf(aim), { padding: [28, 28], maxZoom: 19, animate });
  };
  const begin = useEffectEvent(() => fit(false));
  const putInCentre = () => {
    const centre = map?.getCenter().wrap();
    if (centre !== undefined) onPlace({ lat: centre.lat, lon: centre.lng });
  };
  const drawCamera = useEffectEvent(() => {
    const heading = aim?.heading ?? 0;
    drawn.current?.camera.update(aim?.position, aim, {
      marker: t('cameras.edit.aim.marker'),
      handle: t('cameras.edit.aim.handle'),
      heading: t('cameras.edit.aim.handleAt', {
        degrees: Math.round(heading),
        direction: t(`cameras.compass.${compassName(heading)}`),
      }),
    });
  });
  const drawSeen = useEffectEvent(() => drawn.current?.seen.update(viewshed, homes));
  const drawTarget = useEffectEvent(() =>
    drawn.current?.target.update(target, [t('planning.target.endA'), t('planning.target.endB')]),
  );

  // Leaflet owns what is below the div.
  useEffect(() => {
    if (map === undefined) return undefined;
    const made: Drawn = {
      seen: new SeenLayer(map),
      target: new TargetMark(map, (ends) => targeted(ends)),
      camera: new CameraMark(map, {
        onPlace: (next) => placed(next),
        onTurn: (heading) => turned(heading),
        onHold: (isHeld) => held(isHeld),
      }),
    };
    drawn.current = made;
    map.on('click', (event) => clicked(event));
    begin();
    drawCamera();
    drawSeen();
    drawTarget();
    return () => {
      for (const layer of Object.values(made)) (layer as { remove: () => void }).remove();
      drawn.current = undefined;
    };
  }, [map]);
  // The base map takes its colours from the theme.
  useEffect(() => {
    if (map === undefined) return undefined;
    const base = baseMap().addTo(map);
    return () => void base.remove();
  }, [map, theme]);
  useEffect(() => drawCamera(), [aim, t]);
  useEffect(() => drawSeen(), [viewshed, homes]);
  useEffect(() => drawTarget(), [target, t]);
  const placeless = aim === undefined;
  // The map comes closer when the camera is put down, and shows the whole area before.
  useEffect(() => {
    if (map === undefined) return;
    if (!placeless) begin();
    else if (around !== undefined) {
      const [west, south, east, north] = around;
      const box: LatLngBoundsExpression = [
        [south, west],
        [north, east],
      ];
      map.fitBounds(box, { animate: false });
    }
  }, [map, placeless, around]);

  return (
    <div className={`${styles['map']} planner`}>
      <div ref={holder} className={styles['mapHolder']} role="region" aria-label={t('planning.map')} />
      <div className={styles['mapTools']}>
        <IconButton icon="plus" label={t('map.zoomIn')} onClick={() => map?.zoomIn()} />
        <IconButton icon="minus" label={t('map.zoomOut')} onClick={() => map?.zoomOut()} />
        {!placeless && <IconButton icon="home" label={t('cameras.edit.aim.centre')} onClick={() => fit(true)} />}
      </div>
      {placeless && (
        <div className={styles['put']}>
          <p>{t('planning.putWhy')}</p>
          <Button look="primary" icon="place" onClick={putInCentre}>
            {t('cameras.edit.aim.placeCentre')}
          </Button>
        </div>
      )}
    </div>
  );
}
