// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of sealing say about a whole log, whatever happened to its sealers.
import { appendRecord, appendRecords, createPool, inTx, NOBODY, type NewRecord, type Pool } from '@louver/db';
import { parseVkey, type ReadFile, trustLogs, verifyLog } from '@louver/ledger';
import pg from 'pg';
import { pino } from 'pino';
import { type Sealer, type SealerOptions, startSealer } from '../sealer.ts';

export interface Surroundings {
  readonly database: { readonly ownerUrl: string; readonly workerUrl: string; readonly sealerUrl: string };
  readonly home: { readonly keyDir: string; readonly logDir: string; readonly vkey: string; readonly read: ReadFile };
}

export const aRecord = (subject = 'somebody'): NewRecord => ({ action: 'viewing.refuse', actor: null, subject });

/** A database, a folder, and the sealers that a test starts on them. */
export class ALog {
  readonly pool: Pool;
  readonly #surroundings: Surroundings;
  readonly #sealers: Sealer[] = [];

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.pool = createPool(surroundings.database.workerUrl, { max: 20 });
  }

  async start(options: Partial<SealerOptions> = {}): Promise<Sealer> {
    const { database, home } = this.#surroundings;
    const { keyDir, logDir } = home;
    const silent = pino({ level: 'silent' });
    const sealer = await startSealer({ databaseUrl: database.sealerUrl, keyDir, logDir, log: silent, ...options });
    this.#sealers.push(sealer);
    return sealer;
  }

  append(count = 1): Promise<unknown> {
    return inTx(this.pool, NOBODY, (tx) =>
      appendRecords(
        tx,
        Array.from({ length: count }, () => aRecord()),
      ),
    );
  }

  appendOne(subject: string): Promise<unknown> {
    return inTx(this.pool, NOBODY, (tx) => appendRecord(tx, aRecord(subject)));
  }

  async asOwner<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.#surroundings.database.ownerUrl });
    await client.connect();
    try {
      return (await client.query<T>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Verifies the published log, and that it holds each record of the database once, in the order of the leaves. */
  async verify(since?: Uint8Array): Promise<{ size: number }> {
    const { vkey, read } = this.#surroundings.home;
    const policy = trustLogs(parseVkey(vkey));
    const { size } = await verifyLog({ read, policy, ...(since && { since }) });
    const [found] = await this.asOwner<{ records: number; leaves: number; last: number | null }>(
      `SELECT (SELECT count(*)::int FROM records) AS records, count(DISTINCT record_seq)::int AS leaves,
              max(leaf_index)::int AS last
       FROM record_leaves`,
    );
    const expected = { records: size, leaves: size, last: size > 0 ? size - 1 : null };
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new Error(`published ${size}, but the database says ${JSON.stringify(found)}`);
    return { size };
  }

  async checkpoint(): Promise<Uint8Array> {
    return (await this.#surroundings.home.read('checkpoint'))!;
  }

  async stopAll(): Promise<void> {
    for (const sealer of this.#sealers.splice(0)) await sealer.stop();
  }

  async close(): Promise<void> {
    await this.stopAll();
    await this.pool.end();
  }
}
