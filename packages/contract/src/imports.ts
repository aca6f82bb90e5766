// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { JurisdictionPath } from './ids.ts';
import { FieldError, ProblemDocument } from './problems.ts';

export const ImportKind = z.enum(['cameras', 'buildings', 'streets', 'areas', 'jurisdictions']);
export type ImportKind = z.infer<typeof ImportKind>;

/** `dry-run` does everything but keep it: the report is the one that `commit` would give. */
export const ImportQuery = z.strictObject({
  kind: ImportKind,
  mode: z.enum(['dry-run', 'commit']).default('dry-run'),
  /** Where rows go that name no jurisdiction and lie in no known boundary; by default the importer's own. */
  jurisdiction: JurisdictionPath.exactOptional(),
  /** Import the good rows although others are refused. Without it a file comes in whole or not at all. */
  partial: z.stringbool().default(false),
  /** A camera this close to another one, in metres, is held for a duplicate even under another code. 0 turns it off. */
  duplicateMetres: z.coerce.number().min(0).max(100).default(0),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

export const RowFate = z.enum(['create', 'update', 'unchanged', 'duplicate', 'refused']);
export type RowFate = z.infer<typeof RowFate>;

export const ImportRow = z.object({
  /** 1 is the first data row: in CSV the line below the header, in GeoJSON the first feature. */
  row: z.number().int(),
  /** The code or identifier that the row carries, as far as it could be read. */
  key: z.string().nullable(),
  fate: RowFate,
  /** Why it is refused or a duplicate, with pointers into the row. */
  errors: z.array(FieldError),
  /** What was understood otherwise than written: a legacy key, a missing value filled by default. */
  notes: z.array(z.string()),
});
export type ImportRow = z.infer<typeof ImportRow>;

export const ImportReport = z
  .object({
    kind: ImportKind,
    mode: z.enum(['dry-run', 'commit']),
    committed: z.boolean(),
    total: z.number().int(),
    counts: z.record(RowFate, z.number().int()),
    rows: z.array(ImportRow),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof ImportReport>;

/** One line of the `application/x-ndjson` answer: progress while it works, then exactly one report or problem. */
export const ImportEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    phase: z.enum(['reading', 'checking', 'writing']),
    done: z.number().int(),
    total: z.number().int(),
  }),
  z.object({ type: z.literal('report'), report: ImportReport }),
  z.object({ type: z.literal('problem'), problem: ProblemDocument }),
]);
export type ImportEvent = z.infer<typeof ImportEvent>;
