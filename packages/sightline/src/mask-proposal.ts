// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';
import type { Building } from './building.ts';
import { type Exposure, exposuresOf } from './exposure.ts';
import { DEFAULT_MARGIN_DEG, grown } from './margin.ts';
import { type Looseness, outlineOf } from './outline.ts';
import { type Piece, piecesOf, split } from './pieces.ts';
import { type Point2, signedArea } from './polygon.ts';
import { type Region, halved, homeRegion } from './region.ts';
import { type Sight, inFrame, sightOf } from './sight.ts';
import type { Terrain } from './terrain.ts';

/** Open ring in fractions of the frame's width and height, origin top left; simple, 3 to 64 corners. */
export type MaskOutline = readonly Point2[];

export const MAX_MASK_CORNERS = 64;
export const MAX_MASKS = 200;

/** Bare silhouettes: both sides together add at most seven hundredths. */
export const TIGHT: Looseness = { share: 0.035, most: 4 };
/** With a margin nobody can tell a corner more exactly than that margin. */
const LOOSE: Looseness = { share: 0.05, most: 5 };

function ringsOf(piece: Piece, region: Region, looseness: Looseness): Point2[][] {
  const ring = outlineOf(piece, region.columns, region.rows, looseness);
  if (ring.length <= MAX_MASK_CORNERS || piece.tops.length < 2) return [ring];
  return split(piece).flatMap((half) => ringsOf(half, region, looseness));
}

/** Rings in cells that cover every cell of a region; undefined when they are more than a mask set may have. */
function covering(region: Region, looseness: Looseness, most: number): Point2[][] | undefined {
  const pieces = piecesOf(region);
  if (pieces.length > most) return undefined;
  const rings = pieces.flatMap((piece) => ringsOf(piece, region, looseness));
  return rings.length > most ? undefined : rings;
}

const DIGITS = 1e6;
const unit = (value: number): number => Math.min(1, Math.round(value * DIGITS) / DIGITS);

/** In fractions of the frame; what becomes one corner by that is one. */
function written(ring: readonly Point2[], width: number, height: number): MaskOutline {
  const corners = ring.map(([x, y]): Point2 => [unit(x / width), unit(y / height)]);
  return corners.filter(([x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length] as Point2;
    return x !== nextX || y !== nextY;
  });
}

/** At most `most` polygons (one or more) that cover the centre of every cell of a region, largest first. */
export function coverRegion(region: Region, looseness: Looseness, most: number = MAX_MASKS): MaskOutline[] {
  let [coarse, width, height] = [region, region.columns, region.rows];
  let rings = covering(coarse, looseness, most);
  while (!rings) {
    // A grid half as fine covers no less and falls into fewer pieces; in the end there is one.
    coarse = halved(coarse);
    [width, height] = [width / 2, height / 2];
    rings = covering(coarse, looseness, most);
  }
  return rings
    .map((ring) => written(ring, width, height))
    .toSorted((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)));
}

export interface MasksOptions {
  /** These homes and no others; by default all. */
  readonly homes?: ReadonlySet<string>;
  /** At most so many polygons, 1 to 200. Fewer cover more of what is no home, and never less of a home. */
  readonly most?: number;
}

/** Polygons over all that a sight shows of homes, and over `marginDeg` of viewing angle around it, largest first. */
export function masksOver(
  sight: Sight,
  marginDeg: number,
  { homes, most = MAX_MASKS }: MasksOptions = {},
): MaskOutline[] {
  const { lens, canvas, standing } = sight;
  const bare = homeRegion(canvas, homes && standing.map(({ id }) => homes.has(id)));
  const region = inFrame(sight, grown(bare, lens, marginDeg));
  return coverRegion(region, marginDeg > 0 ? LOOSE : TIGHT, Math.max(1, most));
}

/** What `louver exposure` prints. */
export interface Measurement {
  readonly polygons: readonly MaskOutline[];
  /** Homes only, worst first. */
  readonly exposures: readonly Exposure[];
}

/** The last one, which left nothing of itself in what was answered. */
let measured: Sight | undefined;

/**
 * Which homes an aim sees, and the masks that follow from it.
 * @param marginDeg safety margin for calibration error; 0 gives bare silhouettes
 * @param terrain by default the ground is flat
 * @throws RangeError on a field of view or frame that no camera has, or a margin outside 0…45 degrees
 */
export function measure(
  aim: Aim,
  buildings: readonly Building[],
  marginDeg = DEFAULT_MARGIN_DEG,
  terrain?: Terrain,
): Measurement {
  const sight = sightOf(aim, buildings, marginDeg, terrain, measured);
  measured = sight;
  return { polygons: masksOver(sight, marginDeg), exposures: exposuresOf(sight) };
}
