// SPDX-License-Identifier: AGPL-3.0-or-later
import { JurisdictionPath, type FieldError } from '@louver/contract';
import { z } from 'zod';
import { Fields, asNumber, asOption } from './fields.ts';
import { readShape, type Shape } from './geometry.ts';
import type { SourceRow } from './source-row.ts';

export interface JurisdictionCandidate {
  row: number;
  path: JurisdictionPath;
  kind: 'country' | 'province' | 'commune';
  name: string;
  nameEn: string | null;
  code: string | null;
  /** A list of units has none; a boundary that is there already then stays. */
  boundary: Shape | null;
  notes: string[];
}
export type JurisdictionRow =
  | { ok: true; candidate: JurisdictionCandidate }
  | { ok: false; row: number; key: string | null; errors: FieldError[]; notes: string[] };

const Level = z.number().int();
const Name = z.string().max(200);
const Kind = z.enum(['country', 'province', 'commune']);
const Code = z.string().regex(/^[A-Za-z0-9_-]{1,20}$/, 'expected letters and digits');
/** OSM's levels in Viet Nam since July 2025: provinces and, directly below them, wards and communes. */
const ADMIN_LEVELS: Readonly<Record<number, z.infer<typeof Kind>>> = { 2: 'country', 4: 'province', 6: 'commune' };

/** From our own `path`, or from a unit's code and its parent: `vn.p<province>.c<commune>`. */
export function readJurisdiction(source: SourceRow): JurisdictionRow {
  const fields = new Fields(source);
  const level = fields.get('admin_level', Level, asNumber);
  const code = fields.get(['code', 'ref'], Code) ?? null;
  const kind = fields.get('kind', Kind, asOption) ?? (level === undefined ? undefined : ADMIN_LEVELS[level]);
  const path = fields.get('path', JurisdictionPath) ?? pathOf(fields, kind, code);
  const name = fields.get('name', Name);
  if (name === undefined && fields.errors.length === 0) fields.refuse('name', 'is missing');
  const nameEn = fields.get(['name_en', 'name:en'], Name) ?? null;
  const boundary =
    source.geometry === undefined || source.geometry === null
      ? null
      : (readShape(source.geometry, ['Polygon', 'MultiPolygon'], fields.errors) ?? null);
  const key = path ?? code ?? source.id;
  if (fields.errors.length > 0 || path === undefined || name === undefined)
    return { ok: false, row: source.row, key, errors: fields.errors, notes: fields.notes };
  const candidate = {
    row: source.row,
    path,
    kind: kind ?? kindAtDepth(path),
    name,
    nameEn,
    code,
    boundary,
    notes: fields.notes,
  };
  return { ok: true, candidate };
}

const kindAtDepth = (path: string): z.infer<typeof Kind> =>
  (['country', 'province'] as const)[path.split('.').length - 1] ?? 'commune';

function pathOf(fields: Fields, kind: string | undefined, code: string | null): JurisdictionPath | undefined {
  if (code === null || kind === undefined) {
    if (fields.errors.length === 0) fields.refuse('path', 'is missing, and without code and kind it does not follow');
    return undefined;
  }
  const province = fields.get('province_code', Code);
  const parent =
    fields.get('parent', JurisdictionPath) ?? (province === undefined ? 'vn' : `vn.p${province}`.toLowerCase());
  const path = kind === 'province' ? `vn.p${code}` : `${parent}.c${code}`;
  const parsed = JurisdictionPath.safeParse(path.toLowerCase().replaceAll('-', '_'));
  if (parsed.success) return parsed.data;
  fields.refuse('code', `does not make a path: ${path}`);
  return undefined;
}
