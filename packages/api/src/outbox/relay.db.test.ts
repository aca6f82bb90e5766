// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import { CameraId, streamJobId } from '@louver/contract';
import { emitAfterCommit, enqueueAfterCommit, inTx, NOBODY } from '@louver/db';
import { Queue } from 'bullmq';
import { beforeEach, describe, expect, it } from 'vitest';
import { SOON } from '../testing/soon.ts';
import { useApi } from '../testing/use-api.ts';
import { relayBatch, startRelay } from './relay.ts';

const api = useApi();
const emitted: unknown[] = [];
const emit = (name: string, payload: unknown) => void emitted.push([name, payload]);
const put = (message: object) =>
  api.owner.query('INSERT INTO outbox (message) VALUES ($1::jsonb)', [JSON.stringify(message)]);
const waiting = async () => (await api.owner.query('SELECT id FROM outbox')).rowCount;
const aCameraId = () => CameraId.parse(randomUUID());

beforeEach(async () => {
  emitted.length = 0;
  await api.owner.query('DELETE FROM outbox');
});

describe('the relay', () => {
  it('delivers what a committed transaction left, in order, and nothing of one that failed', async () => {
    const cameraId = aCameraId();
    const payload = { viewingId: randomUUID() as never, jurisdiction: 'vn' as never };
    await inTx(api.deps.pool, NOBODY, async (tx) => {
      await emitAfterCommit(tx, 'viewing.changed', payload);
      await enqueueAfterCommit(tx, 'stream.run', { cameraId }, streamJobId(cameraId));
    });
    const failed = inTx(api.deps.pool, NOBODY, async (tx) => {
      await emitAfterCommit(tx, 'viewing.changed', payload);
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await relayBatch(api.deps, emit)).toBe(2);
    expect(emitted).toEqual([['viewing.changed', payload]]);
    const queue = new Queue('streams', { connection: api.deps.redis, prefix: 'louver:queue' });
    const job = await queue.getJob(streamJobId(cameraId));
    expect(job).toMatchObject({ name: 'stream.run', data: { cameraId } });
    expect(job!.opts).toMatchObject({ removeOnComplete: true, removeOnFail: true });
    await queue.close();
    expect(await waiting()).toBe(0);
  });

  it.each([
    ['of an unknown kind', { kind: 'pigeon' }],
    ['with an unknown event', { kind: 'event', name: 'camera.exploded', payload: {} }],
    ['with an unknown job', { kind: 'job', name: 'constructor', payload: {} }],
    ['with a payload that does not fit', { kind: 'job', name: 'stream.run', payload: { cameraId: 'x' } }],
    ['with an id that the queue refuses', { kind: 'job', name: 'stream.probe', payload: {}, jobId: 'a:b' }],
  ])('sets a message aside that is %s, and goes on with the next', async (_what, poison) => {
    await put(poison);
    await put({ kind: 'event', name: 'viewing.changed', payload: { a: 1 } });
    await relayBatch(api.deps, emit);
    expect(emitted).toHaveLength(1);
    expect(await waiting()).toBe(0);
    const { rows } = await api.owner.query('SELECT message FROM outbox_set_aside ORDER BY id DESC LIMIT 1');
    expect(rows).toEqual([{ message: poison }]);
  });

  it('keeps everything when what it delivers to does not answer, and delivers it later', async () => {
    await put({ kind: 'event', name: 'viewing.changed', payload: {} });
    await put({ kind: 'event', name: 'viewing.changed', payload: {} });
    let down = true;
    const failing = (name: string, payload: unknown) => {
      if (down && emitted.length === 1)
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      emit(name, payload);
    };
    await expect(relayBatch(api.deps, failing)).rejects.toThrow('ECONNREFUSED');
    expect(await waiting()).toBe(2);
    down = false;
    expect(await relayBatch(api.deps, failing)).toBe(2);
    // The first one twice: at least once, never lost.
    expect(emitted).toHaveLength(3);
  });

  it('delivers every message once while several relays work at the same time', async () => {
    for (let i = 0; i < 250; i++) await put({ kind: 'event', name: 'viewing.changed', payload: { i } });
    const relays = Array.from({ length: 4 }, () => relayBatch(api.deps, emit));
    await Promise.all(relays);
    while ((await relayBatch(api.deps, emit)) > 0);
    expect(new Set(emitted.map((message) => JSON.stringify(message))).size).toBe(250);
    expect(emitted).toHaveLength(250);
  });

  it('is woken by the commit, and keeps working when its ear was cut off', async () => {
    const relay = startRelay(api.deps, emit);
    try {
      const listening = async () =>
        (
          await api.owner.query(
            "SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN outbox' AND datname = current_database()",
          )
        ).rows;
      await expect.poll(listening, SOON).toHaveLength(1);
      const since = performance.now();
      await put({ kind: 'event', name: 'viewing.changed', payload: { woken: true } });
      await expect.poll(() => emitted.length, SOON).toBe(1);
      expect(performance.now() - since).toBeLessThan(1_500);

      await api.owner.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN outbox' AND datname = current_database()",
      );
      await put({ kind: 'event', name: 'viewing.changed', payload: { later: true } });
      await expect.poll(() => emitted.length, SOON).toBe(2);
      await expect.poll(listening, SOON).toHaveLength(1);
    } finally {
      await relay.stop();
    }
  });
});
