// SPDX-License-Identifier: AGPL-3.0-or-later
// A database per test file: cloned in about 0.1 s from a template that was migrated once.
import { createHash, randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MIGRATIONS, migrate } from '@louver/db';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { requireServer } from './servers.ts';

/** Any number does, as long as nothing else on a test server uses it. */
const TEMPLATE_LOCK = 714_001;
const ROLES = ['louver_api', 'louver_worker', 'louver_sealer'] as const;
/** Throw-away servers let everybody in and ignore it; a server named by a developer may ask. */
const PASSWORD = 'only-for-tests';

export interface TestDatabase {
  /** Owns the tables and sees every row: for preparing and looking, never for what is tested. */
  readonly ownerUrl: string;
  readonly apiUrl: string;
  readonly workerUrl: string;
  readonly sealerUrl: string;
}

/** A migrated, empty database for the tests of one file, there from the first test to the last. */
export function useDatabase(): TestDatabase {
  let database: (TestDatabase & { drop: () => Promise<void> }) | undefined;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(async () => {
    await database?.drop();
  });
  const there = (): TestDatabase => {
    if (!database) throw new Error('the database exists only inside tests and hooks');
    return database;
  };
  return {
    get ownerUrl() {
      return there().ownerUrl;
    },
    get apiUrl() {
      return there().apiUrl;
    },
    get workerUrl() {
      return there().workerUrl;
    },
    get sealerUrl() {
      return there().sealerUrl;
    },
  };
}

/** The same for whoever needs more than one, or another lifetime. */
export async function createDatabase(): Promise<TestDatabase & { drop: () => Promise<void> }> {
  const server = requireServer('LOUVER_TEST_DATABASE_URL');
  const template = await requireTemplate(server);
  const name = `louver_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    ownerUrl: urlOf(server, name),
    apiUrl: urlOf(server, name, 'louver_api'),
    workerUrl: urlOf(server, name, 'louver_worker'),
    sealerUrl: urlOf(server, name, 'louver_sealer'),
    // By force: a test that failed may have left its connections open.
    drop: async () => {
      await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Migrates once per state of the migrations folder; whoever comes second waits for the lock and finds it done. */
async function requireTemplate(server: string): Promise<string> {
  const template = `louver_template_${await migrationsDigest()}`;
  await onServer(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount) return;
    await ensureRoles(client);
    // Renamed when it is complete, so that a run killed half-way leaves no template that looks finished.
    const making = `${template}_making`;
    await client.query(`DROP DATABASE IF EXISTS ${making} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${making}`);
    await migrate(urlOf(server, making));
    await client.query(`ALTER DATABASE ${making} RENAME TO ${template}`);
  });
  return template;
}

async function ensureRoles(client: Client): Promise<void> {
  for (const role of ROLES) {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (!found.rowCount) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}'`);
  }
}

async function migrationsDigest(): Promise<string> {
  const files = (await readdir(MIGRATIONS)).filter((file) => file.endsWith('.sql')).toSorted();
  if (files.length === 0) throw new Error(`no migrations in ${MIGRATIONS}`);
  const digest = createHash('sha256');
  for (const file of files) digest.update(`${file}\0`).update(await readFile(join(MIGRATIONS, file)));
  return digest.digest('hex').slice(0, 12);
}

/** The connection ends with the call, and with it the advisory lock. */
async function onServer<T>(server: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, database: string, role?: (typeof ROLES)[number]): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (role) [url.username, url.password] = [role, PASSWORD];
  return url.href;
}
