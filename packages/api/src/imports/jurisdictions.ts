// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FieldError, ImportRow, JurisdictionPath } from '@louver/contract';
import type { Tx } from '@louver/db';
import { holds } from '../jurisdictions/held.ts';
import { decidedRow, duplicateRow, inBatches, refusedRow, type ImportJob, type Outcome } from './fates.ts';
import { examineShapes } from './ground-queries.ts';
import { putJurisdictions } from './jurisdiction-queries.ts';
import { readJurisdiction, type JurisdictionCandidate } from './jurisdiction-row.ts';
import { knownJurisdictions } from './queries.ts';

interface Known {
  paths: Set<string>;
  /** `kind code` → path: the same unit under a path of somebody's own choosing is the same unit. */
  units: Map<string, JurisdictionPath>;
}

export async function importJurisdictions(tx: Tx, job: ImportJob): Promise<Outcome> {
  const decided: ImportRow[] = [];
  const known = await knownUnits(tx);
  const candidates = readCandidates(job, known, decided);
  const sound = await withoutEmpty(tx, candidates, decided);
  await inBatches(sound, async (batch, done) => {
    const written = new Map((await putJurisdictions(tx, batch)).map(({ path, created }) => [path, created]));
    for (const { row, path, notes } of batch) {
      const created = written.get(path);
      decided.push(decidedRow(row, path, created === undefined ? 'unchanged' : created ? 'create' : 'update', notes));
    }
    job.progress('writing', done, sound.length);
  });
  return { rows: decided, jurisdictions: sound.map(({ path }) => path) };
}

async function knownUnits(tx: Tx): Promise<Known> {
  const known: Known = { paths: new Set(), units: new Map() };
  for (const { path, kind, code } of await knownJurisdictions(tx)) {
    known.paths.add(path);
    if (code !== null) known.units.set(`${kind} ${code}`, path);
  }
  return known;
}

function readCandidates(job: ImportJob, known: Known, decided: ImportRow[]): JurisdictionCandidate[] {
  const read = job.rows.map(readJurisdiction);
  // Parents may stand anywhere in the file, so all rows are read before any is judged.
  const paths = new Set([...known.paths, ...read.flatMap((row) => (row.ok ? [row.candidate.path] : []))]);
  const first = new Map<string, number>();
  const kept: JurisdictionCandidate[] = [];
  for (const row of read) {
    if (!row.ok) {
      decided.push(refusedRow(row.row, row.key, row.errors, row.notes));
      continue;
    }
    const candidate = underKnownPath(row.candidate, known);
    const fault = faultOf(candidate, job, paths);
    const earlier = first.get(candidate.path);
    if (fault) decided.push(refusedRow(candidate.row, candidate.path, [fault], candidate.notes));
    else if (earlier !== undefined)
      decided.push(
        duplicateRow(candidate.row, candidate.path, '/path', `row ${earlier} is this unit already`, candidate.notes),
      );
    else {
      first.set(candidate.path, candidate.row);
      kept.push(candidate);
    }
  }
  job.progress('checking', job.rows.length, job.rows.length);
  return kept;
}

function underKnownPath(candidate: JurisdictionCandidate, { units }: Known): JurisdictionCandidate {
  const path = candidate.code === null ? undefined : units.get(`${candidate.kind} ${candidate.code}`);
  if (path === undefined || path === candidate.path) return candidate;
  return { ...candidate, path, notes: [...candidate.notes, `known here as ${path}`] };
}

function faultOf(
  { path }: JurisdictionCandidate,
  { actor }: ImportJob,
  paths: ReadonlySet<string>,
): FieldError | undefined {
  if (!holds(actor, path))
    return { pointer: '/path', detail: `${path} is not below a jurisdiction that this account holds` };
  const parent = path.split('.').slice(0, -1).join('.');
  return parent === '' || paths.has(parent)
    ? undefined
    : { pointer: '/path', detail: `there is no jurisdiction ${parent} above it` };
}

async function withoutEmpty(tx: Tx, candidates: JurisdictionCandidate[], decided: ImportRow[]) {
  const outlined = candidates.filter(({ boundary }) => boundary !== null);
  const refused = new Set<number>();
  await inBatches(outlined, async (batch) => {
    const byRow = new Map(batch.map((candidate) => [candidate.row, candidate]));
    for (const { row, valid, empty } of await examineShapes(
      tx,
      batch.map(({ row, boundary }) => ({ row, shape: boundary })),
    )) {
      const { path, notes } = byRow.get(row)!;
      if (empty) {
        refused.add(row);
        decided.push(refusedRow(row, path, [{ pointer: '/geometry', detail: 'the boundary encloses nothing' }], notes));
      } else if (!valid) notes.push('the boundary crosses itself and was mended');
    }
  });
  return candidates.filter(({ row }) => !refused.has(row));
}
