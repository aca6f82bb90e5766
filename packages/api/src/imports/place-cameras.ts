// SPDX-License-Identifier: AGPL-3.0-or-later
// Which jurisdiction a camera belongs to: what the row says, else its ward's code, else the boundary it stands in, else the default.
import { Problem, type FieldError, type JurisdictionPath } from '@louver/contract';
import type { Tx } from '@louver/db';
import { holds } from '../jurisdictions/held.ts';
import type { CameraCandidate } from './camera-row.ts';
import { inBatches, type ImportJob } from './fates.ts';
import { jurisdictionsAt, knownJurisdictions } from './queries.ts';

export type Placement =
  /** `stated`: the row itself names it, so that it may also move a camera that is there already. */
  { path: JurisdictionPath; stated: boolean; note?: string } | { error: FieldError };

/** @throws Problem jurisdiction-not-found when the import's own default is none that the actor holds */
export async function placeCameras(
  tx: Tx,
  candidates: CameraCandidate[],
  job: ImportJob,
): Promise<Map<number, Placement>> {
  const known = await knownJurisdictions(tx);
  const paths = new Set<string>(known.map(({ path }) => path));
  const wards = new Map(
    known.flatMap(({ path, kind, code }) => (kind === 'commune' && code ? [[code, path] as const] : [])),
  );
  const fallback = fallbackOf(job, paths);
  const boundaries = await boundariesOf(tx, candidates);
  const placed = new Map<number, Placement>();
  for (const candidate of candidates)
    placed.set(candidate.row, place(candidate, { job, paths, wards, fallback, boundaries }));
  return placed;
}

function fallbackOf({ query, actor }: ImportJob, paths: ReadonlySet<string>): JurisdictionPath | undefined {
  if (query.jurisdiction !== undefined) {
    if (!paths.has(query.jurisdiction) || !holds(actor, query.jurisdiction))
      throw new Problem('jurisdiction-not-found');
    return query.jurisdiction;
  }
  return actor.jurisdictions.length === 1 ? actor.jurisdictions[0] : undefined;
}

async function boundariesOf(tx: Tx, candidates: CameraCandidate[]): Promise<Map<number, JurisdictionPath>> {
  const points = candidates
    .filter(({ jurisdiction }) => jurisdiction === undefined)
    .map(({ row, location: { coordinates } }) => ({ row, lon: coordinates[0], lat: coordinates[1] }));
  const found = new Map<number, JurisdictionPath>();
  await inBatches(points, async (batch) => {
    for (const { row, path } of await jurisdictionsAt(tx, batch)) found.set(row, path);
  });
  return found;
}

interface Atlas {
  job: ImportJob;
  paths: ReadonlySet<string>;
  wards: ReadonlyMap<string, JurisdictionPath>;
  fallback: JurisdictionPath | undefined;
  boundaries: ReadonlyMap<number, JurisdictionPath>;
}

function place({ row, jurisdiction, wardCode }: CameraCandidate, atlas: Atlas): Placement {
  const held = (path: JurisdictionPath, stated: boolean, note?: string): Placement =>
    holds(atlas.job.actor, path)
      ? { path, stated, ...(note === undefined ? {} : { note }) }
      : { error: { pointer: '/jurisdiction', detail: 'belongs to a jurisdiction that this account does not hold' } };
  if (jurisdiction !== undefined)
    return atlas.paths.has(jurisdiction)
      ? held(jurisdiction, true)
      : { error: { pointer: '/jurisdiction', detail: `there is no jurisdiction ${jurisdiction}` } };
  const ward = wardCode === undefined ? undefined : atlas.wards.get(wardCode);
  if (ward !== undefined) return held(ward, true);
  const unknownWard = wardCode === undefined ? undefined : `ward code ${wardCode} is not known here`;
  const around = atlas.boundaries.get(row);
  if (around !== undefined) return held(around, false, unknownWard);
  if (atlas.fallback !== undefined)
    return held(atlas.fallback, false, `${unknownWard ?? 'lies in no known boundary'}: put into ${atlas.fallback}`);
  return { error: { pointer: '/jurisdiction', detail: 'is not said and no default was given' } };
}
