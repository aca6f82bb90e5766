// SPDX-License-Identifier: AGPL-3.0-or-later
import { NOBODY, createPool, inTx, type Tx } from '@louver/db';
import { EXIT, Failure, reasonOf } from './failure.ts';

const CONNECTION = /^(08|57P|28|3D000|ECONN|ENOENT|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)/;

/** One transaction as the database's owner, who sees every row. */
export async function asOwner<T>(databaseUrl: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const pool = createPool(databaseUrl, { max: 1 });
  try {
    return await inTx(pool, NOBODY, work);
  } catch (error) {
    throw databaseFailure(error);
  } finally {
    await pool.end();
  }
}

/** Tells a database that is away, or has no tables yet, from a bug. */
export function databaseFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (CONNECTION.test(code))
    return new Failure(EXIT.unreachable, `couldn't reach the database: ${reasonOf(error)}`, error);
  if (code === '42P01')
    return new Failure(EXIT.refused, 'the database has no tables yet: run `louver migrate` first', error);
  if (code === '42501')
    return new Failure(EXIT.refused, 'DATABASE_URL must name the owner of the database, not a role of the API', error);
  return error;
}
