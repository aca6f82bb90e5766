// SPDX-License-Identifier: AGPL-3.0-or-later
import { redisKeys } from '@louver/contract';
import { inTx, NOBODY } from '@louver/db';
import { Router } from 'express';
import type { Deps } from './deps.ts';
import { checkLog, observeLog } from '../ledger/status.ts';
import { findDemo, rootJurisdictions, silentCameras } from './queries.ts';

/** `ok`, or what is missing: in words that show no address. */
type Check = string;

/** Whether this installation can do its work now, check by check. */
async function readiness(deps: Deps): Promise<{ ready: boolean; checks: Record<string, Check> }> {
  const [database, redis, worker, log, demo] = await Promise.all([
    answered(deps, () => inTx(deps.pool, NOBODY, rootJurisdictions)),
    answered(deps, () => deps.redis.ping()),
    checked(deps, () => workerCheck(deps)),
    checked(deps, () => logCheck(deps)),
    checked(deps, () => demoCheck(deps)),
  ]);
  const checks = { database, redis, worker, log, demo };
  return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
}

const answered = (deps: Deps, ask: () => Promise<unknown>) =>
  checked(deps, async () => {
    await ask();
    return 'ok';
  });

async function checked(deps: Deps, check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    deps.log.warn({ err: error }, 'a readiness check failed');
    return 'does not answer';
  }
}

async function workerCheck({ redis }: Deps): Promise<Check> {
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', redisKeys.worker('*'), 'COUNT', 1000);
    if (found.length > 0) return 'ok';
    cursor = next;
  } while (cursor !== '0');
  return 'no worker is alive';
}

async function logCheck(deps: Deps): Promise<Check> {
  const roots = await inTx(deps.pool, NOBODY, rootJurisdictions);
  return checkLog(deps, { jurisdictions: roots.map((root) => root.path) });
}

async function demoCheck(deps: Deps): Promise<Check> {
  const { demo, roots } = await inTx(deps.pool, NOBODY, async (tx) => ({
    demo: await findDemo(tx),
    roots: await rootJurisdictions(tx),
  }));
  if (!demo) return deps.config.demo ? 'the demo city is not planted yet' : 'ok';
  const scope = { jurisdictions: roots.map((root) => root.path) };
  const silent = await inTx(deps.pool, scope, (tx) => silentCameras(tx, demo.value.streamingCodes));
  return silent.length === 0
    ? 'ok'
    : `${silent.length} of ${demo.value.streamingCodes.length} streams do not answer yet`;
}

export function healthRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.locals.route = '/healthz';
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    response.locals.route = '/readyz';
    const { ready, checks } = await readiness(deps);
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready, checks });
  });
  router.get('/metrics', async (_request, response) => {
    response.locals.route = '/metrics';
    // What can't be read is left as it was read last: the other figures are wanted most when something is away.
    await observeLog(deps).catch((error: unknown) => deps.log.warn({ err: error }, "couldn't measure the log"));
    response.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
  });
  return router;
}
