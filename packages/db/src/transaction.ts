// SPDX-License-Identifier: AGPL-3.0-or-later
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import type { z } from 'zod';

/** Instants as ISO text, because that is what the wire carries and a Date would be turned back into it anyway. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: Parameters<typeof pg.types.getTypeParser>[0], format) {
    if (oid === pg.types.builtins.TIMESTAMPTZ && format !== 'binary')
      return (text: string) => new Date(text).toISOString();
    return pg.types.getTypeParser(oid, format);
  },
};

export type Pool = pg.Pool;

export const createPool = (connectionString: string, options: pg.PoolConfig = {}): Pool => {
  const pool = new pg.Pool({ connectionString, types, max: 10, connectionTimeoutMillis: 5_000, ...options });
  // Without a listener an idle connection that the server closes ends the process.
  pool.on('error', () => undefined);
  // Nor may one that is closed in the very moment in which it is handed out, before whoever asked for it can listen.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** On whose behalf a transaction runs: row-level security shows it what lies below these jurisdictions and nothing else. */
export interface Scope {
  jurisdictions: readonly string[];
}

/** The worker's role has policies of its own; it acts for nobody in particular. */
export const NOBODY: Scope = { jurisdictions: [] };

/** Runs statements of one transaction. Rows are parsed, so a column that drifted from its schema fails at once. */
export class Tx {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  /** @throws when there is not exactly one row */
  async one<S extends z.ZodType>(schema: S, query: Sql): Promise<z.output<S>> {
    const row = await this.maybeOne(schema, query);
    if (row === undefined) throw new Error('expected one row, found none');
    return row;
  }

  async maybeOne<S extends z.ZodType>(schema: S, query: Sql): Promise<z.output<S> | undefined> {
    const rows = await this.many(schema, query);
    if (rows.length > 1) throw new Error(`expected one row, found ${rows.length}`);
    return rows[0];
  }

  async many<S extends z.ZodType>(schema: S, query: Sql): Promise<z.output<S>[]> {
    const { rows } = await this.#client.query(query);
    return rows.map((row) => schema.parse(row));
  }

  /** Rows as they come: only for measured hot paths and binary columns. */
  async rows<T extends pg.QueryResultRow>(query: Sql): Promise<T[]> {
    return (await this.#client.query<T>(query)).rows;
  }

  /** @returns how many rows were written */
  async run(query: Sql): Promise<number> {
    return (await this.#client.query(query)).rowCount ?? 0;
  }

  /** A part that may fail alone: what it wrote is undone, what the transaction wrote before is kept. */
  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    await this.#client.query('SAVEPOINT part');
    try {
      const result = await work();
      await this.#client.query('RELEASE SAVEPOINT part');
      return result;
    } catch (error) {
      await this.#client.query('ROLLBACK TO SAVEPOINT part');
      throw error;
    }
  }
}

/** One transaction: committed when `work` resolves, rolled back when it throws. A broken connection is not given back to the pool. */
export async function inTx<T>(pool: Pool, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A server that goes away between two statements tells nobody else: unheard, it would end the process.
  const lost = (error: Error): void => {
    broken = error;
  };
  client.on('error', lost);
  try {
    await client.query('BEGIN');
    await client.query("SELECT set_config('louver.jurisdictions', $1, true)", [`{${scope.jurisdictions.join(',')}}`]);
    const result = await work(new Tx(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: Error) => {
      broken = rollback;
    });
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
