// SPDX-License-Identifier: AGPL-3.0-or-later
// P2 and P3 while the sealer, PostgreSQL and the media worker are killed at random, hundreds of times, under load. On servers
// of its own that are as durable as real ones: the other tests' forget on purpose.
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadClip } from '@louver/camsim';
import { hashLeaf, parseReceipt, parseVkey, trustLogs, verifyLog, verifyReceipt } from '@louver/ledger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Installation, until } from '../bench/installation.ts';
import { startPostgres } from '../private/postgres.mjs';
import { startRedis } from '../private/redis.mjs';
import { Kept } from './kept.ts';
import { Submitters, canLook, look } from './load.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const KILLS = 200;
const MINUTE = 60_000;
const LANES = 6;
const FRAME = { width: 320, height: 240 };
const CORNER = [
  [
    [0.1, 0.1],
    [0.4, 0.1],
    [0.4, 0.4],
    [0.1, 0.4],
  ],
] as [number, number][][];

const cleaning: (() => Promise<unknown> | void)[] = [];
let folder = '';
let postgres: Awaited<ReturnType<typeof startPostgres>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'louver-chaos-'));
  cleaning.push(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  // PostgreSQL runs as a user of its own and has to reach what lies below.
  await chmod(folder, 0o711);
  postgres = await startPostgres({ dataDir: folder, logFile: join(folder, 'postgres.log') });
  const redis = await startRedis({ dataDir: folder, logFile: join(folder, 'redis.log') });
  cleaning.push(redis.removeSockets, () => redis.running.stop());
  process.env['LOUVER_TEST_DATABASE_URL'] = postgres.url('postgres');
  process.env['LOUVER_TEST_REDIS_URL'] = redis.url;
}, MINUTE);

afterAll(async () => {
  for (const clean of cleaning.toReversed()) await clean();
}, MINUTE);

async function aClip() {
  const file = join(folder, 'clip.mp4');
  const source = ['-f', 'lavfi', '-i', `testsrc2=s=${FRAME.width}x${FRAME.height}:r=10:d=2`, '-pix_fmt', 'yuv420p'];
  await promisify(execFile)('ffmpeg', ['-v', 'error', ...source, file]);
  return loadClip(file);
}

/** Every checkpoint that anybody could have fetched meanwhile. */
async function collectCheckpoints(logDir: string, signal: AbortSignal): Promise<string[]> {
  const seen = new Set<string>();
  while (!signal.aborted) {
    seen.add(await readFile(join(logDir, 'checkpoint'), 'utf8'));
    await pause(20);
  }
  return [...seen];
}

async function killAtRandom(kept: Record<'sealer' | 'postgres' | 'worker', Kept>): Promise<void> {
  for (let kills = 0; kills < KILLS;) {
    const dice = randomInt(10);
    const victim = dice < 6 ? kept.sealer : dice < 8 ? kept.postgres : kept.worker;
    if (victim.kill()) kills++;
    await pause(randomInt(1_000));
  }
}

