// SPDX-License-Identifier: AGPL-3.0-or-later
// Answers which cameras see a home without telling anybody which home: loads the whole ward at once, and then nothing.
import type { Polygon } from 'leaflet';
import type { Language } from '../language.ts';
import {
  homeTileAddress,
  mapTileAddress,
  type Home,
  type HomeCheckData,
  type HomeTile,
  type TileName,
} from '../my-home/home-tile.ts';
import { myHomeWords } from '../my-home/my-home-words.ts';
import { answerTo } from './answer.ts';
import { baseMap } from './base-map.ts';
import { homeAt } from './home-at.ts';
import { L } from './leaflet.ts';

const language: Language = document.documentElement.lang === 'en' ? 'en' : 'vi';
const words = myHomeWords[language];
/** A thumb may miss a house by this much. */
const NEAR_PIXELS = 14;

async function load(address: string): Promise<Response> {
  const answer = await fetch(address, { credentials: 'omit' });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** Everything there will ever be: both kinds of tiles, and the letters that the answer is written in. */
async function loadWard(tiles: readonly TileName[]) {
  const maps = new Map<string, ArrayBuffer>();
  const homes: Home[] = [];
  const fonts = ['400', '600'].map((weight) => document.fonts.load(`${weight} 16px "Be Vietnam Pro"`, 'aạ'));
  await Promise.all([
    ...fonts,
    ...tiles.map(async (tile) => {
      maps.set(tile.join('/'), await (await load(mapTileAddress(tile))).arrayBuffer());
      homes.push(...((await (await load(homeTileAddress(tile))).json()) as HomeTile).homes);
    }),
  ]);
  return { maps, homes };
}

async function start(root: HTMLElement): Promise<void> {
  const { tiles, bounds } = JSON.parse(root.dataset['homeCheck']!) as HomeCheckData;
  const part = (selector: string) => root.querySelector<HTMLElement>(selector)!;
  const [status, box, answer] = [part('[data-status]'), part('.map'), part('.answer')];
  root.hidden = false;
  try {
    const { maps, homes } = await loadWard(tiles);
    const [west, south, east, north] = bounds;
    const finest = tiles[0]![0];
    const ward = L.latLngBounds([south, west], [north, east]);
    const map = L.map(box, {
      minZoom: finest + 1,
      maxZoom: 19,
      maxBounds: ward.pad(0.15),
      attributionControl: false,
      zoomAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    }).setView(ward.getCenter(), Math.max(finest + 1, 16));
    baseMap({ tiles: (z, x, y) => maps.get(`${z}/${x}/${y}`), finest }).addTo(map);
    box.append(Object.assign(document.createElement('span'), { className: 'middle' }));
    let chosen: Polygon | undefined;
    const choose = (at: L.LatLng) => {
      const metres = (NEAR_PIXELS * 40_075_016 * Math.cos((at.lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
      const home = homeAt(homes, [at.lng, at.lat], metres);
      chosen?.remove();
      chosen = undefined;
      if (home)
        chosen = L.polygon(
          home[0].map((ring) => ring.map(([lon, lat]): [number, number] => [lat, lon])),
          { color: getComputedStyle(box).getPropertyValue('--map-seen').trim(), weight: 3, interactive: false },
        ).addTo(map);
      answer.hidden = false;
      answer.replaceChildren(...answerTo(home, language));
    };
    map.on('click', ({ latlng }) => choose(latlng));
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target === box) choose(map.getCenter());
    });
    status.textContent = words.tap;
    for (const sentence of document.querySelectorAll<HTMLElement>('[data-without-script]')) sentence.hidden = true;
    root.dataset['ready'] = '';
  } catch {
    status.textContent = words.failed;
    box.hidden = true;
  }
}

const root = document.querySelector<HTMLElement>('[data-home-check]');
if (root) void start(root);
