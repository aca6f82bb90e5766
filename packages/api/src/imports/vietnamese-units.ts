// SPDX-License-Identifier: AGPL-3.0-or-later
import { isRecord, type SourceRow } from './source-row.ts';

/**
 * The state's list of provinces and communes, without boundaries: `provinces[]` of `{code, name, full_name, communes[]}`.
 * Rows are numbered as they are read: a province, then its communes, then the next.
 */
export function readUnits(provinces: unknown[]): SourceRow[] {
  const rows: SourceRow[] = [];
  const add = (unit: unknown, kind: 'province' | 'commune', path: string) => {
    const row = { row: rows.length + 1, at: '' as const, geometry: undefined, notes: [] };
    const properties = isRecord(unit)
      ? { path, kind, code: unit.code, name: unit.full_name ?? unit.name, name_en: unit.name_en }
      : {};
    const errors = isRecord(unit) ? [] : [{ pointer: '', detail: 'expected a unit with code and name' }];
    rows.push({ ...row, properties, id: null, errors });
  };
  for (const province of provinces) {
    const { code, communes } = isRecord(province) ? province : {};
    add(province, 'province', `vn.p${String(code)}`);
    for (const commune of Array.isArray(communes) ? communes : [])
      add(commune, 'commune', `vn.p${String(code)}.c${String(isRecord(commune) ? commune.code : '')}`);
  }
  return rows;
}
