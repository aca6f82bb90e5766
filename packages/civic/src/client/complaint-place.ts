// SPDX-License-Identifier: AGPL-3.0-or-later
// A pin in the place of an address. The place goes along with the form, and to nobody before that but the question whether
// somebody has complained about it already.
import type { NearComplaint } from '@louver/contract';
import { complainWords } from '../complain/complain-words.ts';
import type { Language } from '../language.ts';
import { dateOf, numberOf } from '../times.ts';
import { baseMap } from './base-map.ts';
import { L } from './leaflet.ts';

const language: Language = document.documentElement.lang === 'en' ? 'en' : 'vi';
const words = complainWords[language];
const FINEST = 15;
const CLOSE_ZOOM = 17;
/** About a metre. */
const DIGITS = 5;

interface PlaceData {
  bounds: [west: number, south: number, east: number, north: number];
  kind: string;
}

async function nearTo(kind: string, { lat, lng }: L.LatLng): Promise<NearComplaint[]> {
  const answer = await fetch('/api/v1/complaints/near', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind, place: { lon: lng, lat } }),
  });
  return answer.ok ? ((await answer.json()) as { items: NearComplaint[] }).items : [];
}

function radio(value: string, label: string, checked: boolean): HTMLElement {
  const option = document.createElement('label');
  option.className = 'option';
  const input = document.createElement('input');
  Object.assign(input, { type: 'radio', name: 'joins', value, checked });
  const text = document.createElement('span');
  text.textContent = label;
  option.append(input, text);
  return option;
}

/** The same question that the server asks where the camera is known. */
function nearChoice(near: readonly NearComplaint[]): HTMLElement {
  const choice = document.createElement('fieldset');
  choice.className = 'field choice';
  const legend = document.createElement('legend');
  legend.textContent = words.near;
  const hint = document.createElement('p');
  hint.className = 'hint';
  hint.textContent = words.nearWhy;
  choice.append(legend, hint);
  for (const { reference, filedOn, affected } of near) {
    const label = words.nearOne(reference, dateOf(filedOn, language), numberOf(affected, language));
    choice.append(radio(reference, label, false));
  }
  choice.append(radio('', words.nearOther, true));
  return choice;
}

function start(root: HTMLElement): void {
  const { bounds, kind } = JSON.parse(root.dataset['complaintPlace']!) as PlaceData;
  const [west, south, east, north] = bounds;
  const field = (name: string) => root.closest('form')!.querySelector<HTMLInputElement>(`[name=${name}]`)!;
  const status = root.querySelector<HTMLElement>('[role=status]')!;
  const box = root.querySelector<HTMLElement>('.map')!;
  root.hidden = false;
  const map = L.map(box, { maxZoom: 19, attributionControl: false, zoomSnap: 0.5 });
  map.fitBounds([
    [south, west],
    [north, east],
  ]);
  baseMap({ tiles: '/civic/map/{z}/{x}/{y}', finest: FINEST }).addTo(map);
  let pin: L.Marker | undefined;
  let near: HTMLElement | undefined;
  const told = () => {
    const at = pin!.getLatLng();
    field('lon').value = at.lng.toFixed(DIGITS);
    field('lat').value = at.lat.toFixed(DIGITS);
    status.textContent = status.dataset['placed'] ?? '';
    // Whether somebody complained already is a help: without an answer the form is as good.
    nearTo(kind, at).then(
      (found) => {
        near?.remove();
        near = found.length > 0 ? nearChoice(found) : undefined;
        if (near) root.after(near);
      },
      () => undefined,
    );
  };
  const put = (at: L.LatLng) => {
    if (!pin) {
      pin = L.marker(at, {
        draggable: true,
        keyboard: false,
        icon: L.divIcon({ className: 'pin', iconSize: [28, 36], iconAnchor: [14, 36] }),
      }).addTo(map);
      pin.on('dragend', told);
    }
    pin.setLatLng(at);
    told();
  };
  map.on('click', ({ latlng }) => put(latlng));
  box.addEventListener('keydown', ({ key, target }) => {
    if (key === 'Enter' && target === box) put(map.getCenter());
  });
  const [lon, lat] = [Number(field('lon').value), Number(field('lat').value)];
  if (field('lon').value !== '' && Number.isFinite(lon) && Number.isFinite(lat)) {
    map.setView([lat, lon], CLOSE_ZOOM);
    put(L.latLng(lat, lon));
  }
}

const root = document.querySelector<HTMLElement>('[data-complaint-place]');
if (root) start(root);
