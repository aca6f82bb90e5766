// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes one test's database away from everybody and gives it back, without touching the server that others use.
import type { TestDatabase } from '@louver/testkit';
import pg from 'pg';

export async function setReachable(database: TestDatabase, reachable: boolean): Promise<void> {
  const url = new URL(database.ownerUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`ALTER DATABASE ${pg.escapeIdentifier(name)} WITH ALLOW_CONNECTIONS ${String(reachable)}`);
    if (!reachable)
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  } finally {
    await client.end();
  }
}
