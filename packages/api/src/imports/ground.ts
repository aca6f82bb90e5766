// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ImportRow } from '@louver/contract';
import type { Tx } from '@louver/db';
import { decidedRow, duplicateRow, inBatches, refusedRow, type ImportJob, type Outcome } from './fates.ts';
import { examineShapes, putGround, type GroundKind } from './ground-queries.ts';
import { readArea, readBuilding, readStreet, type GroundCandidate, type GroundRow } from './ground-row.ts';
import type { SourceRow } from './source-row.ts';

const READ: Record<GroundKind, (source: SourceRow) => GroundRow> = {
  buildings: readBuilding,
  streets: readStreet,
  areas: readArea,
};

export const importGround =
  (kind: GroundKind) =>
  async (tx: Tx, job: ImportJob): Promise<Outcome> => {
    const decided: ImportRow[] = [];
    const candidates = await readCandidates(kind, job, decided);
    const sound = kind === 'streets' ? candidates : await mendable(tx, candidates, decided);
    await inBatches(sound, async (batch, done) => {
      const written = new Map((await putGround(tx, kind, batch)).map(({ sourceId, created }) => [sourceId, created]));
      for (const { row, sourceId, notes } of batch) {
        const created = written.get(sourceId);
        const fate = created === undefined ? 'unchanged' : created ? 'create' : 'update';
        decided.push(decidedRow(row, sourceId, fate, notes));
      }
      job.progress('writing', done, sound.length);
    });
    return { rows: decided, jurisdictions: [] };
  };

async function readCandidates(kind: GroundKind, job: ImportJob, decided: ImportRow[]): Promise<GroundCandidate[]> {
  const candidates: GroundCandidate[] = [];
  const first = new Map<string, number>();
  await inBatches(job.rows, (batch, done) => {
    for (const source of batch) {
      const read = READ[kind](source);
      if (!read.ok) {
        decided.push(refusedRow(read.row, read.key, read.errors, read.notes));
        continue;
      }
      const { row, sourceId, notes } = read.candidate;
      const earlier = first.get(sourceId);
      if (earlier === undefined) {
        first.set(sourceId, row);
        candidates.push(read.candidate);
      } else decided.push(duplicateRow(row, sourceId, '/id', `row ${earlier} has this identifier already`, notes));
    }
    job.progress('checking', done, job.rows.length);
  });
  return candidates;
}

/** Refuses outlines that enclose nothing; says of those that cross themselves that they were mended. */
async function mendable(tx: Tx, candidates: GroundCandidate[], decided: ImportRow[]): Promise<GroundCandidate[]> {
  const refused = new Set<number>();
  await inBatches(candidates, async (batch) => {
    const byRow = new Map(batch.map((candidate) => [candidate.row, candidate]));
    for (const { row, valid, empty } of await examineShapes(tx, batch)) {
      const { sourceId, notes } = byRow.get(row)!;
      if (empty) {
        refused.add(row);
        decided.push(
          refusedRow(row, sourceId, [{ pointer: '/geometry', detail: 'the outline encloses nothing' }], notes),
        );
      } else if (!valid) notes.push('the outline crosses itself and was mended');
    }
  });
  return candidates.filter(({ row }) => !refused.has(row));
}
