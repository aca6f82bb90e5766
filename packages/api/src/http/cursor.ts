// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem } from '@louver/contract';
import { sql, type Sql } from '@louver/db';
import { z } from 'zod';

/** Where a page ended, by what the rows are sorted by: rows that come and go in between shift nothing. */
export const encodeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Microseconds since 1970, as PostgreSQL counts: a page may end between two rows of one millisecond. */
export const Microseconds = z.string().regex(/^\d{1,16}$/);
export const microsecondsOf = (column: Sql): Sql => sql`(extract(epoch FROM ${column}) * 1000000)::bigint::text`;
export const instantOf = (microseconds: string): Sql =>
  sql`('epoch'::timestamptz + ${microseconds}::bigint * interval '1 microsecond')`;

/** @throws Problem request-invalid for anything that `encodeCursor` did not make of such a place */
export function decodeCursor<S extends z.ZodType>(place: S, cursor: string): z.output<S> {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    const errors = [{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }];
    throw new Problem('request-invalid', { errors, cause });
  }
}
