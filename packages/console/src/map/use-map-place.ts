// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';
import { useQueryClient } from '@tanstack/react-query';
import type { LatLngBounds, Map as LeafletMap } from 'leaflet';
import { useEffect, useRef, useState } from 'react';
import { cameraQuery } from '../cameras/queries.ts';
import type { CameraStore } from './camera-store.ts';
import { spotOf, textOfSpot, type ConsoleSearch, type Spot } from './console-search.ts';
import { spotAround } from './spot-around.ts';

const SETTLED_MS = 250;
const PANEL_PX = 408;

export interface MapPlace {
  start: Spot | undefined;
  map: LeafletMap | undefined;
  bounds: LatLngBounds | undefined;
  /** The view once the map has come to rest, as the list asks for it. */
  bbox: string | undefined;
  onReady: (map: LeafletMap) => void;
  onMoved: (spot: Spot, bounds: LatLngBounds) => void;
  fit: (store: CameraStore | undefined) => void;
}

/** Where the map is. The address follows the map at rest; the map follows the address when somebody else changed it. */
export function useMapPlace({ at }: ConsoleSearch, onSettled: (spot: Spot) => void): MapPlace {
  const [map, setMap] = useState<LeafletMap>();
  const [bounds, setBounds] = useState<LatLngBounds>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const written = useRef(at);
  // A palette or the back button has set another place.
  useEffect(() => {
    const spot = spotOf(at);
    if (map === undefined || spot === undefined || at === written.current) return;
    written.current = at;
    map.flyTo([spot.lat, spot.lon], spot.zoom, { duration: 0.5 });
  }, [map, at]);
  // A timer must not outlive the page.
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    start: spotOf(at),
    map,
    bounds,
    bbox: bounds === undefined ? undefined : textOfBounds(bounds),
    onReady: setMap,
    onMoved: (spot, next) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        setBounds(next);
        const text = textOfSpot(spot);
        if (text === written.current) return;
        written.current = text;
        onSettled(spot);
      }, SETTLED_MS);
    },
    fit: (store) => {
      const box = store?.bounds();
      if (map === undefined || box === undefined) return;
      const { lat, lon, zoom } = spotAround(box, map.getSize());
      map.flyTo([lat, lon], zoom, { duration: 0.5 });
    },
  };
}

const textOfBounds = (bounds: LatLngBounds): string =>
  [bounds.getWest(), Math.max(-90, bounds.getSouth()), bounds.getEast(), Math.min(90, bounds.getNorth())]
    .map((degrees) => degrees.toFixed(5))
    .join(',');

/** Brings a camera into view without leaving the scale somebody works at, unless that is a whole city. */
export function useLocate(map: LeafletMap | undefined): (id: CameraId) => Promise<void> {
  const client = useQueryClient();
  return async (id) => {
    const camera = await client.ensureQueryData(cameraQuery(id));
    if (map === undefined) return;
    const [lon, lat] = camera.location.coordinates;
    const zoom = Math.max(map.getZoom(), 17);
    // The middle of what the panel leaves free, not of the map below it.
    const covered = innerWidth > 900 ? PANEL_PX / 2 : 0;
    const centre = map.unproject(map.project([lat, lon], zoom).add([covered, 0]), zoom);
    map.flyTo(centre, zoom, { duration: 0.4 });
  };
}
