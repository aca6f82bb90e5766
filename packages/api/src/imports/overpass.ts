// SPDX-License-Identifier: AGPL-3.0-or-later
// What the Overpass API answers with `out geom`, `out center` or `>; out`: nodes, ways and multipolygon relations.
import type { ImportKind } from '@louver/contract';
import { isRecord, type SourceRow } from './source-row.ts';

type XY = [number, number];
type Element = Record<string, unknown>;
type Tags = Record<string, unknown>;

/** Other elements only carry the geometry of these. */
const WANTED: Record<ImportKind, (tags: Tags) => boolean> = {
  cameras: (tags) => tags.man_made === 'surveillance',
  buildings: (tags) => tags.building !== undefined && tags.building !== 'no',
  streets: (tags) => tags.highway !== undefined && tags.area !== 'yes',
  areas: (tags) => ['natural', 'landuse', 'leisure', 'place', 'waterway'].some((key) => tags[key] !== undefined),
  jurisdictions: (tags) => tags.boundary === 'administrative',
};

export function readOverpass(elements: unknown[], kind: ImportKind): SourceRow[] {
  const known = elements.filter(isRecord);
  const nodes = new Map(known.filter((e) => e.type === 'node').map((e) => [e.id, [e.lon, e.lat] as XY]));
  const rows: SourceRow[] = [];
  for (const element of known) {
    const { tags } = element;
    if (!isRecord(tags) || !WANTED[kind](tags)) continue;
    rows.push({
      row: rows.length + 1,
      properties: tags,
      at: '/tags',
      geometry: geometryOf(element, nodes, kind),
      id: `${String(element.type)}/${String(element.id)}`,
      errors: [],
      notes: [],
    });
  }
  return rows;
}

function geometryOf(element: Element, nodes: ReadonlyMap<unknown, XY>, kind: ImportKind): unknown {
  if (element.type === 'node') return { type: 'Point', coordinates: [element.lon, element.lat] };
  if (element.type === 'relation') return multipolygon(element);
  const line = chainOf(element) ?? (Array.isArray(element.nodes) ? element.nodes.map((id) => nodes.get(id)) : []);
  if (line.length === 0 || line.includes(undefined)) return undefined;
  return kind === 'streets' ? { type: 'LineString', coordinates: line } : { type: 'Polygon', coordinates: [line] };
}

const chainOf = ({ geometry }: Element): XY[] | undefined =>
  Array.isArray(geometry) ? geometry.filter(isRecord).map(({ lon, lat }) => [lon, lat] as XY) : undefined;

/** Outer rings each become a polygon; a hole goes to the outer ring whose box holds it. */
function multipolygon({ members }: Element): unknown {
  const ways = (Array.isArray(members) ? members : []).filter(isRecord);
  const ringsOf = (role: string) =>
    joinRings(ways.filter((way) => (way.role || 'outer') === role).map((way) => chainOf(way) ?? []));
  const polygons = ringsOf('outer').map((ring) => [ring]);
  for (const hole of ringsOf('inner')) polygons.find(([outer]) => boxHolds(outer!, hole[0]!))?.push(hole);
  return polygons.length === 0 ? undefined : { type: 'MultiPolygon', coordinates: polygons };
}

const same = (a: XY, b: XY) => a[0] === b[0] && a[1] === b[1];

/** Ways share their end nodes; whatever does not close stays as it is and is refused for that. */
function joinRings(chains: XY[][]): XY[][] {
  const open = chains.filter((chain) => chain.length > 1);
  const rings: XY[][] = [];
  for (let ring = open.shift(); ring; ring = open.shift()) {
    while (!same(ring[0]!, ring.at(-1)!)) {
      const end: XY = ring.at(-1)!;
      const at = open.findIndex((chain) => same(chain[0]!, end) || same(chain.at(-1)!, end));
      if (at === -1) break;
      const next: XY[] = open.splice(at, 1)[0]!;
      ring = [...ring, ...(same(next[0]!, end) ? next : next.toReversed()).slice(1)];
    }
    rings.push(ring);
  }
  return rings;
}

function boxHolds(ring: XY[], [x, y]: XY): boolean {
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
  return x >= Math.min(...xs) && x <= Math.max(...xs) && y >= Math.min(...ys) && y <= Math.max(...ys);
}
