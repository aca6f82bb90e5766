// SPDX-License-Identifier: AGPL-3.0-or-later
// Ground that is not flat: heights on a regular grid. Between them it is made of flat triangles, so that what is painted of it
// is exact.
import type { LocalFrame, LonLat } from './local-frame.ts';
import type { Vec3 } from './vec3.ts';

/** Heights at the crossings of a grid of meridians and parallels. */
export interface Terrain {
  /** Degrees WGS84 of the first height, which is the most south-western. */
  readonly west: number;
  readonly south: number;
  /** Degrees between heights that are neighbours, both ways. */
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  /** Metres above any one level; row by row from the south, each from the west. */
  readonly heights: Float64Array;
}

/**
 * Height of the ground, metres. Beyond the grid it goes on level from the grid's edge. The triangles of a cell meet along its
 * diagonal from south-west to north-east.
 */
export function groundAt({ west, south, step, columns, rows, heights }: Terrain, [lon, lat]: LonLat): number {
  const within = (value: number, last: number): number => Math.min(last, Math.max(0, value));
  const [x, y] = [within((lon - west) / step, columns - 1), within((lat - south) / step, rows - 1)];
  const [column, row] = [Math.min(columns - 2, Math.floor(x)), Math.min(rows - 2, Math.floor(y))];
  const [u, v] = [x - column, y - row];
  const at = (dx: number, dy: number): number => heights[(row + dy) * columns + column + dx] as number;
  return u >= v
    ? at(0, 0) + u * (at(1, 0) - at(0, 0)) + v * (at(1, 1) - at(1, 0))
    : at(0, 0) + v * (at(0, 1) - at(0, 0)) + u * (at(1, 1) - at(0, 1));
}

type Triangle = readonly [Vec3, Vec3, Vec3];

/**
 * The ground around a frame's origin in its local metres, heights from the ground at the origin; counter-clockwise seen from
 * above. Cells that come no nearer than `reach` metres are left out.
 */
export function* groundAround(terrain: Terrain, frame: LocalFrame, origin: LonLat, reach: number): Generator<Triangle> {
  const { west, south, step, columns, rows, heights } = terrain;
  const level = groundAt(terrain, origin);
  const [far, near] = [frame.fromLocal([reach, reach]), frame.fromLocal([-reach, -reach])];
  const first = (value: number): number => Math.max(0, Math.floor(value) - 1);
  const [c0, r0] = [first((near[0] - west) / step), first((near[1] - south) / step)];
  const c1 = Math.min(columns - 2, Math.ceil((far[0] - west) / step));
  const r1 = Math.min(rows - 2, Math.ceil((far[1] - south) / step));
  const corner = (column: number, row: number): Vec3 => [
    ...frame.toLocal([west + column * step, south + row * step]),
    (heights[row * columns + column] as number) - level,
  ];
  for (let row = r0; row <= r1; row++) {
    for (let column = c0; column <= c1; column++) {
      const [a, b] = [corner(column, row), corner(column + 1, row)];
      const [c, d] = [corner(column + 1, row + 1), corner(column, row + 1)];
      yield [a, b, c];
      yield [a, c, d];
    }
  }
}

const HEADER = /^\s*(ncols|nrows|xllcorner|yllcorner|xllcenter|yllcenter|cellsize|nodata_value)\s+(\S+)\s*$/i;
const MOST_HEIGHTS = 25_000_000;

/**
 * Reads an ESRI ASCII grid (`.asc`) in degrees WGS84. With `xllcorner` heights stand in the middle of cells, with `xllcenter`
 * at the place named.
 * @throws RangeError that says what is wrong; a grid with holes is refused, since what stands in one is not known to be hidden
 */
export function readAsciiGrid(text: string): Terrain {
  const head = new Map<string, number>();
  const lines = text.split(/\r?\n/);
  let at = 0;
  for (let found; (found = HEADER.exec(lines[at] ?? '')); at++) head.set(found[1]!.toLowerCase(), Number(found[2]));
  const columns = head.get('ncols') ?? Number.NaN;
  const rows = head.get('nrows') ?? Number.NaN;
  const step = head.get('cellsize') ?? Number.NaN;
  const least = (axis: 'x' | 'y'): number =>
    head.get(`${axis}llcenter`) ?? (head.get(`${axis}llcorner`) ?? Number.NaN) + step / 2;
  const [west, south] = [least('x'), least('y')];
  if (!(Number.isInteger(columns) && Number.isInteger(rows) && columns >= 2 && rows >= 2))
    throw new RangeError('expected ncols and nrows, two or more');
  if (columns * rows > MOST_HEIGHTS) throw new RangeError(`more than ${MOST_HEIGHTS} heights: cut out what is needed`);
  if (!(step > 0 && step <= 1)) throw new RangeError('expected a cellsize in degrees, above 0');
  if (!(Math.abs(west) <= 360 && Math.abs(south) <= 90 && south + (rows - 1) * step <= 90))
    throw new RangeError('expected xllcorner and yllcorner in degrees WGS 84');
  const values = lines.slice(at).join(' ').trim().split(/\s+/);
  if (values.length !== columns * rows) throw new RangeError(`${values.length} heights instead of ${columns * rows}`);
  const heights = new Float64Array(columns * rows);
  const hole = head.get('nodata_value') ?? -9999;
  values.forEach((value, i) => {
    const height = Number(value);
    if (!Number.isFinite(height) || Math.abs(height) > 12_000 || height === hole)
      throw new RangeError(`height ${i + 1} is none: ${value.slice(0, 20)}`);
    // The file begins in the north.
    heights[(rows - 1 - Math.floor(i / columns)) * columns + (i % columns)] = height;
  });
  return { west, south, step, columns, rows, heights };
}
