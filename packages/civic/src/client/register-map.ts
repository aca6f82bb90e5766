// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of cameras as a map. Nothing is on it that is not in the list.
import type { Language } from '../language.ts';
import { pathTo } from '../paths.ts';
import { baseMap } from './base-map.ts';
import { L } from './leaflet.ts';

const MOST_CAMERAS = 1000;
const FINEST = 15;
const language: Language = document.documentElement.lang === 'en' ? 'en' : 'vi';

interface CameraFeature {
  id: string;
  geometry: { coordinates: [lon: number, lat: number] };
  properties: { code: string; name: string; operator: string | null; status: 'planned' | 'live' };
}

async function camerasIn(bounds: L.LatLngBounds, signal: AbortSignal): Promise<CameraFeature[]> {
  const query = new URLSearchParams({ f: 'json', limit: String(MOST_CAMERAS), bbox: bounds.toBBoxString() });
  const answer = await fetch(`/ogc/collections/cameras/items?${query.toString()}`, { signal, credentials: 'omit' });
  return answer.ok ? ((await answer.json()) as { features: CameraFeature[] }).features : [];
}

function popup({ properties: { code, name, operator } }: CameraFeature): HTMLElement {
  const box = document.createElement('div');
  const link = document.createElement('a');
  link.href = pathTo({ page: 'camera', params: { code } }, language);
  link.textContent = name;
  box.append(link, document.createElement('br'), [code, operator].filter(Boolean).join(' · '));
  return box;
}

function start(root: HTMLElement): void {
  root.hidden = false;
  const [west, south, east, north] = root.dataset['registerMap']!.split(',').map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const box = root.querySelector<HTMLElement>('.map')!;
  const map = L.map(box, { maxZoom: 19, attributionControl: false, preferCanvas: true, zoomSnap: 0.5 });
  map.fitBounds([
    [south, west],
    [north, east],
  ]);
  baseMap({ tiles: '/civic/map/{z}/{x}/{y}', finest: FINEST }).addTo(map);
  const marks = L.layerGroup().addTo(map);
  const token = (name: string) => getComputedStyle(box).getPropertyValue(name).trim();
  let asked = new AbortController();
  const show = async () => {
    asked.abort();
    asked = new AbortController();
    const cameras = await camerasIn(map.getBounds(), asked.signal);
    marks.clearLayers();
    for (const camera of cameras) {
      const [lon, lat] = camera.geometry.coordinates;
      const planned = camera.properties.status === 'planned';
      // Planned ones are hollow: a shape, not only a colour.
      L.circleMarker([lat, lon], {
        radius: 7,
        weight: 2,
        color: token('--map-camera'),
        fillColor: token('--map-seen'),
        fillOpacity: planned ? 0 : 1,
        ...(planned ? { dashArray: '3 3' } : {}),
      })
        .bindPopup(popup(camera))
        .addTo(marks);
    }
    root.dataset['shown'] = String(cameras.length);
  };
  const again = () => void show().catch(() => undefined);
  map.on('moveend', again);
  again();
}

const root = document.querySelector<HTMLElement>('[data-register-map]');
if (root) start(root);
