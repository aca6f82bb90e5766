// SPDX-License-Identifier: AGPL-3.0-or-later
// A line to the database that is lost loses what is said on it: until it is back the masks are asked for often.
import { createPool, type Pool } from '@louver/db';
import { aCamera, useDatabase } from '@louver/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MaskDecisions } from '../record/mask-decisions.ts';
import { until } from '../testing/watcher.ts';
import { MaskWatch } from './mask-watch.ts';

const database = useDatabase();
let owner: Pool;
let workers: Pool;
/** Of the server and not of the test's database, which lets nobody in for a while. */
let server: Pool;

beforeAll(() => {
  owner = createPool(database.ownerUrl);
  workers = createPool(database.workerUrl);
  const elsewhere = new URL(database.ownerUrl);
  elsewhere.pathname = '/postgres';
  server = createPool(elsewhere.href);
});
afterAll(async () => {
  await Promise.all([owner, workers, server].map((pool) => pool.end()));
});

const name = () => new URL(database.ownerUrl).pathname.slice(1);
const listening = async () =>
  (await server.query("SELECT pid FROM pg_stat_activity WHERE datname = $1 AND query LIKE 'LISTEN %'", [name()])).rows;
/** Connections that exist go on in any case. */
const letIn = (anybody: boolean) => server.query(`ALTER DATABASE "${name()}" WITH ALLOW_CONNECTIONS ${anybody}`);

it('asks at once and four times a second while nobody can tell it anything, and again only seldom afterwards', async () => {
  const { cameraId } = await aCamera(owner);
  const log = pino({ level: 'silent' });
  const watch = new MaskWatch(workers, database.workerUrl, log, {
    follower: { size: 0, catchUp: async () => undefined },
    decisions: new MaskDecisions(log),
    onRefusal: () => undefined,
  });
  let answers: number[] = [];
  let doubts = 0;
  watch.watch(cameraId, {
    onDoubt: () => doubts++,
    onStanding: (_standing, { askedAt }) => answers.push(askedAt),
  });
  try {
    await until('it listens', 10_000, async () => (await listening()).length === 1 && answers.length > 0);
    await letIn(false);
    answers = [];
    const lostAt = performance.now();
    await server.query('SELECT pg_terminate_backend($1)', [(await listening())[0].pid]);
    // Asked every two seconds this takes twelve of them.
    await until('six answers', 4_000, () => answers.length >= 6);
    expect(answers[0]! - lostAt).toBeLessThan(250);
    expect(doubts).toBe(0);
    await letIn(true);
    await until('it listens again', 10_000, async () => (await listening()).length === 1);
    await until('it is told', 10_000, async () => {
      await owner.query("SELECT pg_notify('masks_changed', $1)", [cameraId]);
      return doubts > 0;
    });
    // What it was told meanwhile it still asks about. Somebody who cannot be told anything never pauses this long.
    answers = [];
    await until('a pause of a second and a half', 20_000, () => answers.some((at, i) => at - answers[i - 1]! > 1_500));
  } finally {
    await letIn(true);
    await watch.close();
  }
});
