// SPDX-License-Identifier: AGPL-3.0-or-later
// What the access record costs: appended durably, sealed and published, beside a plain COPY of the same rows and beside one
// transaction a row; and how long a record waits for the checkpoint that holds it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { redisKeys } from '@louver/contract';
import {
  NOBODY,
  RecordBatcher,
  appendRecord,
  appendRecords,
  createPool,
  inTx,
  type NewRecord,
  type Pool,
} from '@louver/db';
import { anAccount } from '@louver/testkit';
import { Redis } from 'ioredis';
import { findPostgres } from '../../private/programs.mjs';
import type { Bench, BenchContext, Measurement } from '../bench.ts';
import { type Installation, inInstallation, until } from '../installation.ts';
import { median, percentile, range, spread } from '../statistics.ts';

const BATCHES = [256, 1024] as const;
const SUBMITTERS = 200;
const RATE = 1_000;
const WITHIN_MS = 120_000;

/** As a look is recorded. */
const aRecord = (accountId: string): NewRecord => ({
  action: 'viewing.open',
  actor: { accountId, role: 'operator' },
  subject: randomUUID(),
  jurisdiction: 'vn.p66.hoa_sua',
  purpose: 'Va chạm giao thông ở ngã tư, theo tin báo của người dân',
  detail: { kind: 'live', endsAt: new Date().toISOString(), maskVersion: 3 },
});

const COLUMNS =
  'at, action, account_id, role, subject, camera_id, jurisdiction, purpose, case_reference, detail, entry, digest';

/** Sizes of published checkpoints, with the time at which each was heard of. */
class Published {
  readonly #redis: Redis;
  readonly heard: { size: number; atMs: number }[] = [];

  private constructor(redis: Redis) {
    this.#redis = redis;
    redis.on('message', (_channel, size: string) => this.heard.push({ size: Number(size), atMs: performance.now() }));
  }

  static async listen(url: string): Promise<Published> {
    const redis = new Redis(url);
    const published = new Published(redis);
    await redis.subscribe(redisKeys.logPublished);
    return published;
  }

  async untilAll(owner: Pool): Promise<void> {
    const { rows } = await owner.query<{ count: number }>('SELECT count(*)::int AS count FROM records');
    await until('all is published', WITHIN_MS, () => (this.heard.at(-1)?.size ?? 0) >= rows[0]!.count);
  }

  close(): void {
    this.#redis.disconnect();
  }
}

/** Seconds that psql takes to COPY rows that stand in the record already, in batches of that size, one commit each. */
async function copySeconds(at: Installation, rows: number, batch: number): Promise<number> {
  const { rows: lines } = await at.owner.query<{ line: string }>(
    `SELECT concat_ws(E'\\t', at, action, account_id, role, subject, coalesce(camera_id::text, '\\N'), jurisdiction, purpose,
            coalesce(case_reference, '\\N'), detail, '\\' || entry::text, digest) AS line
     FROM records WHERE action = 'viewing.open' ORDER BY seq DESC LIMIT ${rows}`,
  );
  let script = '\\set ON_ERROR_STOP on\n';
  for (let from = 0; from < lines.length; from += batch) {
    const part = lines.slice(from, from + batch).map(({ line }) => line);
    script += `COPY copied (${COLUMNS}) FROM STDIN;\n${part.join('\n')}\n\\.\n`;
  }
  // A table with the same indexes and constraints: copies in `records` itself would be records.
  await at.owner.query(
    `DROP TABLE IF EXISTS copied;
     CREATE TABLE copied (LIKE records INCLUDING ALL, FOREIGN KEY (account_id) REFERENCES accounts (id))`,
  );
  const psql = join(findPostgres()!.bin, 'psql');
  const child = spawn(psql, ['-q', '-X', at.databaseUrls.ownerUrl], { stdio: ['pipe', 'inherit', 'inherit'] });
  child.stdin.write('\\o /dev/null\nSELECT 1;\n');
  await pause(200);
  const began = performance.now();
  child.stdin.end(script);
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`psql ended with ${code}`);
  return (performance.now() - began) / 1000;
}

interface Side {
  readonly at: Installation;
  readonly pool: Pool;
  readonly published: Published;
  readonly accountId: string;
}

/** Seconds from the first append until the last is under a published checkpoint. */
async function appendSeconds({ at, pool, published, accountId }: Side, rows: number, batch: number): Promise<number> {
  const batches = Array.from({ length: Math.ceil(rows / batch) }, () =>
    Array.from({ length: batch }, () => aRecord(accountId)),
  );
  const began = performance.now();
  // Two at once, so that one is made while the other is written, as in any API with more than one connection.
  const lane = async () => {
    for (let next = batches.pop(); next; next = batches.pop()) {
      const records = next;
      await inTx(pool, NOBODY, (tx) => appendRecords(tx, records));
    }
  };
  await Promise.all([lane(), lane()]);
  await published.untilAll(at.owner);
  return (performance.now() - began) / 1000;
}

