// SPDX-License-Identifier: AGPL-3.0-or-later
import { type DoriLevel, doriLevel, doriRank } from './dori.ts';
import type { FrameMap } from './frame-map.ts';
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
    const u = ((i % canvas.columns) + 0.5 - lens.centreX) / lens.focalX;
    const v = (Math.floor(i / canvas.columns) + 0.5 - lens.centreY) / lens.focalY;
    const [east, north] = [forward[0] + u * right[0] + v * down[0], forward[1] + u * right[1] + v * down[1]];
    const near = canvas.inverse[i] as number;
    cells[owner] = (cells[owner] as number) + 1;
    nearest[owner] = Math.max(nearest[owner] as number, near);
    planar2[owner] = Math.min(planar2[owner] as number, (east * east + north * north) / (near * near));
  }
  return { cells, inverse: nearest, planar2 };
}

function seenBy({ lens, canvas, standing }: Sight): Seen {
  const cells = new Float64Array(standing.length);
  const nearest = new Float64Array(standing.length);
  const planar2 = new Float64Array(standing.length).fill(Infinity);
  const { right, down, forward, border, centreX, focalX } = lens;
  const { owners, inverse, columns } = canvas;
  const [eastStep, northStep] = [right[0] / focalX, right[1] / focalX];
  for (let y = border; y < lens.rows - border; y++) {
    const v = (y + 0.5 - lens.centreY) / lens.focalY;
    // The ray of each cell along the ground, for a metre of depth.
    let east = forward[0] + v * down[0] + (border + 0.5 - centreX) * eastStep;
    let north = forward[1] + v * down[1] + (border + 0.5 - centreX) * northStep;
    const end = (y + 1) * columns - border;
    for (let i = y * columns + border; i < end; i++, east += eastStep, north += northStep) {
      const owner = owners[i] as number;
      // The codes of homes, and only those, are not negative.
      if (owner < 0) continue;
      const near = inverse[i] as number;
      const far2 = (east * east + north * north) / (near * near);
      cells[owner] = (cells[owner] as number) + 1;
      if (near > (nearest[owner] as number)) nearest[owner] = near;
      if (far2 < (planar2[owner] as number)) planar2[owner] = far2;
    }
  }
  return { cells, inverse: nearest, planar2 };
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
