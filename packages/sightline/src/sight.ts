// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';
import type { Building } from './building.ts';
import { type Canvas, blankCanvas, ownerCode } from './canvas.ts';
import { distortionOf } from './distortion.ts';
import { type FrameMap, frameMap, idealLens, throughLens } from './frame-map.ts';
import { type Lens, gridOf, lensOf } from './lens.ts';
import { marginCells } from './margin.ts';
import { localFrame } from './local-frame.ts';
import { paintBuilding, paintGround } from './paint.ts';
import { type Region, cropped } from './region.ts';
import { type Standing, standingAround } from './standing.ts';
import { type Terrain, groundAround } from './terrain.ts';

/** What an aim sees: which building shows in each cell of the frame, and in a border around it. Always as a pinhole paints it. */
export interface Sight {
  readonly lens: Lens;
  readonly canvas: Canvas;
  /** What `canvas.owners` count. */
  readonly standing: readonly Standing[];
  /** How the frame shows the canvas; without it the frame is the canvas less its border. */
  readonly frame?: FrameMap;
}

/** Cells of the frame itself. */
export const frameSize = ({ lens, frame }: Sight): { columns: number; rows: number } =>
  frame ?? { columns: lens.columns - 2 * lens.border, rows: lens.rows - 2 * lens.border };

/** Index in the canvas of what the frame shows in a cell. */
export const cellOf = ({ lens, frame }: Sight, x: number, y: number): number =>
  frame ? (frame.cells[x * frame.rows + y] as number) : (x + lens.border) * lens.rows + y + lens.border;

/** What of a region of the canvas the frame shows. */
export const inFrame = ({ lens, frame }: Sight, region: Region): Region =>
  frame ? throughLens(region, frame) : cropped(region, lens.border);

/**
 * Paints the buildings around an aim, hiding what stands behind others. Ground is flat at 0 and hides nothing above it, unless
 * a terrain is given: then it hides what is behind it, and heights above the ground are above its own.
 * @param marginDeg widens the painted field by as much, so that a home just outside the frame gets its margin inside
 * @param used a sight that nobody looks at any more: it becomes this one
 * @throws RangeError on a field of view or frame that no camera has, or a margin outside 0…45 degrees
 */
export function sightOf(
  aim: Aim,
  buildings: readonly Building[],
  marginDeg = 0,
  terrain?: Terrain,
  used?: Sight,
): Sight {
  if (!(marginDeg >= 0 && marginDeg <= 45)) throw new RangeError(`couldn't look: margin ${marginDeg} is not in 0…45`);
  const bare = lensOf(aim);
  const corner = marginCells(bare, marginDeg, 0, 0);
  // With a wide lens a degree at the corner is a large part of the frame: beyond a quarter of it nothing is gained.
  const border = Math.ceil(Math.min(corner.radial, gridOf(aim.image).columns / 4));
  const wide = border === 0 ? bare : lensOf(aim, border);
  const distortion = distortionOf(aim, bare.focalPixels);
  const lens = distortion ? idealLens(wide, distortion) : wide;
  const standing = standingAround(aim, buildings, terrain);
  const canvas = blankCanvas(lens.columns, lens.rows, standing.length, used?.canvas);
  standing.forEach((building, i) => paintBuilding(canvas, lens, building, ownerCode(i, building.home)));
  if (terrain) paintTerrain(canvas, lens, aim, standing, terrain);
  return { lens, canvas, standing, ...(distortion && { frame: frameMap(bare, lens, distortion) }) };
}

/** As far as a building that counts reaches: further off there is nothing that ground could hide. */
function paintTerrain(canvas: Canvas, lens: Lens, aim: Aim, standing: readonly Standing[], terrain: Terrain): void {
  const { lon, lat } = aim.position;
  let reach = 0;
  for (const { polygons } of standing)
    for (const [east, north] of polygons.flat(2)) reach = Math.max(reach, Math.hypot(east, north));
  for (const triangle of groundAround(terrain, localFrame(aim.position), [lon, lat], reach))
    paintGround(canvas, lens, triangle);
}
