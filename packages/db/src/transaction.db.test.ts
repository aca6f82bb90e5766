// SPDX-License-Identifier: AGPL-3.0-or-later
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
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

/** Lets whoever connects in, and says in the same breath that it is going away, as PostgreSQL does when it is killed just then. */
async function aDyingServer(): Promise<{ url: string; close: () => Promise<unknown> }> {
  const message = (type: string, body: Buffer) => {
    const head = Buffer.from(`${type}....`);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const bytes = Buffer.concat([
    message('R', Buffer.alloc(4)),
    message('Z', Buffer.from('I')),
    message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0')),
  ]);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(bytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://louver@127.0.0.1:${port}/louver?sslmode=disable`,
    close: () => once(server.close(), 'close'),
  };
}

it('a server that goes away while a connection is handed out fails the transaction, and not the process', async () => {
  const server = await aDyingServer();
  const pool = createPool(server.url);
  try {
    await expect(inTx(pool, nobody, (tx) => tx.one(Backend, sql`SELECT 1 AS pid`))).rejects.toThrow(
      /terminat|connection/i,
    );
  } finally {
    await pool.end();
    await server.close();
  }
});
