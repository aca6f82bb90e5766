// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FieldError } from '@louver/contract';

/** One row of a file as it was written, before anybody asks what it means. */
export interface SourceRow {
  /** 1 is the first data row. */
  row: number;
  properties: Readonly<Record<string, unknown>>;
  /** Where the properties stand in the row, as a JSON pointer: `/properties`, `/tags`, or nothing for CSV. */
  at: '' | '/properties' | '/tags';
  /** GeoJSON; not yet checked. */
  geometry: unknown;
  /** The row's own identifier, apart from its properties. */
  id: string | null;
  errors: FieldError[];
  notes: string[];
}

/** A file that can't be split into rows at all. */
export class FileUnreadable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'FileUnreadable';
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Identifiers come as text and as numbers. */
export const idText = (value: unknown): string | null =>
  typeof value === 'number' ? String(value) : typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
