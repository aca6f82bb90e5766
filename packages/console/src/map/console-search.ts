// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, CameraStatus, HostPremises, JurisdictionPath, Mobility, StreamState } from '@louver/contract';
import { z } from 'zod';
import { dropped, listed } from '../app/search-params.ts';

export interface Spot {
  lat: number;
  lon: number;
  zoom: number;
}

/** `lat,lon,zoom` as a person would read a place; five decimals are a metre. */
const at = z.string().regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?,\d{1,2}$/);

export function spotOf(text: string | undefined): Spot | undefined {
  const [lat, lon, zoom] = (text ?? '').split(',').map(Number);
  if (lat === undefined || lon === undefined || zoom === undefined) return undefined;
  return Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom <= 20 ? { lat, lon, zoom } : undefined;
}

export const textOfSpot = ({ lat, lon, zoom }: Spot): string =>
  `${lat.toFixed(5)},${lon.toFixed(5)},${Math.round(zoom)}`;

/** What the address of the console says: filters, the place on the map, the camera in hand. A link shows the same. */
export const ConsoleSearch = z.object({
  q: dropped(z.string().trim().min(1).max(100)),
  status: listed(CameraStatus),
  state: listed(StreamState),
  mobility: listed(Mobility),
  premises: listed(HostPremises),
  area: dropped(JurisdictionPath),
  camera: dropped(CameraId),
  at: dropped(at),
  view: dropped(z.literal('table')),
  all: dropped(z.literal('yes')),
});
export type ConsoleSearch = z.output<typeof ConsoleSearch>;

export type Filters = Pick<ConsoleSearch, 'q' | 'status' | 'state' | 'mobility' | 'premises' | 'area'>;

export const NO_FILTERS = {
  q: undefined,
  status: undefined,
  state: undefined,
  mobility: undefined,
  premises: undefined,
  area: undefined,
} as const satisfies Record<keyof Filters, undefined>;

export const countFilters = (filters: Filters): number =>
  (Object.keys(NO_FILTERS) as (keyof Filters)[]).filter((key) => filters[key] !== undefined).length;

/** The query of `GET /cameras`. */
export function cameraQueryOf({ q, status, state, mobility, premises, area }: Filters, bbox?: string) {
  return {
    ...(q === undefined ? {} : { q }),
    ...(status === undefined ? {} : { status }),
    ...(state === undefined ? {} : { state }),
    ...(mobility === undefined ? {} : { mobility }),
    ...(premises === undefined ? {} : { hostPremises: premises }),
    ...(area === undefined ? {} : { jurisdiction: area }),
    ...(bbox === undefined ? {} : { bbox }),
  };
}

/** Adds a value to a list of the address or takes it away; an empty list leaves the address. */
export function toggled<V extends string>(values: readonly V[] | undefined, value: V): V[] | undefined {
  const next = values?.includes(value) ? values.filter((each) => each !== value) : [...(values ?? []), value];
  return next.length === 0 ? undefined : next;
}