it(
  'loses nothing, doubles nothing and honours every receipt, whoever is killed',
  async () => {
    const context = { quick: true, root: ROOT, folder, cache: folder, say: () => undefined };
    const city = await Installation.start(context);
    const logDir = join(city.dataDir, 'log');
    const kept = {
      postgres: new Kept('postgres', postgres.running, postgres.launch),
      sealer: new Kept('sealer', city.sealer, async () => city.startSealer()),
      worker: new Kept('worker', (await city.startWorker()).running, async () => (await city.startWorker()).running),
    };
    cleaning.push(postgres.removeSockets, () => kept.postgres.stop());
    cleaning.push(() => city.stop());
    cleaning.push(() => Promise.all([kept.sealer.stop(), kept.worker.stop()]));
    const operator = await city.person('operator');
    const { cameraId } = await city.camera(await aClip(), { frame: FRAME, polygons: CORNER });

    const enough = new AbortController();
    const submitters = new Submitters();
    const load = Promise.all([
      submitters.run(city.databaseUrls.workerUrl, LANES, enough.signal),
      look(operator, cameraId, enough.signal),
      collectCheckpoints(logDir, enough.signal),
    ]);
    await killAtRandom(kept);
    enough.abort();
    const [, receipts, checkpoints] = await load;
    // Whoever was hit comes back by itself.
    await until('a picture again', MINUTE, () => canLook(operator, cameraId));
    // It writes how the last look ended, and nobody writes anything after that.
    await kept.worker.stop();

    const counted = async () =>
      (
        await city.owner.query<{ records: number; sealed: number }>(
          'SELECT (SELECT count(*)::int FROM records) AS records, (SELECT size::int FROM log_state) AS sealed',
        )
      ).rows[0]!;
    const size = await until('everything is sealed', MINUTE, async () => {
      const { records, sealed } = await counted().catch(() => ({ records: -1, sealed: -2 }));
      const published = Number((await readFile(join(logDir, 'checkpoint'), 'utf8')).split('\n')[1]);
      return records === sealed && sealed === published ? sealed : undefined;
    });

    // Every record is one leaf, and every leaf is one record.
    const { rows: subjects } = await city.owner.query<{ subject: string; times: number }>(
      "SELECT subject, count(*)::int AS times FROM records WHERE action = 'viewing.refuse' GROUP BY subject",
    );
    const times = new Map(subjects.map((row) => [row.subject, row.times]));
    expect([...submitters.confirmed].filter((subject) => times.get(subject) !== 1)).toEqual([]);
    expect([...submitters.unsure].filter((subject) => (times.get(subject) ?? 0) > 1)).toEqual([]);
    expect([...submitters.rolledBack].filter((subject) => times.has(subject))).toEqual([]);
    const { rows: leaves } = await city.owner.query<{ first: number; last: number; leaves: number; joined: number }>(
      `SELECT min(leaf_index)::int AS first, max(leaf_index)::int AS last, count(*)::int AS leaves,
              count(records.seq)::int AS joined
       FROM record_leaves LEFT JOIN records ON records.seq = record_leaves.record_seq`,
    );
    expect(leaves).toEqual([{ first: 0, last: size - 1, leaves: size, joined: size }]);

    // The whole log verifies, and it continues every checkpoint that anybody ever saw.
    const read = async (path: string) => readFile(join(logDir, path)).catch(() => undefined);
    const policy = trustLogs(parseVkey((await readFile(join(city.dataDir, 'keys', 'log.vkey'), 'utf8')).trim()));
    for (const since of checkpoints) await verifyLog({ read, policy, since, entries: false });
    expect((await verifyLog({ read, policy })).size).toBe(size);

    // Every receipt that was handed out is honoured: by itself, and by the log as it stands now.
    const { rows: stored } = await city.owner.query<{ leaf_index: number; entry: Buffer }>(
      `SELECT leaf_index::int, entry FROM record_leaves JOIN records ON records.seq = record_leaves.record_seq
       WHERE leaf_index = ANY($1)`,
      [receipts.map(({ index }) => index)],
    );
    const entries = new Map(stored.map((row) => [row.leaf_index, row.entry.toString('utf8')]));
    const broken: string[] = [];
    for (const { viewingId, index, entry, tlogProof } of receipts) {
      await verifyReceipt(parseReceipt(tlogProof), hashLeaf(Buffer.from(entry)), policy);
      if (entries.get(index) !== entry || !entry.includes(viewingId)) broken.push(viewingId);
    }
    expect(broken).toEqual([]);

    // It was a storm: many records, many checkpoints, and everybody was hit.
    expect(submitters.confirmed.size).toBeGreaterThan(KILLS);
    expect(checkpoints.length).toBeGreaterThan(KILLS / 10);
    expect(receipts.length).toBeGreaterThan(0);
    expect(Object.values(kept).every(({ kills }) => kills > KILLS / 20)).toBe(true);
  },
  20 * MINUTE,
);
