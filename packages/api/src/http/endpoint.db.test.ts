// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, route } from '@louver/contract';
import { sql } from '@louver/db';
import { aCamera } from '@louver/testkit';
import express from 'express';
import request from 'supertest';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { SOON } from '../testing/soon.ts';
import { useApi } from '../testing/use-api.ts';
import { OnceCommitted, endpoint, type Handle } from './endpoint.ts';
import { requestLog } from './log.ts';

const api = useApi();

const plan = route({
  method: 'POST',
  path: '/plans',
  summary: 'A write',
  action: 'anybody',
  status: 200,
  response: z.object({ done: z.boolean() }),
  problems: [],
});

/** One endpoint of our own making on the real database. */
const send = (handle: Handle<typeof plan>) => {
  const app = express();
  app.use(requestLog(api.deps.log));
  app.post('/plans', endpoint(api.deps, plan, handle));
  return request(app).post('/plans');
};

const write = sql`INSERT INTO outbox (message) VALUES ('{"kind":"event"}')`;
const outbox = async () => (await api.owner.query('SELECT id FROM outbox')).rowCount;
const records = async (subject: string) => (await api.recordsOf(subject)).length;

it('rolls a write back that recorded nothing', async () => {
  const answer = await send(async ({ tx }) => {
    await tx.run(write);
    return { done: true };
  });
  expect(answer.status).toBe(500);
  expect(await outbox()).toBe(0);
});

it('needs no record of a request that wrote nothing', async () => {
  const { status, body } = await send(async () => ({ done: true }));
  expect([status, body]).toEqual([200, { done: true }]);
});

it('keeps neither the write nor its record when the handler fails after both', async () => {
  const answer = await send(async ({ tx, record }) => {
    await tx.run(write);
    await record({ action: 'camera.update', actor: null, subject: 'fails' });
    throw new Problem('camera-code-taken');
  });
  expect(answer.status).toBe(409);
  expect([await outbox(), await records('fails')]).toEqual([0, 0]);
});

it('keeps what was written when a problem is returned instead of thrown', async () => {
  const answer = await send(async ({ record }) => {
    await record({ action: 'session.refuse', actor: null, subject: 'kept' });
    return new Problem('credentials-wrong');
  });
  expect(answer.status).toBe(401);
  expect(await records('kept')).toBe(1);
});

it('undoes everything when the answer does not fit the contract, so that no column leaks', async () => {
  const answer = await send(async ({ tx, record }) => {
    await tx.run(write);
    await record({ action: 'camera.update', actor: null, subject: 'leaks' });
    return { done: 'maybe' } as never;
  });
  expect(answer.status).toBe(500);
  expect([await outbox(), await records('leaks')]).toEqual([0, 0]);
  const extra = { done: true, passwordHash: 'x' };
  expect((await send(async () => extra)).body).toEqual({ done: true });
});

it('runs what was left for after the commit only then', async () => {
  const seen: unknown[] = [];
  await send(async ({ tx, record, afterCommit }) => {
    await tx.run(write);
    await record({ action: 'camera.update', actor: null, subject: 'later' });
    afterCommit(async () => void seen.push(await outbox()));
    return { done: true };
  }).expect(200);
  expect(seen).toEqual([1]);
});

it('can answer with what came of the commit, checked like any answer', async () => {
  const answering = (subject: string, answer: () => Promise<{ done: boolean }>) =>
    send(async ({ tx, record }) => {
      await tx.run(write);
      await record({ action: 'camera.update', actor: null, subject });
      return new OnceCommitted(answer);
    });
  const seen = await answering('committed', async () => ({ done: (await records('committed')) === 1, secret: 'x' }));
  expect([seen.status, seen.body]).toEqual([200, { done: true }]);
  const leaks = await answering('leaks-late', async () => ({ done: 'maybe' }) as never);
  expect([leaks.status, await records('leaks-late')]).toEqual([500, 1]);
  const late = await answering('too-late', () => Promise.reject(new Problem('record-not-sealed')));
  expect([late.status, late.body.slug, await records('too-late')]).toEqual([503, 'record-not-sealed', 1]);
});

it('needs a record of a write also when the answer waits for the commit', async () => {
  const before = await outbox();
  const answer = await send(async ({ tx }) => {
    await tx.run(write);
    return new OnceCommitted(async () => ({ done: true }));
  });
  expect([answer.status, await outbox()]).toEqual([500, before]);
});

it('refuses what does not fit an entry of the log, naming the field, and keeps nothing', async () => {
  const before = await outbox();
  const answer = await send(async ({ tx, record }) => {
    await tx.run(write);
    const detail = { small: 'x'.repeat(100), large: 'x'.repeat(70_000) };
    await record({ action: 'camera.update', actor: null, subject: 'too-large', purpose: 'a purpose', detail });
    return { done: true };
  });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    slug: 'request-invalid',
    errors: [{ pointer: '/large', detail: 'makes the entry of the record larger than 65535 bytes' }],
  });
  expect([await outbox(), await records('too-large')]).toEqual([before, 0]);
});

it('translates a constraint into the problem of the same name', async () => {
  const { code } = await aCamera(api.owner);
  const twice = sql`
    INSERT INTO cameras (code, name, jurisdiction, location) VALUES (${code}, 'x', 'vn.p66.hoa_sua', ST_Point(0, 0, 4326))
  `;
  const answer = await send(async ({ tx }) => {
    await tx.run(sql`SELECT set_config('louver.jurisdictions', '{vn}', true)`);
    await tx.run(twice);
    return { done: true };
  });
  expect(answer.status).toBe(409);
  expect(answer.body.slug).toBe('camera-code-taken');
});

it('gives an unexpected error away to nobody but the log, once', async () => {
  api.log.length = 0;
  const answer = await send(() => Promise.reject(new Error('the cellar key hangs behind the door')));
  expect(answer.status).toBe(500);
  expect(answer.body).toEqual({
    type: '/problems/unexpected',
    slug: 'unexpected',
    title: 'Something went wrong',
    status: 500,
    requestId: answer.headers['x-request-id'],
  });
  await expect.poll(() => api.log.length, SOON).toBeGreaterThan(0);
  const lines = api.log.filter((line) => line.includes('the cellar key'));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 50, req: { id: answer.body.requestId } });
});

it('says that a part is unavailable when the database does not let it in', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const answer = await send(() => Promise.reject(refused));
  expect(answer.status).toBe(503);
  expect(answer.body.slug).toBe('unavailable');
});
