// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimDraft } from '@louver/contract';
import { localFrame, viewCone } from '@louver/sightline';
import type { LatLngBounds, Map as LeafletMap, Marker } from 'leaflet';
import { L } from '../../map/leaflet.ts';

export interface Place {
  lon: number;
  lat: number;
}

export interface MarkEvents {
  onPlace: (place: Place) => void;
  onTurn: (heading: number) => void;
  /** A hand has taken hold of it, or let go. */
  onHold?: (isHeld: boolean) => void;
}

/** What a screen reader is told of the two things that can be moved. */
export interface MarkWords {
  marker: string;
  handle: string;
  heading: string;
}

const ARROWS: Partial<Record<string, readonly [east: number, north: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const latLng = ([lon, lat]: readonly [number, number]): [number, number] => [lat, lon];
const round = (degrees: number): number => Math.round(degrees * 2) / 2;

/** Everything within reach, whichever way it turns: the handle must not leave the map when the number is typed. */
export const boundsOf = ({ position, range }: AimDraft): LatLngBounds =>
  L.latLng(position.lat, position.lon).toBounds(2 * range);

/** A camera on the map that can be moved and turned, by hand and by arrow keys. */
export class CameraMark {
  readonly #map: LeafletMap;
  readonly #events: MarkEvents;
  readonly #cone = L.polygon([], { className: 'aim-cone', interactive: false });
  readonly #marker: Marker;
  readonly #handle: Marker;
  #place: Place | undefined;
  #aim: AimDraft | undefined;
  #turning = false;

  constructor(map: LeafletMap, events: MarkEvents) {
    this.#map = map;
    this.#events = events;
    this.#marker = this.#piece('aim-place', 34);
    this.#handle = this.#piece('aim-handle', 30);
    this.#marker.on('drag', () => events.onPlace(this.#placeOf(this.#marker)));
    this.#handle
      .on('dragstart', () => (this.#turning = true))
      .on('drag', () => this.#turnTo(this.#placeOf(this.#handle)))
      .on('dragend', () => {
        this.#turning = false;
        this.#drawHandle();
      });
    for (const piece of [this.#marker, this.#handle])
      piece.on('dragstart', () => events.onHold?.(true)).on('dragend', () => events.onHold?.(false));
  }

  update(place: Place | undefined, aim: AimDraft | undefined, words: MarkWords): void {
    [this.#place, this.#aim] = [place, aim];
    if (place === undefined) this.#marker.remove();
    else {
      this.#marker.setLatLng([place.lat, place.lon]);
      this.#show(this.#marker, { role: 'application', 'aria-label': words.marker }, this.#moveByKey);
    }
    if (aim === undefined) {
      this.#cone.remove();
      this.#handle.remove();
      return;
    }
    this.#cone.setLatLngs(viewCone(aim).map(latLng)).addTo(this.#map);
    this.#drawHandle();
    const slider = {
      role: 'slider',
      'aria-label': words.handle,
      'aria-valuemin': '0',
      'aria-valuemax': '360',
      'aria-valuenow': String(Math.round(aim.heading)),
      'aria-valuetext': words.heading,
    };
    this.#show(this.#handle, slider, this.#turnByKey);
  }

  remove(): void {
    for (const layer of [this.#cone, this.#marker, this.#handle]) layer.remove();
  }

  #piece(className: string, size: number): Marker {
    const icon = L.divIcon({ className, html: '<i></i>', iconSize: [size, size] });
    return L.marker([0, 0], { icon, draggable: true, autoPan: true });
  }

  #show(marker: Marker, attributes: Record<string, string>, onKey: (event: KeyboardEvent) => void): void {
    if (!this.#map.hasLayer(marker)) {
      marker.addTo(this.#map);
      marker.getElement()?.addEventListener('keydown', onKey);
    }
    for (const [name, value] of Object.entries(attributes)) marker.getElement()?.setAttribute(name, value);
  }

  #placeOf(marker: Marker): Place {
    const { lat, lng } = marker.getLatLng().wrap();
    return { lat, lon: lng };
  }

  /** The handle stays under the hand that drags it, and is put back on its line afterwards. */
  #drawHandle(): void {
    if (this.#aim === undefined || this.#turning) return;
    const { position, heading, range } = this.#aim;
    const angle = (heading * Math.PI) / 180;
    const end = localFrame(position).fromLocal([range * Math.sin(angle), range * Math.cos(angle)]);
    this.#handle.setLatLng(latLng(end));
  }

  #turnTo({ lon, lat }: Place): void {
    if (this.#aim === undefined) return;
    const [east, north] = localFrame(this.#aim.position).toLocal([lon, lat]);
    this.#events.onTurn(round((Math.atan2(east, north) * 180) / Math.PI + 360) % 360);
  }

  readonly #moveByKey = (event: KeyboardEvent): void => {
    const step = ARROWS[event.key];
    if (step === undefined || this.#place === undefined) return;
    this.#swallow(event);
    const metres = event.shiftKey ? 10 : 1;
    const [lon, lat] = localFrame(this.#place).fromLocal([step[0] * metres, step[1] * metres]);
    this.#events.onPlace({ lon, lat });
  };

  readonly #turnByKey = (event: KeyboardEvent): void => {
    const step = ARROWS[event.key];
    if (step === undefined || this.#aim === undefined) return;
    this.#swallow(event);
    const degrees = (step[0] + step[1]) * (event.shiftKey ? 10 : 1);
    this.#events.onTurn(round(this.#aim.heading + degrees + 360) % 360);
  };

  /** Leaflet would pan with the same keys, and the page would scroll. */
  #swallow(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
  }
}
