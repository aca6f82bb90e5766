// SPDX-License-Identifier: AGPL-3.0-or-later
// What the Overpass API answers with `out geom`, `out center` or `>; out`: nodes, ways and multipolygon relations.
import type { FieldError, ImportKind } from '@louver/contract';
import { isRecord, type SourceRow } from './source-row.ts';

type XY = [number, number];
type Element = Record<string, unknown>;
type Tags = Record<string, unknown>;

/** The outline of a whole country has a tenth of them. */
const MAX_MEMBERS = 20_000;

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
    const errors = memberErrors(element);
    rows.push({
      row: rows.length + 1,
      properties: tags,
      at: '/tags',
      geometry: errors.length === 0 ? geometryOf(element, nodes, kind) : undefined,
      id: `${String(element.type)}/${String(element.id)}`,
      errors,
      notes: [],
    });
  }
  return rows;
}

const memberErrors = ({ members }: Element): FieldError[] =>
  Array.isArray(members) && members.length > MAX_MEMBERS
    ? [{ pointer: '/members', detail: `has ${members.length} members, at most ${MAX_MEMBERS} are read` }]
    : [];

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
  const polygons = ringsOf('outer').map((ring) => ({ box: boxOf(ring), rings: [ring] }));
  for (const hole of ringsOf('inner')) polygons.find(({ box }) => boxHolds(box, hole[0]!))?.rings.push(hole);
  return polygons.length === 0 ? undefined : { type: 'MultiPolygon', coordinates: polygons.map(({ rings }) => rings) };
}

const keyOf = ([x, y]: XY): string => `${x} ${y}`;

/** Chains by their end points, each given out once: the earliest first. */
function chainsByEnd(chains: readonly XY[][]) {
  const used = new Set<XY[]>();
  const ends = new Map<string, { chains: XY[][]; next: number }>();
  for (const chain of chains)
    for (const key of new Set([keyOf(chain[0]!), keyOf(chain.at(-1)!)])) {
      const at = ends.get(key);
      if (at) at.chains.push(chain);
      else ends.set(key, { chains: [chain], next: 0 });
    }
  const take = (chain: XY[]): boolean => !used.has(chain) && used.add(chain) !== undefined;
  /** What was given out is passed over for good, so that each chain is looked at twice at most. */
  const takeAt = (end: XY): XY[] | undefined => {
    const at = ends.get(keyOf(end));
    if (!at) return undefined;
    while (at.next < at.chains.length) {
      const chain = at.chains[at.next++]!;
      if (take(chain)) return chain;
    }
    return undefined;
  };
  return { take, takeAt };
}

/** Ways share their end nodes; whatever does not close stays as it is and is refused for that. */
export function joinRings(given: readonly XY[][]): XY[][] {
  const chains = given.filter((chain) => chain.length > 1);
  const { take, takeAt } = chainsByEnd(chains);
  const rings: XY[][] = [];
  for (const first of chains) {
    if (!take(first)) continue;
    const ring = [...first];
    const start = keyOf(ring[0]!);
    for (let end = ring.at(-1)!; keyOf(end) !== start; end = ring.at(-1)!) {
      const next = takeAt(end);
      if (!next) break;
      const onwards = keyOf(next[0]!) === keyOf(end) ? next : next.toReversed();
      for (const point of onwards.slice(1)) ring.push(point);
    }
    rings.push(ring);
  }
  return rings;
}

interface Box {
  low: XY;
  high: XY;
}

function boxOf(ring: readonly XY[]): Box {
  const [low, high]: [XY, XY] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ];
  for (const point of ring)
    for (const axis of [0, 1] as const) {
      low[axis] = Math.min(low[axis], point[axis]);
      high[axis] = Math.max(high[axis], point[axis]);
    }
  return { low, high };
}

const boxHolds = ({ low, high }: Box, [x, y]: XY): boolean =>
  x >= low[0] && x <= high[0] && y >= low[1] && y <= high[1];
