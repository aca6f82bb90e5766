// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Home } from '../my-home/home-tile.ts';

type Degrees = readonly [lon: number, lat: number];
const METRES_A_DEGREE = 111_320;

/** The home that a point lies in, or else the nearest within some metres. */
export function homeAt(homes: readonly Home[], at: Degrees, withinMetres: number): Home | undefined {
  const shrink = Math.cos((at[1] * Math.PI) / 180);
  let best: Home | undefined;
  let nearest = withinMetres;
  for (const home of homes) {
    const outer = home[0][0];
    // A corner far away can't belong to a house that is near: most homes of a ward are done with here.
    if (outer === undefined || Math.abs(outer[0]![1] - at[1]) * METRES_A_DEGREE > 500) continue;
    if (contains(home[0], at)) return home;
    const metres = distance(outer, at, shrink);
    if (metres < nearest) [best, nearest] = [home, metres];
  }
  return best;
}

/** Even-odd over all rings, so that a courtyard is outside. */
const contains = (rings: Home[0], [x, y]: Degrees): boolean =>
  rings.reduce((inside, ring) => {
    let crossed = inside;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[xi, yi], [xj, yj]] = [ring[i]!, ring[j]!];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) crossed = !crossed;
    }
    return crossed;
  }, false);

/** Metres to the outline's nearest side. */
function distance(ring: Home[0][number], [x, y]: Degrees, shrink: number): number {
  let least = Infinity;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [ax, ay] = [(ring[j]![0] - x) * shrink, ring[j]![1] - y];
    const [bx, by] = [(ring[i]![0] - x) * shrink, ring[i]![1] - y];
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + along * dx, ay + along * dy));
  }
  return least * METRES_A_DEGREE;
}
