// SPDX-License-Identifier: AGPL-3.0-or-later

/** Where the run's throw-away servers are: `npm test` starts them, and vitest's global set-up where it is run alone. */
export function requireServer(variable: 'LOUVER_TEST_DATABASE_URL' | 'LOUVER_TEST_REDIS_URL'): string {
  const url = process.env[variable];
  if (!url) throw new Error(`${variable} isn't set: does this file's name end in .db.test.ts or .media.test.ts?`);
  return url;
}
