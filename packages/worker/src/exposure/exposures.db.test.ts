// SPDX-License-Identifier: AGPL-3.0-or-later
// The jobs as they run: through real queues, with the process that looks.
import { OutboxMessage, type AimId } from '@louver/contract';
import { createPool, type Pool } from '@louver/db';
import { aCamera, anAccount, useDatabase, useRedis } from '@louver/testkit';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type RunningQueues, runQueues } from '../jobs/queues.ts';
import { aHouse } from '../testing/homes.ts';
import { Exposures } from './exposures.ts';

/** A process that has to start on a crowded machine takes its time. */
const SOON = { timeout: 90_000, interval: 50 };
const LONG = { timeout: 240_000 };
const database = useDatabase();
const redis = useRedis();
let owner: Pool;
let worker: Pool;
let connection: Redis;
let exposures: Exposures;
let queues: RunningQueues;
const nothing = async () => undefined;

beforeAll(() => {
  owner = createPool(database.ownerUrl);
  worker = createPool(database.workerUrl);
  connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const log = pino({ level: 'silent' });
  exposures = new Exposures(worker, log);
  queues = runQueues({
    connection,
    log,
    settings: {
      streams: { concurrency: 1 },
      probes: { concurrency: 1 },
      viewings: { concurrency: 1 },
      exposures: { concurrency: 2 },
      'exposure-sweeps': { concurrency: 1 },
      'mask-life': { concurrency: 1 },
      deadlines: { concurrency: 1 },
      figures: { concurrency: 1 },
    },
    processors: {
      'stream.run': nothing,
      'stream.probe': nothing,
      'viewing.sweep': nothing,
      'mask.sweep': nothing,
      'deadline.sweep': nothing,
      'figures.sweep': nothing,
      'exposure.measure': ({ aimId }, cancelled) => exposures.measure(aimId, cancelled),
      'exposure.sweep': () => exposures.sweep((aimId, id) => queues.add('exposure.measure', { aimId }, id)),
    },
    onCompleted: () => undefined,
  });
});
afterAll(async () => {
  await queues.close();
  exposures.close();
  connection.disconnect();
  await Promise.all([owner.end(), worker.end()]);
});
beforeEach(async () => {
  await owner.query('TRUNCATE outbox, exposure_recomputations, aims, buildings CASCADE');
});

const count = async (text: string): Promise<number> =>
  (await owner.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${text}`)).rows[0]!.n;
/** What the relay of the API does. */
const relay = async () => {
  const { rows } = await owner.query<{ message: unknown }>(
    'WITH gone AS (DELETE FROM outbox RETURNING id, message) SELECT message FROM gone ORDER BY id',
  );
  for (const { message } of rows) {
    const parsed = OutboxMessage.parse(message);
    if (parsed.kind === 'job')
      await queues.add(parsed.name as 'exposure.measure', parsed.payload as never, parsed.jobId);
  }
  return rows.map(({ message }) => message as { name: string; payload: Record<string, unknown> });
};
const someCameras = async (n: number): Promise<AimId[]> =>
  (await Promise.all(Array.from({ length: n }, () => aCamera(owner)))).map(({ aimId }) => aimId);

it('measures an aim because it was made', LONG, async () => {
  await aHouse(owner, { box: [8, 8, 16, 16] });
  await someCameras(1);
  await relay();
  await expect.poll(() => count('exposure_runs WHERE superseded_at IS NULL'), SOON).toBe(1);
  await expect.poll(() => count('exposure_work'), SOON).toBe(0);
});

it('measures a city by one message, shows how far it is, and says when it is done', LONG, async () => {
  await someCameras(25);
  await relay();
  await expect.poll(() => count('exposure_work'), SOON).toBe(0);
  await owner.query('DELETE FROM outbox');
  // One building that stands in the reach of all of them.
  await aHouse(owner, { box: [8, 8, 16, 16] });
  const [message, ...more] = await relay();
  expect(message).toMatchObject({ kind: 'job', name: 'exposure.sweep' });
  expect(more).toEqual([]);
  await expect.poll(() => count('exposure_recomputations WHERE finished_at IS NOT NULL'), SOON).toBe(1);
  const { rows } = await owner.query('SELECT reason, total FROM exposure_recomputations');
  expect(rows).toEqual([{ reason: 'buildings-changed', total: 25 }]);
  expect(await count('exposure_runs WHERE superseded_at IS NULL')).toBe(25);
  const told = (await relay()).filter(({ name }) => name === 'exposures.progress');
  expect(told.at(-1)!.payload).toMatchObject({ total: 25, done: 25, waiting: 0, running: 0 });
});

it('drops a job that is there already, and does one again that a queue has lost', LONG, async () => {
  const [aimId] = await someCameras(1);
  await owner.query('DELETE FROM outbox');
  await queues.add('exposure.sweep', {});
  // Handed over to a queue a moment ago: not once more.
  await expect.poll(() => connection.exists('louver:queue:exposure-sweeps:wait'), SOON).toBe(0);
  expect(await count('exposure_work')).toBe(1);
  await owner.query("UPDATE exposure_work SET queued_at = now() - interval '6 minutes' WHERE aim_id = $1", [aimId]);
  await queues.add('exposure.sweep', {});
  await expect.poll(() => count('exposure_work'), SOON).toBe(0);
});

it('measures everything anew by a policy from its date on, and not before', LONG, async () => {
  const aims = await someCameras(3);
  await aHouse(owner, { box: [40, 40, 44, 44], height: 2 });
  await relay();
  await expect.poll(() => count('exposure_work'), SOON).toBe(0);
  expect(await count("findings WHERE state = 'open'")).toBe(0);
  const policy = (version: number, from: string) =>
    owner.query(
      `INSERT INTO exposure_policies (version, effective_from, rules, reason)
       SELECT $1, now() + $2::interval, rules || '{"frameShare": 0.0001}', 'stricter' FROM exposure_policies WHERE version = 1`,
      [version, from],
    );
  await policy(3, '1 day');
  await policy(2, '-1 second');
  const byPolicy = async (version: number) => {
    await relay();
    return count(`exposure_runs WHERE superseded_at IS NULL AND policy_version = ${version}`);
  };
  await expect.poll(() => byPolicy(2), SOON).toBe(aims.length);
  expect(await count("findings WHERE state = 'open' AND policy_version = 2")).toBe(aims.length);
  expect(await count('exposure_policies WHERE version = 3 AND announced_at IS NULL')).toBe(1);
  await expect(owner.query("UPDATE exposure_policies SET reason = 'other' WHERE version = 3")).rejects.toThrow(
    'make a new version',
  );
});

it('is wanted by a person for what the person holds and nothing else', LONG, async () => {
  await aCamera(owner, { jurisdiction: 'vn.p66.hoa_sua' });
  await aCamera(owner, { jurisdiction: 'vn.p79.q1' });
  await relay();
  await expect.poll(() => count('exposure_work'), SOON).toBe(0);
  const { accountId } = await anAccount(owner, { role: 'reviewer', jurisdictions: ['vn.p66'] });
  const api = createPool(database.apiUrl);
  try {
    const client = await api.connect();
    await client.query("SELECT set_config('louver.jurisdictions', '{vn.p66}', false)");
    // Asks for more than it holds.
    await client.query(
      "INSERT INTO exposure_recomputations (reason, account_id, jurisdictions) VALUES ('asked', $1, '{vn}')",
      [accountId],
    );
    client.release(true);
  } finally {
    await api.end();
  }
  expect(await count('exposure_work')).toBe(1);
});
