// SPDX-License-Identifier: AGPL-3.0-or-later
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

export const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** Brings a database to the newest schema. Safe to run twice, and by two at once: an advisory lock lets one go first. */
export async function migrate(databaseUrl: string, onStep: (name: string) => void = () => undefined): Promise<void> {
  const applied = await runner({
    databaseUrl,
    dir: MIGRATIONS,
    migrationsTable: 'schema_migrations',
    direction: 'up',
    checkOrder: true,
    singleTransaction: false,
    // Another process that migrates right now is waited for instead of failing.
    lockMode: 'block',
    log: () => undefined,
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (text: string) => process.stderr.write(`${text}\n`),
    },
  } as Parameters<typeof runner>[0]);
  for (const step of applied) onStep(step.name);
}
