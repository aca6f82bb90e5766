// SPDX-License-Identifier: AGPL-3.0-or-later
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatVkey, type ReadFile, signerOf } from '@louver/ledger';
import { type Sealer, type SealerOptions, startSealer } from '@louver/sealer';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import type { TestDatabase } from './database.ts';
import type { TestRedis } from './redis.ts';

export const TEST_LOG_ORIGIN = 'test.louver.example/log';

/** A folder as LOUVER_DATA is one: keys of a log, and where it is published. */
export interface LogHome {
  readonly dataDir: string;
  readonly keyDir: string;
  readonly logDir: string;
  readonly vkey: string;
  /** The published files. */
  readonly read: ReadFile;
}

export interface TestSealer extends LogHome {
  readonly sealer: Sealer;
}

/** New keys in a new temporary folder. Whoever makes it removes it. */
export async function createLogHome(): Promise<LogHome> {
  const dataDir = await mkdtemp(join(tmpdir(), 'louver-log-'));
  const [keyDir, logDir] = [join(dataDir, 'keys'), join(dataDir, 'log')];
  await mkdir(keyDir);
  const vkey = await createLogKey(keyDir, 'log.key');
  await writeFile(join(keyDir, 'log.vkey'), `${vkey}\n`);
  const read: ReadFile = (path) => readFile(join(logDir, path)).catch(() => undefined);
  return { dataDir, keyDir, logDir, vkey, read };
}

/** @returns the verifier key of the one that was written */
export async function createLogKey(keyDir: string, file: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(join(keyDir, file), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return formatVkey(signerOf(TEST_LOG_ORIGIN, 'ed25519', privateKey).key);
}

/** A sealer that runs from the first test of a file to the last, and what it publishes. */
export function useSealer(
  database: TestDatabase,
  redis?: TestRedis,
  options: Pick<SealerOptions, 'cosign' | 'policy' | 'witnessHealth'> = {},
): TestSealer {
  let home: LogHome | undefined;
  let sealer: Sealer | undefined;
  beforeAll(async () => {
    home = await createLogHome();
    const { keyDir, logDir } = home;
    const [databaseUrl, redisUrl] = [database.sealerUrl, redis?.url];
    sealer = await startSealer({ ...options, databaseUrl, redisUrl, keyDir, logDir, log: pino({ level: 'silent' }) });
  });
  afterAll(async () => {
    await sealer?.stop();
    if (home) await rm(home.dataDir, { recursive: true, force: true });
  });
  const there = (): TestSealer => {
    if (!home || !sealer) throw new Error('the sealer runs only inside tests and hooks');
    return { ...home, sealer };
  };
  return {
    get sealer() {
      return there().sealer;
    },
    get dataDir() {
      return there().dataDir;
    },
    get keyDir() {
      return there().keyDir;
    },
    get logDir() {
      return there().logDir;
    },
    get vkey() {
      return there().vkey;
    },
    get read() {
      return there().read;
    },
  };
}
