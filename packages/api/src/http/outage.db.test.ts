// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPool } from '@louver/db';
import { Redis } from 'ioredis';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';
import { createApp } from './app.ts';

const api = useApi();
const gone = '127.0.0.1:1';

describe('without Redis', () => {
  it('says so at once instead of hanging, and names it in the readiness', async () => {
    const redis = new Redis(`redis://${gone}`, { maxRetriesPerRequest: 1, commandTimeout: 1_000 });
    redis.on('error', () => undefined);
    const app = createApp({ ...api.deps, redis });
    try {
      const answer = await request(app).get('/api/v1/session').set('Cookie', 'louver_session=s:a.b');
      // A cookie that was not signed here needs no look-up, so the session is simply not there.
      expect(answer.status).toBe(401);
      const { request: sent } = await (await api.as('operator')).agent.get('/api/v1/session');
      const held = await request(app).get('/api/v1/session').set('Cookie', sent.cookies);
      expect([held.status, held.body.slug]).toEqual([503, 'unavailable']);
      const ready = await request(app).get('/readyz');
      expect(ready.body.checks).toMatchObject({ redis: 'does not answer', database: 'ok' });
      await request(app).get('/healthz').expect(200);
    } finally {
      redis.disconnect();
    }
  });
});

describe('without a database', () => {
  it('says so, and gives no address away', async () => {
    const pool = createPool(`postgres://louver_api@${gone}/louver`);
    const app = createApp({ ...api.deps, pool });
    const credentials = { email: 'a@louver.example', password: 'x' };
    const answer = await request(app).post('/api/v1/session').send(credentials);
    expect([answer.status, answer.body.slug]).toEqual([503, 'unavailable']);
    expect(answer.text).not.toContain('127.0.0.1');
    const ready = await request(app).get('/readyz');
    expect(ready.status).toBe(503);
    expect(ready.body.checks).toMatchObject({ redis: 'ok', database: 'does not answer' });
    await pool.end();
  });
});
