// SPDX-License-Identifier: AGPL-3.0-or-later
// What page and worker tell one another.
import type { AimGeometry, SurroundingBuilding } from '@louver/contract';
import type { AimSearch, Drawing, Exposure, LonLat, MaskOutline, Wanted } from '@louver/sightline';

export type Request =
  | { readonly type: 'surroundings'; readonly buildings: readonly SurroundingBuilding[] }
  | { readonly type: 'look'; readonly id: number; readonly aim: AimGeometry; readonly marginDeg: number }
  | { readonly type: 'find'; readonly id: number; readonly aim: AimGeometry; readonly wanted: Wanted };

/** How much of a home an aim would see, and how near its outline comes. */
export interface SeenHome extends Exposure {
  readonly facadeMetres: number;
}

/** What one aim would see, for the map and the list: told before the frame is drawn, which takes as long again. */
export interface Looked {
  readonly aim: AimGeometry;
  /** Worst first. */
  readonly homes: readonly SeenHome[];
  /** The ground that shows, GeoJSON MultiPolygon coordinates. */
  readonly viewshed: readonly (readonly (readonly LonLat[])[])[];
}

/** What its frame would look like. */
export interface Drawn {
  readonly aim: AimGeometry;
  /** What would be proposed over homes. */
  readonly masks: readonly MaskOutline[];
  readonly drawing: Drawing;
}

export type Reply =
  | { readonly type: 'looked'; readonly id: number; readonly looked: Looked }
  /** A draft first; `fine` when no other aim was asked for meanwhile. */
  | { readonly type: 'drawn'; readonly id: number; readonly drawn: Drawn; readonly fine: boolean }
  | { readonly type: 'found'; readonly id: number; readonly search: AimSearch }
  | { readonly type: 'failed'; readonly id: number };
