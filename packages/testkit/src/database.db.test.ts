// SPDX-License-Identifier: AGPL-3.0-or-later
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { createDatabase, useDatabase } from './database.ts';

const database = useDatabase();

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

it('is migrated and lets each role in under its own name', async () => {
  const [version] = await query(database.ownerUrl, 'SELECT postgis_lib_version() AS version');
  expect(version?.version).toMatch(/^3\./);
  expect(await query(database.apiUrl, 'SELECT current_user AS role')).toEqual([{ role: 'louver_api' }]);
  expect(await query(database.workerUrl, 'SELECT current_user AS role')).toEqual([{ role: 'louver_worker' }]);
});

it('shares nothing with another clone, and a dropped one is gone', async () => {
  const other = await createDatabase();
  await query(other.ownerUrl, 'CREATE TABLE only_here (id integer)');
  expect(await query(database.ownerUrl, "SELECT to_regclass('only_here') AS found")).toEqual([{ found: null }]);
  await other.drop();
  await expect(query(other.ownerUrl, 'SELECT 1')).rejects.toThrow(/does not exist/);
});
