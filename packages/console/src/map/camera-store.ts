// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraStatus, cameraIdAt, Mobility, StreamState, type CameraColumns, type CameraId } from '@louver/contract';
import Flatbush from 'flatbush';
import { GLYPHS, glyphOf } from '../cameras/glyphs.ts';
import { CLUSTER_BELOW, clusterGrid, type Clusters } from './cluster-grid.ts';
import type { Filters } from './console-search.ts';
import { IdIndex } from './id-index.ts';
import { worldX, worldY } from './mercator.ts';

/** Metres that a camera is taken to see when nobody has stated it. */
export const RANGE = 40;
const STREAMING = GLYPHS.indexOf('streaming');
const MARKED_ONLY: ReadonlySet<number> = new Set(
  (['none', 'planned', 'retired'] as const).map((each) => GLYPHS.indexOf(each)),
);

interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/**
 * All cameras of the map as columns, never as objects: 100,000 of them cost some megabytes and no garbage collection.
 * The store owns its arrays; the layer only reads them.
 */
export class CameraStore {
  readonly columns: CameraColumns;
  /** Mercator, 0…1 of the world. Doubles, because a float would be 16 pixels wrong at the deepest zoom. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Index into `GLYPHS`. */
  readonly glyph: Uint8Array;
  /** 1 where the filters let a camera be seen. */
  readonly visible: Uint8Array;
  visibleCount = 0;
  /** Metres that the camera sees which sees furthest. */
  readonly longestRange: number;
  readonly #ids: IdIndex;
  readonly #bush: Flatbush | undefined;
  readonly #clusters = new Map<number, Clusters>();
  #bounds: Bounds | undefined;

  constructor(columns: CameraColumns) {
    const { count } = columns;
    this.columns = columns;
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    this.glyph = new Uint8Array(count);
    this.visible = new Uint8Array(count).fill(1);
    this.visibleCount = count;
    this.#ids = new IdIndex(columns.id);
    this.#bush = count === 0 ? undefined : new Flatbush(count);
    for (let i = 0; i < count; i++) {
      const [x, y] = [worldX(columns.lon[i]!), worldY(columns.lat[i]!)];
      this.x[i] = x;
      this.y[i] = y;
      this.glyph[i] = this.#glyphAt(i);
      this.#bush?.add(x, y);
    }
    this.#bush?.finish();
    this.longestRange = columns.rangeMetres.reduce((most, metres) => Math.max(most, metres || 0), RANGE);
  }

  #glyphAt(i: number): number {
    const { status, streamState } = this.columns;
    return GLYPHS.indexOf(glyphOf(CameraStatus.options[status[i]!]!, StreamState.options[streamState[i]!]!));
  }

  idAt(index: number): CameraId {
    return cameraIdAt(this.columns, index);
  }

  indexOf(id: CameraId): number {
    return this.#ids.find(id);
  }

  isLit(index: number): boolean {
    return this.glyph[index] === STREAMING;
  }

  /** Whether the camera gives a picture or should: planned, retired and streamless ones are only marked. */
  isInUse(index: number): boolean {
    return !MARKED_ONLY.has(this.glyph[index]!);
  }

  /** Lets only those be seen that fit; name and premises are not in the columns and are asked of the server. */
  filter({ status, state, mobility, area }: Omit<Filters, 'q' | 'premises'>): void {
    const { columns } = this;
    const statuses = status?.map((each) => CameraStatus.options.indexOf(each));
    const states = state?.map((each) => StreamState.options.indexOf(each));
    const mobilities = mobility?.map((each) => Mobility.options.indexOf(each));
    const areas =
      area === undefined
        ? undefined
        : columns.jurisdictions.map((path) => path === area || path.startsWith(`${area}.`));
    this.visibleCount = 0;
    for (let i = 0; i < columns.count; i++) {
      const seen =
        (statuses === undefined || statuses.includes(columns.status[i]!)) &&
        (states === undefined || states.includes(columns.streamState[i]!)) &&
        (mobilities === undefined || mobilities.includes(columns.mobility[i]!)) &&
        (areas === undefined || areas[columns.jurisdiction[i]!]!);
      this.visible[i] = seen ? 1 : 0;
      if (seen) this.visibleCount++;
    }
    this.#clusters.clear();
    this.#bounds = undefined;
  }

  /** @returns whether the camera is here and has changed */
  setState(id: CameraId, state: StreamState): boolean {
    const index = this.indexOf(id);
    const next = StreamState.options.indexOf(state);
    if (index < 0 || this.columns.streamState[index] === next) return false;
    this.columns.streamState[index] = next;
    this.glyph[index] = this.#glyphAt(index);
    this.#clusters.clear();
    return true;
  }

  /** Clusters of a zoom, or undefined from the zoom on at which every camera stands for itself. */
  clustersAt(zoom: number): Clusters | undefined {
    if (zoom >= CLUSTER_BELOW) return undefined;
    const found = this.#clusters.get(zoom) ?? clusterGrid(this, zoom);
    this.#clusters.set(zoom, found);
    return found;
  }

  /** Indices of the visible cameras in a box of the world. */
  within(minX: number, minY: number, maxX: number, maxY: number): number[] {
    return this.#bush?.search(minX, minY, maxX, maxY, (index) => this.visible[index] === 1) ?? [];
  }

  /** How many visible cameras a box of degrees holds. */
  countIn(west: number, south: number, east: number, north: number): number {
    const { lon, lat, count } = this.columns;
    let sum = 0;
    // A scan of two columns is quicker than an index that lists what it finds.
    for (let i = 0; i < count; i++) {
      const inside = lon[i]! >= west && lon[i]! <= east && lat[i]! >= south && lat[i]! <= north;
      if (inside && this.visible[i] === 1) sum++;
    }
    return sum;
  }

  /** The box around all visible cameras, as longitudes and latitudes; undefined when there are none. */
  bounds(): Bounds | undefined {
    if (this.visibleCount === 0) return undefined;
    return (this.#bounds ??= this.#boundsOfVisible());
  }

  #boundsOfVisible(): Bounds {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    const { lon, lat, count } = this.columns;
    for (let i = 0; i < count; i++) {
      if (this.visible[i] === 0) continue;
      west = Math.min(west, lon[i]!);
      east = Math.max(east, lon[i]!);
      south = Math.min(south, lat[i]!);
      north = Math.max(north, lat[i]!);
    }
    return { west, south, east, north };
  }
}
