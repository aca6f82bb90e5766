// SPDX-License-Identifier: AGPL-3.0-or-later
import { rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogHome, type LogHome, useDatabase, useRedis } from '@louver/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Step } from './sealer.ts';
import { ALog } from './testing/a-log.ts';

const database = useDatabase();
const redis = useRedis();
let home: LogHome;
let log: ALog;
beforeAll(async () => {
  home = await createLogHome();
  log = new ALog({ database, home });
  await (await log.start()).sealNow();
});
afterEach(() => log.stopAll());
afterAll(async () => {
  await log.close();
  await rm(home.dataDir, { recursive: true });
});

const STEPS: Step[] = ['locked', 'inserted', 'committed', 'files-written', 'floor-written', 'cosigned', 'published'];

describe.each(STEPS)('a sealer that dies when it has come to: %s', (deadly) => {
  it.each([1, 300])('leaves a log that the next one continues, with %i records under way', async (count) => {
    const since = await log.checkpoint();
    let died = () => undefined as void;
    const death = new Promise<void>((resolve) => {
      died = resolve;
    });
    let dead = false;
    const armed = { now: false };
    const dying = await log.start({
      reached: (step) => {
        if (armed.now && step === deadly) dead = true;
        if (!dead) return;
        died();
        throw new Error('dead');
      },
    });
    await dying.sealNow();
    armed.now = true;
    await log.append(count);
    await death;
    await log.stopAll();
    const { size } = await (await log.start()).sealNow();
    expect(await log.verify(since)).toEqual({ size });
  });
});

describe('a sealer', () => {
  it('goes on by itself when it did not hear that its COMMIT took effect', async () => {
    let deaf = false;
    const sealer = await log.start({
      reached: (step) => {
        if (!deaf || step !== 'committed') return;
        deaf = false;
        throw new Error('no answer');
      },
    });
    const { size } = await sealer.sealNow();
    deaf = true;
    await log.append(300);
    expect(await sealer.sealNow()).toEqual({ size: size + 300 });
    await log.append(3);
    expect(await sealer.sealNow()).toEqual({ size: size + 303 });
    await log.verify();
  });

  it('survives that its connection is cut again and again', async () => {
    const sealer = await log.start();
    const { size } = await sealer.sealNow();
    const cut = async () =>
      (
        await log.asOwner(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'louver-sealer' AND datname = current_database()`,
        )
      ).length;
    for (let i = 0; i < 8; i++) {
      await log.append(50);
      await expect.poll(cut, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0);
    }
    expect(await sealer.sealNow()).toEqual({ size: size + 400 });
    await log.verify();
  });

  it('seals without Redis, and at once when Redis says that somebody waits', async () => {
    const alone = await log.start({ redisUrl: 'redis://127.0.0.1:1' });
    await log.append();
    await alone.sealNow();
    await log.stopAll();
    const sealer = await log.start({ redisUrl: redis.url });
    const { size } = await sealer.sealNow();
    await log.append();
    await expect.poll(async () => (await log.verify()).size, { timeout: 5_000 }).toBe(size + 1);
  });

  it('writes the same files anew when some are lost', async () => {
    const sealer = await log.start();
    await log.append(300);
    const { size } = await sealer.sealNow();
    const before = await home.read('tile/0/000');
    await log.stopAll();
    for (const path of ['tile/0/000', 'tile/entries/001']) await unlink(join(home.logDir, path));
    await (await log.start()).sealNow();
    expect(await log.verify()).toEqual({ size });
    expect(await home.read('tile/0/000')).toEqual(before);
    await log.stopAll();
    await rm(home.logDir, { recursive: true });
    await (await log.start()).sealNow();
    expect(await log.verify()).toEqual({ size });
  });

  it('does not wait with sealing for a slow witness, and publishes the newest next', async () => {
    const asked: number[] = [];
    let answer = () => undefined as void;
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const sealer = await log.start({
      cosign: async ({ size, signed }) => {
        asked.push(size);
        await slow;
        return signed;
      },
    });
    const sealed = async () => (await log.asOwner<{ size: number }>('SELECT size::int FROM log_state'))[0]!.size;
    const before = await sealed();
    for (let i = 1; i <= 3; i++) {
      await log.append();
      await expect.poll(sealed, { timeout: 5_000, interval: 20 }).toBe(before + i);
      await delay(30);
    }
    answer();
    expect(await sealer.sealNow()).toEqual({ size: before + 3 });
    expect(asked).toEqual([before, before + 3]);
    await log.verify();
  });
});
