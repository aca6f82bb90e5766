// SPDX-License-Identifier: AGPL-3.0-or-later
// What may follow the question mark, as OGC API - Features Part 1: Core has it. Everything else is refused by name.
import { longitudeSpans } from '@louver/contract';
import type { ItemFilter } from './queries.ts';

export const DEFAULT_LIMIT = 100;
export const MOST_ITEMS = 1_000;

/** Bad input; says which parameter and what is wrong with it. */
export class BadParameter extends Error {
  readonly parameter: string;

  constructor(parameter: string, detail: string) {
    super(detail);
    this.parameter = parameter;
  }
}

export type Query = Readonly<Record<string, string>>;

/** @throws BadParameter for one that is not known here, or given twice */
export function requireKnown(query: Readonly<Record<string, unknown>>, known: readonly string[]): Query {
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name))
      throw new BadParameter(name, `is not a parameter of this resource; it knows ${known.join(', ')}`);
    if (typeof value !== 'string') throw new BadParameter(name, 'is given more than once');
    // PostgreSQL stores no NUL, and nothing here holds one.
    if (value.includes('\0')) throw new BadParameter(name, 'holds a character that nothing here holds');
  }
  return query as Query;
}

/** @throws BadParameter */
export function readItemFilter({ limit, bbox, datetime, after }: Query): ItemFilter {
  return {
    limit: readLimit(limit),
    ...(bbox === undefined ? {} : { box: readBox(bbox) }),
    ...(datetime === undefined ? {} : { time: readTime(datetime) }),
    ...(after === undefined ? {} : { after }),
  };
}

/** More than there is at once is not wrong, only more than is given. */
function readLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw new BadParameter('limit', 'expected a whole number from 1 on');
  return Math.min(MOST_ITEMS, Number(text));
}

/** West, south, east, north; with six numbers the third and the sixth are heights, and everything here is on the ground. */
function readBox(text: string): NonNullable<ItemFilter['box']> {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if ((numbers.length !== 4 && numbers.length !== 6) || numbers.some((number) => !Number.isFinite(number)))
    throw new BadParameter('bbox', 'expected four numbers, west,south,east,north, or six with heights');
  const [west, south, east, north] = (numbers.length === 4 ? numbers : [0, 1, 3, 4].map((i) => numbers[i])) as [
    number,
    number,
    number,
    number,
  ];
  if ([west, east].some((lon) => Math.abs(lon) > 180)) throw new BadParameter('bbox', 'west and east lie in -180…180');
  if ([south, north].some((lat) => Math.abs(lat) > 90)) throw new BadParameter('bbox', 'south and north lie in -90…90');
  if (south > north) throw new BadParameter('bbox', 'south is not north of north');
  if (numbers.length === 6 && numbers[2]! > numbers[5]!) throw new BadParameter('bbox', 'the lower height comes first');
  return { spans: longitudeSpans({ west, east }), south, north };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/** An instant, or two of them with a stroke between; `..` or nothing is open. A day is all of it. */
function readTime(text: string): NonNullable<ItemFilter['time']> {
  const parts = text.split('/');
  const [from, to = from] = parts as [string, string?];
  const open = (part: string) => parts.length === 2 && (part === '..' || part === '');
  if (parts.length > 2) throw new BadParameter('datetime', 'expected an instant, or two with one stroke between');
  if (open(from) && open(to)) throw new BadParameter('datetime', 'is open at both ends');
  const read = {
    from: open(from) ? null : readInstant(from, 'T00:00:00Z'),
    to: open(to) ? null : readInstant(to, 'T23:59:59.999Z'),
  };
  if (read.from !== null && read.to !== null && Date.parse(read.from) > Date.parse(read.to))
    throw new BadParameter('datetime', 'ends before it begins');
  return read;
}

function readInstant(text: string, ofDay: string): string {
  const at = new Date(DAY.test(text) ? `${text}${ofDay}` : text);
  if ((!DAY.test(text) && !INSTANT.test(text)) || Number.isNaN(at.getTime()))
    throw new BadParameter('datetime', 'expected an instant as in 2026-02-28T10:00:00Z');
  return at.toISOString();
}
