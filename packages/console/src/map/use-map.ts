// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Map as LeafletMap } from 'leaflet';
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import { BENCH } from './bench.ts';
import type { Spot } from './console-search.ts';
import { L } from './leaflet.ts';

interface MapOptions {
  start: Spot;
  onMoved: (map: LeafletMap) => void;
}

/** A Leaflet map in a div: made once, taken down with the page. */
export function useMap({ start, onMoved }: MapOptions): {
  holder: RefObject<HTMLDivElement | null>;
  map: LeafletMap | undefined;
} {
  const holder = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<LeafletMap>();
  const moved = useEffectEvent(onMoved);
  const begin = useEffectEvent(() => start);
  // Leaflet owns what is below the div.
  useEffect(() => {
    if (holder.current === null) return undefined;
    const { lat, lon, zoom } = begin();
    const made = L.map(holder.current, {
      center: [lat, lon],
      zoom,
      minZoom: 4,
      maxZoom: 20,
      zoomControl: false,
      attributionControl: false,
      worldCopyJump: true,
      wheelPxPerZoomLevel: 110,
      zoomAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    });
    made.on('moveend', () => moved(made));
    if (BENCH) window.louverBench = { map: made, cameras: () => 0 };
    setMap(made);
    const watcher = new ResizeObserver(() => made.invalidateSize({ animate: false }));
    watcher.observe(holder.current);
    return () => {
      watcher.disconnect();
      made.remove();
    };
  }, []);
  return { holder, map };
}
