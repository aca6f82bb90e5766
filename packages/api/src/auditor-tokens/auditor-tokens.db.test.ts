// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { NOBODY, inTx, sql } from '@louver/db';
import { describe, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const path = '/api/v1/auditor-tokens';
const DAY_MS = 24 * 60 * 60_000;

describe('POST /auditor-tokens', () => {
  it('shows a token once and keeps its hash only, on the record without its label', async () => {
    const auditor = await api.as('auditor');
    const answer = await auditor.agent.post(path).send({ label: 'verifier of Trần Thị Bình', expiresInDays: 7 });
    expect(answer.status).toBe(201);
    const { id, token, label, expiresAt } = answer.body as Record<'id' | 'token' | 'label' | 'expiresAt', string>;
    expect(label).toBe('verifier of Trần Thị Bình');
    expect(token).toMatch(/^louver_auditor_[\w-]{43}$/);
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 7 * DAY_MS)).toBeLessThan(60_000);
    expect(answer.headers['cache-control']).toBe('no-store');

    const { rows } = await api.owner.query('SELECT * FROM auditor_tokens WHERE id = $1', [id]);
    expect(rows[0].token_sha256).toEqual(createHash('sha256').update(token).digest());
    expect(JSON.stringify(rows)).not.toContain(token.slice(-43));
    const recorded = await api.recordsOf(id);
    expect(recorded).toMatchObject([
      { action: 'auditor-token.create', account_id: auditor.accountId, detail: { scope: 'log:entries', expiresAt } },
    ]);
    const text = JSON.stringify(recorded) + String(recorded[0]!['entry']);
    for (const secret of [token.slice(-43), 'Bình']) expect(text).not.toContain(secret);
  });

  it('lasts ninety days unless it is said otherwise', async () => {
    const { agent } = await api.as('auditor');
    const { body } = await agent.post(path).send({ label: 'verifier' }).expect(201);
    expect(Math.round((Date.parse(body.expiresAt) - Date.now()) / DAY_MS)).toBe(90);
  });

  it.each([
    [{}, '/label'],
    [{ label: '   ' }, '/label'],
    [{ label: 'x'.repeat(101) }, '/label'],
    [{ label: 'x', expiresInDays: 0 }, '/expiresInDays'],
    [{ label: 'x', expiresInDays: 367 }, '/expiresInDays'],
    [{ label: 'x', scope: 'everything' }, '/scope'],
  ])('refuses %j', async (given, pointer) => {
    const { agent } = await api.as('auditor');
    const answer = await agent.post(path).send(given).expect(400);
    expect(answer.body.errors).toMatchObject([{ pointer }]);
  });

  it.each(['operator', 'supervisor', 'reviewer', 'officer', 'custodian', 'administrator'] as const)(
    'is not for the role %s, and neither are the other two',
    async (role) => {
      const { agent } = await api.as(role);
      const answers = [
        await agent.post(path).send({ label: 'verifier' }),
        await agent.get(path),
        await agent.delete(`${path}/00000000-0000-4000-8000-000000000000`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    },
  );

  it('is not for strangers', async () => {
    expect((await api.anybody.post(path).send({ label: 'verifier' })).status).toBe(401);
  });
});

describe('GET /auditor-tokens', () => {
  it("lists one's own, newest first, and never a token or its hash", async () => {
    const [auditor, other] = [await api.as('auditor'), await api.as('auditor')];
    await other.agent.post(path).send({ label: 'somebody else' }).expect(201);
    const first = (await auditor.agent.post(path).send({ label: 'first' })).body;
    const second = (await auditor.agent.post(path).send({ label: 'second' })).body;
    await auditor.agent.delete(`${path}/${first.id}`).expect(204);
    const { body, text } = await auditor.agent.get(path).expect(200);
    expect(body.items).toMatchObject([
      { id: second.id, label: 'second', scope: 'log:entries', revokedAt: null },
      { id: first.id, label: 'first', revokedAt: expect.any(String) },
    ]);
    expect(Object.keys(body.items[0])).not.toContain('token');
    expect(text).not.toMatch(/[0-9a-f]{64}|louver_auditor_/);
  });
});

describe('DELETE /auditor-tokens/:tokenId', () => {
  it('makes it worthless once and for all, on the record once', async () => {
    const auditor = await api.as('auditor');
    const { body } = await auditor.agent.post(path).send({ label: 'verifier' });
    await auditor.agent.delete(`${path}/${body.id}`).expect(204);
    await auditor.agent.delete(`${path}/${body.id}`).expect(204);
    const actions = (await api.recordsOf(body.id)).map(({ action }) => action);
    expect(actions).toEqual(['auditor-token.create', 'auditor-token.revoke']);
    const revive = sql`UPDATE auditor_tokens SET revoked_at = NULL WHERE id = ${body.id as string}`;
    await expect(inTx(api.deps.pool, NOBODY, (tx) => tx.run(revive))).rejects.toThrow('revoked once');
    const prolong = sql`UPDATE auditor_tokens SET expires_at = now() + interval '9 years'`;
    await expect(inTx(api.deps.pool, NOBODY, (tx) => tx.run(prolong))).rejects.toThrow('permission denied');
  });

  it("hides somebody else's", async () => {
    const [auditor, other] = [await api.as('auditor'), await api.as('auditor')];
    const { body } = await other.agent.post(path).send({ label: 'verifier' });
    const answer = await auditor.agent.delete(`${path}/${body.id}`).expect(404);
    expect(answer.body.slug).toBe('auditor-token-not-found');
    expect(await api.recordsOf(body.id)).toHaveLength(1);
  });

  it('needs an id', async () => {
    const { agent } = await api.as('auditor');
    expect((await agent.delete(`${path}/x`)).body.slug).toBe('request-invalid');
  });
});
