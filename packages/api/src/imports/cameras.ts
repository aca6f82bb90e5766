// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraDraft, CameraId, ImportRow } from '@louver/contract';
import type { Tx } from '@louver/db';
import { readCameraRow, type CameraCandidate } from './camera-row.ts';
import { decidedRow, duplicateRow, inBatches, refusedRow, type ImportJob, type Outcome } from './fates.ts';
import { mergeCamera, newCamera, tooEarly, type Merge } from './merge-camera.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { placeCameras } from './place-cameras.ts';
import {
  insertAims,
  insertCameras,
  lockAimsOf,
  lockCamerasByCode,
  updateAims,
  updateCameras,
  type KnownAim,
  type KnownCamera,
} from './queries.ts';
import { newAim } from './aim-calibration.ts';

interface Creation {
  candidate: CameraCandidate;
  draft: CameraDraft;
}
interface Update {
  candidate: CameraCandidate;
  known: KnownCamera;
  knownAims: KnownAim[];
  merge: Merge;
}

/** Decides over every row and writes what is to be written; the caller undoes it all where the file is refused. */
export async function importCameras(tx: Tx, job: ImportJob): Promise<Outcome> {
  const decided: ImportRow[] = [];
  const candidates = await readCandidates(job, decided);
  const plan = await planCameras(tx, job, candidates, decided);
  await dropNearDuplicates(tx, job, plan, decided);
  const total = plan.creations.length + plan.updates.length;
  let done = 0;
  const wrote = (count: number) => job.progress('writing', (done += count), total);
  // Ward by ward: what a statement enters in a ward is one notice to the public.
  const creations = plan.creations.toSorted((a, b) => (a.draft.jurisdiction < b.draft.jurisdiction ? -1 : 1));
  await inBatches(creations, async (batch) => {
    decided.push(...(await create(tx, batch)));
    wrote(batch.length);
  });
  await inBatches(plan.updates, async (batch) => {
    decided.push(...(await update(tx, batch)));
    wrote(batch.length);
  });
  const jurisdictions = [
    ...plan.creations.map(({ draft }) => draft.jurisdiction),
    ...plan.updates.filter(changes).map(({ merge, known }) => (merge.camera ?? known).jurisdiction),
  ];
  return { rows: decided, jurisdictions };
}

/** Rows that make sense by themselves, each code once: a second row of a code is never a second camera. */
async function readCandidates(job: ImportJob, decided: ImportRow[]): Promise<CameraCandidate[]> {
  const candidates: CameraCandidate[] = [];
  const first = new Map<string, number>();
  await inBatches(job.rows, (batch, done) => {
    for (const source of batch) {
      const read = readCameraRow(source);
      if (!read.ok) {
        decided.push(refusedRow(read.row, read.key, read.errors, read.notes));
        continue;
      }
      const { row, code, notes } = read.candidate;
      const earlier = first.get(code);
      if (earlier === undefined) {
        first.set(code, row);
        candidates.push(read.candidate);
      } else decided.push(duplicateRow(row, code, '/code', `row ${earlier} has this code already`, notes));
    }
    job.progress('checking', done, job.rows.length);
  });
  return candidates;
}

async function planCameras(tx: Tx, job: ImportJob, candidates: CameraCandidate[], decided: ImportRow[]) {
  const placed = await placeCameras(tx, candidates, job);
  const known = new Map<string, KnownCamera>();
  const aims = new Map<CameraId, KnownAim[]>();
  await inBatches(candidates, async (batch) => {
    const found = await lockCamerasByCode(
      tx,
      batch.map(({ code }) => code),
    );
    for (const camera of found) known.set(camera.code, camera);
    for (const aim of await lockAimsOf(
      tx,
      found.map(({ id }) => id),
    ))
      aims.set(aim.cameraId, [...(aims.get(aim.cameraId) ?? []), aim]);
  });
  const plan = { creations: [] as Creation[], updates: [] as Update[] };
  for (const candidate of candidates) {
    const placement = placed.get(candidate.row)!;
    const camera = known.get(candidate.code);
    if ('error' in placement) {
      decided.push(refusedRow(candidate.row, candidate.code, [placement.error], candidate.notes));
    } else if (camera) {
      const knownAims = aims.get(camera.id) ?? [];
      const merge = mergeCamera(camera, knownAims, candidate, placement.stated ? placement.path : undefined);
      const early = tooEarly(camera, merge);
      if (early) decided.push(refusedRow(candidate.row, candidate.code, [early], candidate.notes));
      else plan.updates.push({ candidate, known: camera, knownAims, merge });
    } else {
      if (placement.note !== undefined) candidate.notes.push(placement.note);
      plan.creations.push({ candidate, draft: newCamera(candidate, placement.path) });
    }
  }
  return plan;
}

async function dropNearDuplicates(
  tx: Tx,
  { query }: ImportJob,
  plan: { creations: Creation[] },
  decided: ImportRow[],
): Promise<void> {
  const fresh = plan.creations.map(({ candidate }) => candidate);
  const near = await nearDuplicates(tx, fresh, query.duplicateMetres);
  plan.creations = plan.creations.filter(({ candidate: { row, code, notes } }) => {
    const found = near.get(row);
    if (!found) return true;
    decided.push(duplicateRow(row, code, '/geometry', `stands ${found.metres.toFixed(1)} m from ${found.what}`, notes));
    return false;
  });
}

async function create(tx: Tx, batch: Creation[]): Promise<ImportRow[]> {
  const made = await insertCameras(
    tx,
    batch.map(({ draft }) => draft),
  );
  const ids = new Map(made.map(({ code, id }) => [code, id]));
  const aims = batch.flatMap(({ candidate }) => {
    const cameraId = ids.get(candidate.code);
    return cameraId === undefined
      ? []
      : candidate.aims.map((aim, i) => ({ ...newAim(aim), cameraId, isCurrent: i === 0 }));
  });
  if (aims.length > 0) await insertAims(tx, aims);
  return batch.map(({ candidate: { row, code, notes } }) =>
    ids.has(code)
      ? decidedRow(row, code, 'create', notes)
      : refusedRow(row, code, [{ pointer: '/code', detail: 'another camera has this code' }], notes),
  );
}

const changes = ({ merge }: Update): boolean =>
  merge.camera !== undefined || merge.aims.length > 0 || merge.newAims.length > 0;

async function update(tx: Tx, batch: Update[]): Promise<ImportRow[]> {
  const cameras = batch.flatMap(({ merge }) => (merge.camera ? [merge.camera] : []));
  const aims = batch.flatMap(({ merge }) => merge.aims);
  const newAims = batch.flatMap(({ merge, known, knownAims }) =>
    merge.newAims.map((aim, i) => ({ ...aim, cameraId: known.id, isCurrent: knownAims.length === 0 && i === 0 })),
  );
  if (cameras.length > 0) await updateCameras(tx, cameras);
  if (aims.length > 0) await updateAims(tx, aims);
  if (newAims.length > 0) await insertAims(tx, newAims);
  return batch.map((change) => {
    const { row, code, notes } = change.candidate;
    return decidedRow(row, code, changes(change) ? 'update' : 'unchanged', notes);
  });
}
