// SPDX-License-Identifier: AGPL-3.0-or-later
import pg from 'pg';

/** A sealer that stalls in its transaction must not keep the next one waiting for longer. */
const STALLED_MS = 10_000;
/** Longer than the one long look over all records at the start takes. */
const STATEMENT_MS = 300_000;

/** A connection of the sealer. After any failure the next use makes a new one: what became of the old is not guessed. */
export class Connection {
  readonly #url: string;
  readonly #name: string;
  #client: pg.Client | undefined;

  constructor(url: string, name = 'louver-sealer') {
    this.#url = url;
    this.#name = name;
  }

  async use<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = (this.#client ??= await this.#connect());
    try {
      return await work(client);
    } catch (error) {
      // Not awaited: a server that hangs would hold up the next attempt.
      void this.close();
      throw error;
    }
  }

  /** Commits what `work` did; an outcome that nobody knows, because the connection broke in COMMIT, is an error too. */
  transaction<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    return this.use(async (client) => {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    });
  }

  /** The server rolls back what was under way. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: this.#name,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      statement_timeout: STATEMENT_MS,
      query_timeout: STATEMENT_MS + STALLED_MS,
      idle_in_transaction_session_timeout: STALLED_MS,
    });
    // Without a listener a server that goes away between two statements ends the process.
    client.on('error', () => {
      if (this.#client === client) this.#client = undefined;
    });
    await client.connect();
    try {
      // Whatever was set for role or database: what is signed must not be lost with the power, and names are the catalog's.
      await client.query('SET synchronous_commit = on; SET search_path = pg_catalog, public');
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    return client;
  }
}
