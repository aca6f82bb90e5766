// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FieldError } from '@louver/contract';
import type { z } from 'zod';
import type { SourceRow } from './source-row.ts';

const canonicalNames = new Map<string, string>();
/** A file brings its own names: they are remembered for its rows, not for ever. */
const REMEMBERED = 2000;

/** `hostPremises`, `host_premises` and `Host premises` are one name. */
export function canonical(name: string): string {
  const known = canonicalNames.get(name);
  if (known !== undefined) return known;
  if (canonicalNames.size >= REMEMBERED) canonicalNames.clear();
  const made = name.toLowerCase().replaceAll(/[\s_-]/g, '');
  canonicalNames.set(name, made);
  return made;
}

type Coerce = (text: string) => unknown;

const YES = new Set(['true', 'yes', '1', 'có', 'co', 'x']);
const NO = new Set(['false', 'no', '0', 'không', 'khong']);

export const asText: Coerce = (text) => text;
/** Options are written with hyphens; whoever wrote spaces or underscores meant the same. */
export const asOption: Coerce = (text) => text.toLowerCase().replaceAll(/[\s_]/g, '-');
export const asNumber: Coerce = (text) => {
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (/^[+-]?\d+,\d+$/.test(text))
    throw new RangeError(`is written with a decimal comma: write ${text.replace(',', '.')}`);
  throw new RangeError('is not a number');
};
export const asBoolean: Coerce = (text) => {
  const word = text.toLowerCase();
  if (YES.has(word)) return true;
  if (NO.has(word)) return false;
  throw new RangeError('expected yes or no');
};

/** Reads one row's properties by name, and collects what does not fit instead of stopping at the first. */
export class Fields {
  readonly errors: FieldError[];
  readonly notes: string[];
  readonly #row: SourceRow;
  readonly #keys: ReadonlyMap<string, string>;
  readonly #read = new Set<string>();

  constructor(row: SourceRow) {
    this.#row = row;
    this.errors = [...row.errors];
    this.notes = [...row.notes];
    this.#keys = new Map(Object.keys(row.properties).map((key) => [canonical(key), key]));
  }

  /** The value as written; undefined when the row says nothing. */
  raw(name: string): unknown {
    const key = this.#keys.get(canonical(name));
    if (key === undefined) return undefined;
    this.#read.add(key);
    const value = this.#row.properties[key];
    return value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value;
  }

  text(name: string): string | undefined {
    const value = this.raw(name);
    return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined;
  }

  /** The value under the first of the names that is there, as the schema has it; undefined when missing or wrong. */
  get<S extends z.ZodType>(
    names: string | readonly string[],
    schema: S,
    coerce: Coerce = asText,
  ): z.output<S> | undefined {
    for (const name of typeof names === 'string' ? [names] : names) {
      const value = this.raw(name);
      if (value !== undefined) return this.#parse(name, value, schema, coerce);
    }
    return undefined;
  }

  #parse<S extends z.ZodType>(name: string, value: unknown, schema: S, coerce: Coerce): z.output<S> | undefined {
    try {
      const parsed = schema.safeParse(typeof value === 'string' ? coerce(value.trim()) : value);
      if (parsed.success) return parsed.data;
      for (const issue of parsed.error.issues) this.refuse(name, issue.message, issue.path);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.refuse(name, error.message);
    }
    return undefined;
  }

  refuse(name: string, detail: string, path: readonly PropertyKey[] = []): void {
    const key = this.#keys.get(canonical(name)) ?? name;
    const steps = [key, ...path.map(String)].map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
    this.errors.push({ pointer: [this.#row.at, ...steps].join('/'), detail });
  }

  /** Names that nobody asked for: probably misspelt. */
  unread(): string[] {
    return Object.keys(this.#row.properties).filter((key) => !this.#read.has(key));
  }
}
