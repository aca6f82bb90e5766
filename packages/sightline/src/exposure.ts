// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Canvas } from './canvas.ts';
import { type DoriLevel, doriLevel, doriRank } from './dori.ts';
import type { FrameMap } from './frame-map.ts';
import type { Lens } from './lens.ts';
import { NEAR_M } from './projector.ts';
import { type Sight, frameSize } from './sight.ts';

/** How much of one home an aim sees. */
export interface Exposure {
  readonly buildingId: string;
  /** Visible part of it, 0…1 of the frame. */
  readonly frameShare: number;
  /** Pixels of the frame per metre at its visible point of least depth, on a plane that faces the camera. */
  readonly pixelsPerMetre: number;
  readonly dori: DoriLevel;
  /** Plane metres (as on a map) from the camera to its nearest visible point; 0 within it. */
  readonly distanceMetres: number;
}

/** By building; only homes are filled in. */
interface Seen {
  readonly cells: Float64Array;
  /** 1/depth of the nearest cell, 1/m. */
  readonly inverse: Float64Array;
  /** Square of the plane distance of the cell that is nearest on a map, m². */
  readonly planar2: Float64Array;
}

/** As `seenBy`, through a lens that bends: cell by cell, each with a ray of its own. */
function seenThrough({ lens, canvas, standing }: Sight, { cells: shown }: FrameMap): Seen {
  const cells = new Float64Array(standing.length);
  const nearest = new Float64Array(standing.length);
  const planar2 = new Float64Array(standing.length).fill(Infinity);
  const { right, down, forward } = lens;
  for (const i of shown) {
    const owner = canvas.owners[i] as number;
    if (owner < 0) continue;
    const u = (Math.floor(i / canvas.rows) + 0.5 - lens.centreX) / lens.focalX;
    const v = ((i % canvas.rows) + 0.5 - lens.centreY) / lens.focalY;
    const [east, north] = [forward[0] + u * right[0] + v * down[0], forward[1] + u * right[1] + v * down[1]];
    const near = canvas.inverse[i] as number;
    cells[owner] = (cells[owner] as number) + 1;
    nearest[owner] = Math.max(nearest[owner] as number, near);
    planar2[owner] = Math.min(planar2[owner] as number, (east * east + north * north) / (near * near));
  }
  return { cells, inverse: nearest, planar2 };
}

function seenBy({ lens, canvas, standing }: Sight): Seen {
  const seen: Seen = {
    cells: new Float64Array(standing.length),
    inverse: new Float64Array(standing.length),
    planar2: new Float64Array(standing.length).fill(Infinity),
  };
  for (let x = lens.border; x < lens.columns - lens.border; x++) seeColumn(seen, lens, canvas, x);
  return seen;
}

/** Cells of one home come in runs: what a run adds is written down when it ends. */
function seeColumn(seen: Seen, lens: Lens, { owners, inverse, rows }: Canvas, x: number): void {
  const { right, down, forward } = lens;
  const u = (x + 0.5 - lens.centreX) / lens.focalX;
  const [eastStep, northStep] = [down[0] / lens.focalY, down[1] / lens.focalY];
  // The ray of the column's first cell along the ground, for a metre of depth.
  const eastTop = forward[0] + u * right[0] + (0.5 - lens.centreY) * eastStep;
  const northTop = forward[1] + u * right[1] + (0.5 - lens.centreY) * northStep;
  const top = x * rows;
  const end = top + rows - lens.border;
  for (let i = top + lens.border; i < end;) {
    const owner = owners[i] as number;
    // The codes of homes, and only those, are not negative.
    if (owner < 0) {
      i++;
      continue;
    }
    const first = i;
    let near = 0;
    // A fraction whose parts are kept apart: a division for each cell would cost more than all the rest.
    let [above, below] = [1, 0];
    let east = eastTop + (i - top) * eastStep;
    let north = northTop + (i - top) * northStep;
    for (; i < end && owners[i] === owner; i++, east += eastStep, north += northStep) {
      const inverseDepth = inverse[i] as number;
      const squares = east * east + north * north;
      const depths = inverseDepth * inverseDepth;
      if (inverseDepth > near) near = inverseDepth;
      if (squares * below < above * depths) {
        above = squares;
        below = depths;
      }
    }
    const planar2 = above / below;
    seen.cells[owner] = (seen.cells[owner] as number) + i - first;
    if (near > (seen.inverse[owner] as number)) seen.inverse[owner] = near;
    if (planar2 < (seen.planar2[owner] as number)) seen.planar2[owner] = planar2;
  }
}

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

/** Homes that show in at least one cell of the frame, worst first: by DORI level, then by share of the frame. */
export function exposuresOf(sight: Sight): Exposure[] {
  const { lens, standing } = sight;
  const { columns, rows } = frameSize(sight);
  const cells = columns * rows;
  const seen = sight.frame ? seenThrough(sight, sight.frame) : seenBy(sight);
  return standing
    .flatMap(({ id }, i): Exposure[] => {
      if (seen.cells[i] === 0) return [];
      const pixelsPerMetre = rounded(lens.focalPixels * Math.min(seen.inverse[i] as number, 1 / NEAR_M), 6);
      return [
        {
          buildingId: id,
          frameShare: rounded((seen.cells[i] as number) / cells, 6),
          pixelsPerMetre,
          dori: doriLevel(pixelsPerMetre),
          distanceMetres: Math.round(Math.sqrt(seen.planar2[i] as number) * 1000) / 1000,
        },
      ];
    })
    .toSorted((a, b) => doriRank(b.dori) - doriRank(a.dori) || b.frameShare - a.frameShare);
}
