// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';
import type { LatLngBounds, LeafletMouseEvent, Map as LeafletMap, Point } from 'leaflet';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShownTheme } from '../app/theme.ts';
import { IconButton } from '../design/Button.tsx';
import { baseMap } from './base-map.ts';
import type { Hit } from './camera-hit.ts';
import { CameraLayer } from './camera-layer.ts';
import type { CameraStore } from './camera-store.ts';
import { CLUSTER_BELOW } from './cluster-grid.ts';
import type { Spot } from './console-search.ts';
import { MapTip } from './MapTip.tsx';
import styles from './MapView.module.css';
import { ScaleBar } from './ScaleBar.tsx';
import { readMapColours, Sprites } from './sprites.ts';
import { useMap } from './use-map.ts';

export interface MapViewProps {
  start: Spot;
  store: CameraStore | undefined;
  /** Changes whenever the store has changed inside. */
  version: object;
  selected: CameraId | undefined;
  hovered: CameraId | undefined;
  onSelect: (id: CameraId | undefined) => void;
  onMoved: (spot: Spot, bounds: LatLngBounds) => void;
  onReady: (map: LeafletMap) => void;
  onFit: () => void;
}

export interface Pointed {
  hit: Hit;
  point: Point;
}

export function MapView(props: MapViewProps) {
  const { t } = useTranslation();
  const [pointed, setPointed] = useState<Pointed>();
  const [zoom, setZoom] = useState(props.start.zoom);
  const [lat, setLat] = useState(props.start.lat);
  const moved = (map: LeafletMap) => {
    const centre = map.getCenter().wrap();
    setPointed(undefined);
    setZoom(map.getZoom());
    setLat(centre.lat);
    props.onMoved({ lat: centre.lat, lon: centre.lng, zoom: map.getZoom() }, map.getBounds());
  };
  const { holder, map } = useMap({ start: props.start, onMoved: moved });
  const layer = useCameraLayer(map, props);
  usePointer(map, layer, props, setPointed);
  const ready = useEffectEvent((made: LeafletMap) => {
    props.onReady(made);
    moved(made);
  });
  // The page flies to places and fits areas; it gets the map once it stands.
  useEffect(() => {
    if (map !== undefined) ready(map);
  }, [map]);

  return (
    <>
      <div ref={holder} className={styles['map']} role="region" aria-label={t('map.label')} />
      {pointed !== undefined && props.store !== undefined && <MapTip pointed={pointed} store={props.store} />}
      <div className={styles['tools']}>
        <div className={styles['group']}>
          <IconButton icon="home" label={t('map.fit')} onClick={props.onFit} />
        </div>
        <div className={styles['group']}>
          <IconButton icon="plus" label={t('map.zoomIn')} shortcut="+" onClick={() => map?.zoomIn()} />
          <IconButton icon="minus" label={t('map.zoomOut')} shortcut="-" onClick={() => map?.zoomOut()} />
        </div>
        <ScaleBar lat={lat} zoom={zoom} />
      </div>
    </>
  );
}

function useCameraLayer(map: LeafletMap | undefined, props: MapViewProps): CameraLayer | undefined {
  const theme = useShownTheme();
  const [layer, setLayer] = useState<CameraLayer>();
  // Base map and sprites take their colours from the theme, so they are made again with it.
  useEffect(() => {
    if (map === undefined) return undefined;
    const base = baseMap().addTo(map);
    const made = new CameraLayer(new Sprites(readMapColours(), window.devicePixelRatio)).addTo(map);
    setLayer(made);
    // Numbers on clusters are drawn with the font, which may come after the first drawing.
    void document.fonts.load("600 12px 'Be Vietnam Pro'").then(() => {
      made.setSprites(new Sprites(readMapColours(), window.devicePixelRatio));
    });
    return () => {
      base.remove();
      made.remove();
    };
  }, [map, theme]);

  const { store, version, selected, hovered } = props;
  // The layer draws what the page knows.
  useEffect(() => layer?.setStore(store), [layer, store]);
  useEffect(() => layer?.redraw(), [layer, version]);
  useEffect(() => {
    if (store === undefined) return;
    layer?.setSelected(selected === undefined ? -1 : store.indexOf(selected));
  }, [layer, store, selected, version]);
  useEffect(() => {
    if (store === undefined) return;
    layer?.setHovered(hovered === undefined ? -1 : store.indexOf(hovered));
  }, [layer, store, hovered]);
  return layer;
}

function usePointer(
  map: LeafletMap | undefined,
  layer: CameraLayer | undefined,
  { store, onSelect }: MapViewProps,
  setPointed: (pointed: Pointed | undefined) => void,
): void {
  const click = useEffectEvent((event: LeafletMouseEvent) => {
    const hit = layer?.hit(event.containerPoint);
    if (hit === undefined || store === undefined || map === undefined) return;
    if (hit.kind === 'camera') {
      onSelect(store.idAt(hit.index));
      return;
    }
    const bounds = layer?.boundsOfCluster(hit.at);
    if (bounds === undefined) return;
    const fits = map.getBoundsZoom(bounds.pad(0.15));
    // Members on one spot never come apart by zooming to their bounds alone.
    const zoom = Math.max(map.getZoom() + 1, Math.min(fits, CLUSTER_BELOW + 1));
    map.flyTo(bounds.getCenter(), zoom, { duration: 0.35 });
  });
  const hover = useEffectEvent((event: LeafletMouseEvent) => {
    const hit = layer?.hit(event.containerPoint);
    layer?.setHovered(hit?.kind === 'camera' ? hit.index : -1);
    if (map !== undefined) map.getContainer().style.cursor = hit === undefined ? '' : 'pointer';
    setPointed(hit === undefined ? undefined : { hit, point: event.containerPoint });
  });
  const leave = useEffectEvent(() => {
    layer?.setHovered(-1);
    setPointed(undefined);
  });
  // Leaflet's own events.
  useEffect(() => {
    const listeners = {
      click: (event: LeafletMouseEvent) => click(event),
      mousemove: (event: LeafletMouseEvent) => hover(event),
      mouseout: () => leave(),
      movestart: () => leave(),
    };
    map?.on(listeners);
    return () => {
      map?.off(listeners);
    };
  }, [map]);
}
