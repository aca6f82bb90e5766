// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPool, inTx, sql } from '@louver/db';
import { useDatabase } from '@louver/testkit';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { z } from 'zod';

const database = useDatabase();
const Backend = z.object({ pid: z.number() });
const nobody = { jurisdictions: [] };

it('a server that goes away between two statements fails the transaction, and neither the process nor the pool', async () => {
  const pool = createPool(database.apiUrl, { max: 1 });
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    const cut = inTx(pool, nobody, async (tx) => {
      const { pid } = await tx.one(Backend, sql`SELECT pg_backend_pid() AS pid`);
      await owner.query('SELECT pg_terminate_backend($1)', [pid]);
      // Until the socket has noticed: then nothing of ours is under way on it.
      const gone = async () => (await owner.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).rowCount === 0;
      await expect.poll(gone).toBe(true);
      await new Promise((resolve) => setImmediate(resolve));
      return tx.one(Backend, sql`SELECT 1 AS pid`);
    });
    await expect(cut).rejects.toThrow(/terminat|connection/i);
    await expect(inTx(pool, nobody, (tx) => tx.one(Backend, sql`SELECT 1 AS pid`))).resolves.toEqual({ pid: 1 });
  } finally {
    await pool.end();
    await owner.end();
  }
});
