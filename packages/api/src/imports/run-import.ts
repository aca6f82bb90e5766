// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  Problem,
  type ImportKind,
  type ImportQuery,
  type ImportReport,
  type ImportRow,
  type JurisdictionPath,
} from '@louver/contract';
import type { Tx } from '@louver/db';
import { importCameras } from './cameras.ts';
import { reportOf, type ImportJob, type Outcome, type Progress } from './fates.ts';
import type { ImportFile } from './file-body.ts';
import { importGround } from './ground.ts';
import { importJurisdictions } from './jurisdictions.ts';
import { lockImports } from './queries.ts';
import { readRows } from './read-rows.ts';
import { FileUnreadable, type SourceRow } from './source-row.ts';

const IMPORTERS: Record<ImportKind, (tx: Tx, job: ImportJob) => Promise<Outcome>> = {
  cameras: importCameras,
  buildings: importGround('buildings'),
  streets: importGround('streets'),
  areas: importGround('areas'),
  jurisdictions: importJurisdictions,
};

/** How many rows a refusal names; a dry run names all. */
const NAMED_ROWS = 100;

/** Undoes what was written without being a failure. */
class NotKept extends Error {}

/**
 * Decides over every row and, on `commit`, keeps what is good. A dry run writes as well and undoes it, so that its report
 * is the one that `commit` gives, also where only the database knows that a code is taken.
 * @throws Problem import-refused when the file can't be read, or when rows are refused and it is not to come in partially
 */
export async function runImport(
  tx: Tx,
  file: ImportFile,
  query: ImportQuery,
  actor: ImportJob['actor'],
  progress: Progress,
): Promise<{ report: ImportReport; jurisdictions: JurisdictionPath[] }> {
  const rows = rowsOf(file, query.kind);
  progress('reading', rows.length, rows.length);
  await lockImports(tx, query.kind);
  let outcome: Outcome = { rows: [], jurisdictions: [] };
  let kept = true;
  try {
    await tx.savepoint(async () => {
      outcome = await IMPORTERS[query.kind](tx, { rows, query, actor, progress });
      const refused = outcome.rows.some(({ fate }) => fate === 'refused');
      if (query.mode === 'dry-run' || (refused && !query.partial)) throw new NotKept();
    });
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    kept = false;
  }
  const report = reportOf(query, kept, outcome.rows);
  if (query.mode === 'commit' && !kept) throw refusal(report.rows.filter(({ fate }) => fate === 'refused'));
  return { report, jurisdictions: outcome.jurisdictions };
}

function rowsOf({ bytes, mediaType }: ImportFile, kind: ImportKind): SourceRow[] {
  try {
    return readRows(bytes, mediaType, kind);
  } catch (error) {
    if (error instanceof FileUnreadable) throw new Problem('import-refused', { detail: error.message, cause: error });
    throw error;
  }
}

function refusal(refused: ImportRow[]): Problem {
  const errors = refused
    .slice(0, NAMED_ROWS)
    .flatMap(({ row, errors }) =>
      errors.map(({ pointer, detail }) => ({ pointer: `/rows/${row}${pointer}`, detail: `row ${row}: ${detail}` })),
    );
  const detail = `${refused.length} ${refused.length === 1 ? 'row is' : 'rows are'} refused, so nothing was imported`;
  return new Problem('import-refused', { detail, errors });
}
