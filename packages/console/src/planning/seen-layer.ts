// SPDX-License-Identifier: AGPL-3.0-or-later
import type { SurroundingBuilding } from '@louver/contract';
import type { DoriLevel, LonLat } from '@louver/sightline';
import type { LayerGroup, Map as LeafletMap, Marker, Polygon } from 'leaflet';
import { L } from '../map/leaflet.ts';
import { latLng } from './target-mark.ts';

/** A home as the map names it: its number in the list and a word for how much of it shows. */
export interface MarkedHome {
  readonly building: SurroundingBuilding;
  readonly dori: DoriLevel;
  /** Breaks the rule. */
  readonly flagged: boolean;
  readonly label: string;
}

type Outline = readonly (readonly (readonly LonLat[])[])[];

/** More words than these would hide the map; the list has all of them. */
const MOST_LABELS = 10;

const middleOf = ({ footprint }: SurroundingBuilding): [number, number] => {
  const corners = (footprint.coordinates as Outline).flatMap((rings) => rings[0] ?? []);
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  return [(Math.min(...lats) + Math.max(...lats)) / 2, (Math.min(...lons) + Math.max(...lons)) / 2];
};

/** What an aim would see: the ground that shows, and every home, coloured and named by how much shows of it. */
export class SeenLayer {
  readonly #group: LayerGroup;
  readonly #ground = L.polygon([], { className: 'plan-ground', interactive: false });
  readonly #homes = new Map<string, Polygon>();
  readonly #labels = new Map<string, Marker>();

  constructor(map: LeafletMap) {
    this.#group = L.layerGroup([this.#ground]).addTo(map);
  }

  update(viewshed: Outline, homes: readonly MarkedHome[]): void {
    const ground = viewshed.map((rings) => rings.map((ring) => ring.map(latLng)));
    this.#ground.setLatLngs(ground);
    this.#drawHomes(homes);
    this.#drawLabels(homes.slice(0, MOST_LABELS));
  }

  remove(): void {
    this.#group.remove();
  }

  #drawHomes(homes: readonly MarkedHome[]): void {
    this.#keepOnly(this.#homes, new Set(homes.map(({ building }) => building.id)));
    for (const { building, dori, flagged } of homes) {
      let shape = this.#homes.get(building.id);
      if (shape === undefined) {
        const outline = (building.footprint.coordinates as Outline).map((rings) =>
          rings.map((ring) => ring.map(latLng)),
        );
        shape = L.polygon(outline, { className: 'plan-home', interactive: false });
        this.#homes.set(building.id, shape);
        this.#group.addLayer(shape);
      }
      // Leaflet sets a class once; what it says changes while the hand moves.
      shape.getElement()?.setAttribute('class', `plan-home plan-${dori} ${flagged ? 'plan-flagged' : ''}`);
    }
  }

  #drawLabels(homes: readonly MarkedHome[]): void {
    this.#keepOnly(this.#labels, new Set(homes.map(({ building }) => building.id)));
    for (const { building, label, flagged } of homes) {
      let sign = this.#labels.get(building.id);
      if (sign === undefined) {
        const icon = L.divIcon({ className: 'plan-label', html: '<b></b>', iconSize: [0, 0] });
        sign = L.marker(middleOf(building), { icon, interactive: false, keyboard: false, zIndexOffset: -1000 });
        this.#labels.set(building.id, sign);
        this.#group.addLayer(sign);
        // The list says the same, and is read out.
        sign.getElement()?.setAttribute('aria-hidden', 'true');
      }
      const text = sign.getElement()?.firstElementChild;
      if (text instanceof HTMLElement && text.textContent !== label) text.textContent = label;
      text?.classList.toggle('plan-breach', flagged);
    }
  }

  #keepOnly(layers: Map<string, Polygon | Marker>, kept: ReadonlySet<string>): void {
    for (const [id, layer] of layers) {
      if (kept.has(id)) continue;
      this.#group.removeLayer(layer);
      layers.delete(id);
    }
  }
}
