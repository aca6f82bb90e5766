// SPDX-License-Identifier: AGPL-3.0-or-later
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LogHealth, redisKeys, type LogStatus } from '@louver/contract';
import { inTx, type Scope } from '@louver/db';
import { LedgerError, openCheckpoint, peekCheckpoint } from '@louver/ledger';
import type { Deps } from '../http/deps.ts';
import { readSealing } from './queries.ts';

/** How long the sealer may be away before this installation is not ready: a look waits five seconds for it at most. */
const AWAY_SECONDS = 10;
/** How long what the sealer says of itself stays in Redis. */
const HEALTH_EXPIRES_MS = 30_000;

export async function readLogStatus({ redis, ledger, clock }: Deps): Promise<LogStatus> {
  const [said, vkeys, bytes] = await Promise.all([
    redis.get(redisKeys.logHealth),
    ledger.trust.vkeys(),
    ledger.files.read('checkpoint'),
  ]);
  return {
    health: said === null ? null : LogHealth.parse(JSON.parse(said)),
    vkeys: (vkeys ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    checkpoint: bytes ? await describe(bytes, join(ledger.files.dir, 'checkpoint'), clock.now()) : null,
  };
}

async function describe(bytes: Uint8Array, file: string, now: Date) {
  const { origin, size, root } = peekCheckpoint(bytes);
  const { mtime } = await stat(file);
  const ageSeconds = Math.max(0, (now.getTime() - mtime.getTime()) / 1000);
  return { origin, size, root: Buffer.from(root).toString('base64'), publishedAt: mtime.toISOString(), ageSeconds };
}

/**
 * Whether a look that is opened now would be sealed: `ok`, or what stands in the way. The age of the checkpoint alone says
 * nothing, because none is signed while nothing happens; records that wait say it, and a sealer that fell silent.
 */
export async function checkLog(deps: Deps, everywhere: Scope): Promise<string> {
  const { files, trust } = deps.ledger;
  const [bytes, policy] = await Promise.all([files.read('checkpoint'), trust.policy()]);
  if (!bytes || !policy) return 'no checkpoint is published yet';
  try {
    await openCheckpoint(bytes, policy);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return 'the published checkpoint is not one that a picture may rest on';
  }
  const expiresIn = await deps.redis.pttl(redisKeys.logHealth);
  if (expiresIn < HEALTH_EXPIRES_MS - AWAY_SECONDS * 1000) return 'the sealer is away';
  const { size, sealedSecondsAgo, waitingSeconds } = await inTx(deps.pool, everywhere, readSealing);
  if ((waitingSeconds ?? 0) > AWAY_SECONDS) return 'records wait to be sealed';
  const published = peekCheckpoint(bytes).size >= size;
  return published || (sealedSecondsAgo ?? 0) <= AWAY_SECONDS ? 'ok' : 'the newest checkpoint is not published';
}

/** Read when somebody measures: the figures are the files' and the sealer's, not this process's. */
export async function observeLog(deps: Deps): Promise<void> {
  const { health, checkpoint } = await readLogStatus(deps);
  const { logSize, logCheckpointAge, logWitness, recordsAltered, logSweptAt } = deps.metrics;
  recordsAltered.set(health?.altered.length ?? 0);
  logSweptAt.set(health?.sweptAt ? Date.parse(health.sweptAt) / 1000 : 0);
  logWitness.reset();
  for (const { name, problem } of health?.witnesses ?? []) logWitness.set({ witness: name }, problem === null ? 1 : 0);
  if (!checkpoint) return;
  logSize.set(checkpoint.size);
  logCheckpointAge.set(checkpoint.ageSeconds);
}
