// SPDX-License-Identifier: AGPL-3.0-or-later
import { localFrame, type LonLat } from '@louver/sightline';
import type { Map as LeafletMap, Marker } from 'leaflet';
import { L } from '../map/leaflet.ts';

const ARROWS: Partial<Record<string, readonly [east: number, north: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export const latLng = ([lon, lat]: LonLat): [number, number] => [lat, lon];

/** The stretch of street that must stay in view: two ends that can be moved by hand and by arrow keys. */
export class TargetMark {
  readonly #map: LeafletMap;
  readonly #onMove: (ends: LonLat[]) => void;
  readonly #line = L.polyline([], { className: 'plan-target', interactive: false });
  readonly #ends: Marker[];
  #target: readonly LonLat[] = [];

  constructor(map: LeafletMap, onMove: (ends: LonLat[]) => void) {
    this.#map = map;
    this.#onMove = onMove;
    this.#ends = [0, 1].map((end) => {
      const icon = L.divIcon({ className: 'plan-end', html: '<i></i>', iconSize: [30, 30] });
      const marker = L.marker([0, 0], { icon, draggable: true, autoPan: true, zIndexOffset: 1000 });
      return marker.on('drag', () => {
        const { lat, lng } = marker.getLatLng().wrap();
        this.#move(end, [lng, lat]);
      });
    });
  }

  update(target: readonly LonLat[], words: readonly string[]): void {
    this.#target = target;
    if (target.length === 0) {
      this.remove();
      return;
    }
    this.#line.setLatLngs(target.map(latLng)).addTo(this.#map);
    this.#ends.forEach((marker, end) => {
      const at = target[end];
      if (at === undefined) {
        marker.remove();
        return;
      }
      marker.setLatLng(latLng(at));
      if (!this.#map.hasLayer(marker)) {
        marker.addTo(this.#map);
        marker.getElement()?.addEventListener('keydown', (event) => this.#moveByKey(end, event));
      }
      marker.getElement()?.setAttribute('role', 'application');
      marker.getElement()?.setAttribute('aria-label', words[end] ?? '');
    });
  }

  remove(): void {
    for (const layer of [this.#line, ...this.#ends]) layer.remove();
  }

  #move(end: number, to: LonLat): void {
    this.#onMove(this.#target.map((point, i) => (i === end ? to : point)));
  }

  #moveByKey(end: number, event: KeyboardEvent): void {
    const step = ARROWS[event.key];
    const at = this.#target[end];
    if (step === undefined || at === undefined) return;
    // Leaflet would pan with the same keys, and the page would scroll.
    event.preventDefault();
    event.stopPropagation();
    const metres = event.shiftKey ? 10 : 1;
    const [lon, lat] = at;
    this.#move(end, localFrame({ lon, lat }).fromLocal([step[0] * metres, step[1] * metres]));
  }
}
