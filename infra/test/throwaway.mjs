// SPDX-License-Identifier: AGPL-3.0-or-later
// PostgreSQL and Redis for one run of the tests: fast, forgetful, and gone afterwards.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../private/postgres.mjs';
import { startRedis } from '../private/redis.mjs';

/** @returns {Promise<{ databaseUrl: string, redisUrl: string, stop: () => Promise<void> }>} the database's superuser */
export async function startThrowaway() {
  const folder = mkdtempSync(join(tmpdir(), 'louver-test-'));
  chmodSync(folder, 0o711);
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  try {
    const postgres = await startPostgres({ dataDir: folder, logFile: join(folder, 'postgres.log'), forgetful: true });
    const redis = await startRedis({ dataDir: folder, logFile: join(folder, 'redis.log'), forgetful: true });
    return {
      databaseUrl: postgres.url('postgres'),
      redisUrl: redis.url,
      async stop() {
        await Promise.all([postgres.running.stop(), redis.running.stop()]);
        for (const { removeSockets } of [postgres, redis]) removeSockets();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}
