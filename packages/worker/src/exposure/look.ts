// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything that is computed for one aim. Pure, and milliseconds long: it runs in a process of its own, because the one
// that holds pictures must not stand still for it.
import {
  type AimGeometry,
  type Breach,
  type ExposureRules,
  type HomeExposure,
  MaskPolygon,
  type MaskPolygons,
  WHOLE_FRAME,
  breachesOf,
} from '@louver/contract';
import {
  type Building,
  type MaskOutline,
  MAX_MASKS,
  coveredShares,
  exposuresOf,
  footprintDistance,
  localFrame,
  masksOver,
  type Sight,
  sightOf,
  viewshed,
} from '@louver/sightline';
import { type Seen, isSettled } from './rule.ts';

/** Changes when the same inputs would give another result. */
export const ALGORITHM = 'sightline/2';

export interface Look {
  readonly aim: AimGeometry;
  readonly buildings: readonly Building[];
  readonly rules: ExposureRules;
  /** False: nobody can see a picture of it, so nothing is flagged. */
  readonly live: boolean;
  /** Polygons of the approved set; null while there is none. */
  readonly approved: MaskPolygons | null;
  /** What lies over the picture now: the approved set, or the enforced one that extends it. */
  readonly present: MaskPolygons | null;
  readonly settled: readonly Seen[];
}

export interface Looked {
  /** Worst first. */
  readonly homes: readonly (HomeExposure & { coveredShare: number; flagged: boolean })[];
  /** GeoJSON MultiPolygon coordinates. */
  readonly viewshed: number[][][][];
  /** A whole set that covers the flagged homes as well; null when what is present does. Only where a set was approved. */
  readonly extended: MaskPolygons | null;
  /** Masks over every home. Only where no set was approved. */
  readonly proposal: MaskPolygons | null;
}

/** A hair of a polygon that a mask set can't hold is covered by the box around it. */
function proper(ring: MaskOutline): MaskPolygon {
  const given = MaskPolygon.safeParse(ring);
  if (given.success) return given.data;
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const span = (values: number[]): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const wide = Math.max(0, 0.002 - (high - low)) / 2;
    return [Math.max(0, low - wide), Math.min(1, high + wide)];
  };
  const [[west, east], [top, bottom]] = [span(xs), span(ys)];
  return [
    [west, top],
    [east, top],
    [east, bottom],
    [west, bottom],
  ];
}

/** The last one, of which nothing is in what was told. */
let used: Sight | undefined;

export function look({ aim, buildings, rules, live, approved, present, settled }: Look): Looked {
  const sight = sightOf(aim, buildings, rules.marginDeg, undefined, used);
  used = sight;
  const byApproved = coveredShares(sight, approved ?? []);
  const byPresent = present === approved ? byApproved : coveredShares(sight, present ?? []);
  const frame = localFrame(aim.position);
  const footprints = new Map(buildings.map(({ id, footprint }) => [id, footprint]));
  const covers = (shares: Map<string, number>, id: string) => (shares.get(id) ?? 0) >= rules.coveredShare;
  const homes = exposuresOf(sight).map((exposure) => {
    const id = exposure.buildingId;
    const facade = footprintDistance(footprints.get(id)!, frame);
    const seen: Seen = { ...exposure, facadeMetres: Math.round(facade * 1000) / 1000 };
    const breaches: Breach[] = breachesOf(seen, rules);
    const flagged = live && breaches.length > 0 && !covers(byApproved, id) && !isSettled(seen, settled);
    return { ...seen, breaches, coveredShare: byApproved.get(id) ?? 0, flagged };
  });
  const bare = new Set(
    homes.filter(({ flagged, buildingId }) => flagged && !covers(byPresent, buildingId)).map((home) => home.buildingId),
  );
  return {
    homes,
    viewshed: viewshed(aim, buildings, sight.standing).map((rings) =>
      rings.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
    ),
    extended: present && bare.size > 0 ? extend(present, masksOf(bare, MAX_MASKS - present.length)) : null,
    proposal: approved ? null : masksOver(sight, rules.marginDeg).map(proper),
  };

  function masksOf(ids: ReadonlySet<string>, most: number): MaskPolygons {
    return most < 1 ? [] : masksOver(sight, rules.marginDeg, { homes: ids, most }).map(proper);
  }
}

/** The very same polygons first, so that everybody can see that nothing is uncovered. No room for more: the whole frame. */
const extend = (present: MaskPolygons, more: MaskPolygons): MaskPolygons =>
  more.length === 0 || present.length + more.length > MAX_MASKS ? WHOLE_FRAME : [...present, ...more];
