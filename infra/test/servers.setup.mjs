// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody who runs vitest directly gets servers as well; `npm test` has started its own already.
import { startThrowaway } from './throwaway.mjs';

/** @returns {Promise<(() => Promise<void>) | undefined>} what to do at the end; only for whoever started them */
export default async function setup() {
  if (process.env.LOUVER_TEST_DATABASE_URL && process.env.LOUVER_TEST_REDIS_URL) return undefined;
  const { databaseUrl, redisUrl, stop } = await startThrowaway();
  // Workers are forked later and inherit these; so does the second project, which then starts nothing.
  process.env.LOUVER_TEST_DATABASE_URL = databaseUrl;
  process.env.LOUVER_TEST_REDIS_URL = redisUrl;
  return stop;
}