async function besideCopy(context: BenchContext, side: Side): Promise<Measurement[]> {
  const rows = context.quick ? 16_384 : 32_768;
  const rounds = context.quick ? 2 : 7;
  const measurements: Measurement[] = [];
  for (const batch of BATCHES) {
    context.say(`batches of ${batch}`);
    await appendSeconds(side, 4_096, batch);
    const ratios: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const ours = await appendSeconds(side, rows, batch);
      const theirs = await copySeconds(side.at, rows, batch);
      ratios.push(ours / theirs);
      rates.push(rows / ours);
    }
    measurements.push({
      what: `Records in batches of ${batch}, durable, sealed and published: time over COPY of the same rows`,
      measured: median(ratios),
      unit: 'ratio',
      budget: 1 / 0.6,
      samples: rounds,
      note: `rounds ${range(ratios)}; ${Math.round(median(rates)).toLocaleString('en')} records a second`,
    });
  }
  return measurements;
}

/** Seconds that all submitters together take, each waiting for one record before the next. */
async function submitSeconds(count: number, submit: () => Promise<unknown>): Promise<number> {
  let left = count;
  const began = performance.now();
  const submitter = async () => {
    while (left-- > 0) await submit();
  };
  await Promise.all(Array.from({ length: SUBMITTERS }, submitter));
  return (performance.now() - began) / 1000;
}

async function besideRows(context: BenchContext, side: Side): Promise<Measurement> {
  const count = context.quick ? 2_000 : 20_000;
  const rounds = context.quick ? 2 : 5;
  const ratios: number[] = [];
  const { at, pool, published, accountId } = side;
  for (let round = 0; round < rounds; round++) {
    context.say(`${SUBMITTERS} submitters, round ${round + 1}`);
    const batcher = new RecordBatcher(pool);
    const together = await submitSeconds(count, () => batcher.append(aRecord(accountId)));
    const waited = performance.now();
    await published.untilAll(at.owner);
    const batched = together + (performance.now() - waited) / 1000;
    await batcher.close();
    const alone = await submitSeconds(count, () => inTx(pool, NOBODY, (tx) => appendRecord(tx, aRecord(accountId))));
    await published.untilAll(at.owner);
    ratios.push(batched / alone);
  }
  return {
    what: `${SUBMITTERS} submitters, batched, durable, sealed and published: time over one transaction a record`,
    measured: median(ratios),
    unit: 'ratio',
    budget: 1 / 3,
    samples: rounds,
    note: `rounds ${range(ratios)}`,
  };
}

async function waiting(context: BenchContext, side: Side): Promise<Measurement> {
  const { at, pool, published, accountId } = side;
  const seconds = context.quick ? 3 : 30;
  context.say(`${RATE} records a second for ${seconds} s`);
  const committed: { seq: string; atMs: number }[] = [];
  const batcher = new RecordBatcher(pool);
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; sent < seconds * RATE;) {
    const due = Math.floor(((performance.now() - began) / 1000) * RATE);
    for (; sent < due; sent++)
      pending.push(
        batcher.append(aRecord(accountId)).then(({ seq }) => void committed.push({ seq, atMs: performance.now() })),
      );
    await pause(2);
  }
  await Promise.all(pending);
  await batcher.close();
  await published.untilAll(at.owner);
  const { rows } = await at.owner.query<{ seq: string; index: number }>(
    'SELECT record_seq::text AS seq, leaf_index::int AS index FROM record_leaves WHERE record_seq >= $1',
    [committed[0]!.seq],
  );
  const indexOf = new Map(rows.map(({ seq, index }) => [seq, index]));
  const delays = committed.map(({ seq, atMs }) => {
    const index = indexOf.get(seq)!;
    return published.heard.find(({ size }) => size > index)!.atMs - atMs;
  });
  return {
    what: `From a durable record to the published checkpoint that holds it, at ${RATE.toLocaleString('en')} a second, p99`,
    measured: Math.max(0, percentile(delays, 99)),
    unit: 'ms',
    budget: 200,
    samples: delays.length,
    note: spread(delays),
  };
}

export const bench: Bench = async (context) =>
  inInstallation(context, async (at) => {
    const { accountId } = await anAccount(at.owner);
    const pool = createPool(at.databaseUrls.workerUrl, { max: 20 });
    const published = await Published.listen(at.redisUrl);
    try {
      const side = { at, pool, published, accountId };
      return [...(await besideCopy(context, side)), await besideRows(context, side), await waiting(context, side)];
    } finally {
      published.close();
      await pool.end();
    }
  });
