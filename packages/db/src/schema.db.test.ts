// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { useDatabase } from '@louver/testkit';
import { expect, it } from 'vitest';

const SCHEMA = fileURLToPath(new URL('../schema.sql', import.meta.url));
const database = useDatabase();

/** What pg_dump says, without what differs between servers and runs. */
function dumpSchema(url: string): string {
  const text = execFileSync(
    'pg_dump',
    ['--schema-only', '--no-owner', '--exclude-table=schema_migrations*', '--dbname', url],
    {
      encoding: 'utf8',
      maxBuffer: 32 * 1024 * 1024,
    },
  );
  return text
    .split('\n')
    .filter((line) => !/^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict )/.test(line))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .concat('\n');
}

it('schema.sql is what the migrations make (write it anew with UPDATE_SCHEMA=1)', () => {
  const dumped = dumpSchema(database.ownerUrl);
  if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(SCHEMA, dumped);
  expect(readFileSync(SCHEMA, 'utf8')).toBe(dumped);
});
