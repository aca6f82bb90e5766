// SPDX-License-Identifier: AGPL-3.0-or-later
import { join } from 'node:path';
import { RecordBatcher, type Pool } from '@louver/db';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createLogFiles, type LogFiles } from './log-files.ts';
import { openProver } from './proofs.ts';
import { createReadBatches, type ReadBatches } from './read-batches.ts';
import { createSealing, type Sealing } from './sealing.ts';
import { createTrust, type Trust } from './trust.ts';

/** The log of the access record, as whoever does not seal it sees it. */
export interface Ledger {
  files: LogFiles;
  trust: Trust;
  sealing: Sealing;
  reads: ReadBatches;
  /** For records that belong to no transaction of a request. */
  records: RecordBatcher;
  /** The tlog-proof of a leaf, by its hash in hex; undefined where it stands under no trusted checkpoint yet. */
  prove(leafIndex: number, digest: string): Promise<string | undefined>;
  close(): Promise<void>;
}

interface Given {
  config: Config;
  pool: Pool;
  redis: Redis;
  log: Logger;
}

/** The folder need not be there yet: the sealer makes it. */
export function createLedger({ config: { dataDir, witnessPolicy }, pool, redis, log }: Given): Ledger {
  const files = createLogFiles(join(dataDir, 'log'));
  const trust = createTrust(join(dataDir, 'keys', 'log.vkey'), witnessPolicy);
  const sealing = createSealing({ pool, redis, files, trust, log });
  const records = new RecordBatcher(pool);
  const reads = createReadBatches(records, log);
  return {
    files,
    trust,
    sealing,
    reads,
    records,
    async prove(leafIndex, digest) {
      const prover = await openProver(files, trust, log);
      return prover?.prove(leafIndex, Buffer.from(digest, 'hex'));
    },
    async close() {
      sealing.close();
      await reads.flush();
      await records.close();
    },
  };
}
