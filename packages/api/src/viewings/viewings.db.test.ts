// SPDX-License-Identifier: AGPL-3.0-or-later
import { redisKeys, streamJobId } from '@louver/contract';
import { aCamera, aMaskSet, anAccount, type GivenCamera } from '@louver/testkit';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../testing/findings.ts';
import { SOON } from '../testing/soon.ts';
import { useApi } from '../testing/use-api.ts';
import { sessionHashOf } from '../sessions/authenticate.ts';
import { readTicket } from './ticket.ts';

const api = useApi();
const published = useApi({ publicUrl: 'https://louver.example', trustProxy: 'loopback' });
const path = '/api/v1/viewings';

async function aWatchableCamera(given: GivenCamera = {}) {
  const camera = await aCamera(api.owner, given);
  await aMaskSet(api.owner, { ...camera, ...(given.frame ? { frame: given.frame } : {}) });
  return camera;
}
const viewingsOf = async (cameraId: string) =>
  (await api.owner.query<Record<string, unknown>>('SELECT * FROM viewings WHERE camera_id = $1', [cameraId])).rows;

describe('POST /viewings', () => {
  it('records the look, gives a ticket for it, and asks for the stream, all or nothing', async () => {
    const { cameraId } = await aWatchableCamera();
    const operator = await api.as('operator');
    const given = { cameraId, purpose: 'Tắc đường ở ngã tư', caseReference: 'CA-2026/17' };
    const { status, body, headers } = await operator.agent.post(path).send(given);
    expect(status).toBe(201);
    expect(headers['cache-control']).toBe('no-store');

    const [entry] = await api.recordsOf(body.id);
    expect(entry).toMatchObject({
      action: 'viewing.open',
      account_id: operator.accountId,
      role: 'operator',
      camera_id: cameraId,
      jurisdiction: 'vn.p66.hoa_sua',
      purpose: given.purpose,
      case_reference: given.caseReference,
    });
    expect(body.receipt).toMatchObject({ seq: entry!.seq, digest: entry!.digest });
    expect(await viewingsOf(cameraId)).toMatchObject([
      { id: body.id, person_id: operator.personId, purpose: given.purpose },
    ]);

    const { claims, entry: text, receipt } = readTicket(api.deps.keys.ticketPublic, body.ticket);
    expect(claims).toMatchObject({ viewingId: body.id, cameraId, accountId: operator.accountId, seq: entry!.seq });
    expect([text, receipt]).toEqual([body.receipt.entry, body.receipt.tlogProof]);
    expect(claims.startBefore - claims.issuedAt).toBe(60_000);
    expect(claims.endsAt - claims.issuedAt).toBe(30 * 60_000);
    expect(new Date(claims.endsAt).toISOString()).toBe(body.endsAt);
    expect(body.live.url).toBe(`${api.url}/live/${cameraId}?ticket=${body.ticket}`);
    expect(body.live.webSocketUrl).toBe(body.live.url.replace('http:', 'ws:'));
    expect(body.live.mimeType).toBe('video/mp4; codecs="avc1.64001f"');

    const wanted = "SELECT message FROM outbox WHERE message->>'kind' = 'job' AND message->>'jobId' = $1";
    const { rows } = await api.owner.query(wanted, [streamJobId(cameraId)]);
    expect(rows).toEqual([
      { message: { kind: 'job', name: 'stream.run', payload: { cameraId }, jobId: streamJobId(cameraId) } },
    ]);
  });

  it('names the masks that will be seen: those that geometry laid over the approved ones', async () => {
    const camera = await aCamera(api.owner);
    const { maskSetId: over } = await aMaskSet(api.owner, camera);
    const { agent } = await api.as('operator');
    const namedBy = async () => {
      const { body } = await agent.post(path).send({ cameraId: camera.cameraId, purpose: 'traffic jam' });
      return (await api.recordsOf(body.id))[0]!.detail;
    };
    expect(await namedBy()).toMatchObject({ maskVersion: 1 });
    await aFinding(api.owner, { ...camera, over });
    expect(await namedBy()).toMatchObject({ maskVersion: 2 });
  });

  it('binds the ticket to the session that asked', async () => {
    const { cameraId } = await aWatchableCamera();
    const { agent } = await api.as('operator');
    const { body, request } = await agent.post(path).send({ cameraId, purpose: 'traffic jam' });
    const cookie = decodeURIComponent(request.cookies).match(/louver_session=s:([^.]+)\./)![1]!;
    expect(readTicket(api.deps.keys.ticketPublic, body.ticket).claims.session).toBe(sessionHashOf(cookie));
  });

  it('names the public address where there is one', async () => {
    const camera = await aCamera(published.owner);
    await aMaskSet(published.owner, camera);
    const { email, password } = await anAccount(published.owner);
    const tls = { 'X-Forwarded-Proto': 'https' };
    const signedIn = await published.anybody.post('/api/v1/session').set(tls).send({ email, password });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!;
    const given = { cameraId: camera.cameraId, purpose: 'traffic jam' };
    const { body } = await published.anybody.post(path).set(tls).set('Cookie', cookie).send(given);
    const place = `louver.example/live/${camera.cameraId}?ticket=${body.ticket}`;
    expect(body.live).toMatchObject({ url: `https://${place}`, webSocketUrl: `wss://${place}` });
  });

  it('states a level that fits large and odd frames', async () => {
    const { cameraId } = await aWatchableCamera({ frame: { width: 2559, height: 1439 } });
    const { agent } = await api.as('operator');
    const { body } = await agent.post(path).send({ cameraId, purpose: 'traffic jam' });
    expect(body.live.mimeType).toContain('avc1.640032');
  });

  it.each([
    ['a retired camera', { status: 'retired' as const }, true, 409, 'camera-not-live'],
    ['a camera without a stream', { stream: false }, true, 409, 'camera-without-stream'],
    ['a camera whose masks nobody approved', {}, false, 404, 'masks-unknown'],
    ['a camera of elsewhere', { jurisdiction: 'vn.p66.ben_gio' }, true, 404, 'camera-not-found'],
  ])('refuses %s and leaves nothing behind', async (_what, given, masked, status, slug) => {
    const camera = await aCamera(api.owner, given);
    if (masked) await aMaskSet(api.owner, camera);
    const { agent } = await api.as('operator', { jurisdictions: ['vn.p66.hoa_sua'] });
    const answer = await agent.post(path).send({ cameraId: camera.cameraId, purpose: 'traffic jam' });
    expect(answer.status).toBe(status);
    expect(answer.body.slug).toBe(slug);
    expect(await viewingsOf(camera.cameraId)).toEqual([]);
  });

  it('shows nothing while the masks were only proposed, or belong to another view', async () => {
    const proposed = await aCamera(api.owner);
    await aMaskSet(api.owner, { ...proposed, state: 'proposed' });
    const turned = await aWatchableCamera();
    await api.owner.query('UPDATE aims SET tilt_deg = -20 WHERE id = $1', [turned.aimId]);
    const { agent } = await api.as('operator');
    for (const { cameraId } of [proposed, turned])
      expect((await agent.post(path).send({ cameraId, purpose: 'traffic jam' })).body.slug).toBe('masks-unknown');
  });

  it('needs a purpose, and a case where the policy of the role asks for one', async () => {
    const { cameraId } = await aWatchableCamera();
    const { agent } = await api.as('supervisor');
    const nameless = await agent.post(path).send({ cameraId, purpose: '  a ' });
    expect(nameless.body).toMatchObject({ slug: 'request-invalid', errors: [{ pointer: '/purpose' }] });
    await api.owner.query(
      "UPDATE viewing_policies SET case_reference_required = true, max_minutes = 5 WHERE role = 'supervisor'",
    );
    expect((await agent.get('/api/v1/session')).body.caseReferenceRequired).toBe(true);
    const caseless = await agent.post(path).send({ cameraId, purpose: 'traffic jam' });
    expect(caseless.status).toBe(422);
    expect(caseless.body.slug).toBe('case-reference-required');
    const { body } = await agent.post(path).send({ cameraId, purpose: 'traffic jam', caseReference: 'A 1' });
    const { issuedAt, endsAt } = readTicket(api.deps.keys.ticketPublic, body.ticket).claims;
    expect(endsAt - issuedAt).toBe(5 * 60_000);
  });

  it('refuses words that no ticket could carry, before anything is recorded', async () => {
    const { cameraId } = await aWatchableCamera();
    const { agent } = await api.as('operator');
    const words = (count: number, from: number, kinds: number) =>
      String.fromCodePoint(...Array.from({ length: count }, (_, i) => from + ((i * 7919) % kinds)));
    const answer = await agent
      .post(path)
      .send({ cameraId, purpose: words(300, 0x4e00, 20_000), caseReference: words(64, 0x5e00, 9_000) });
    expect(answer.body).toMatchObject({ slug: 'request-invalid', errors: [{ pointer: '/purpose' }] });
    expect(await viewingsOf(cameraId)).toEqual([]);
    const purpose = 'Kiểm tra vụ va chạm giữa xe tải và xe máy ở ngã tư. '.repeat(6).slice(0, 299);
    expect((await agent.post(path).send({ cameraId, purpose })).status).toBe(201);
  });

  it.each(['auditor', 'administrator', 'officer', 'custodian'] as const)('is not for the role %s', async (role) => {
    const { cameraId } = await aWatchableCamera();
    const { agent } = await api.as(role);
    const answer = await agent.post(path).send({ cameraId, purpose: 'traffic jam' });
    expect(answer.status).toBe(403);
    expect(await viewingsOf(cameraId)).toEqual([]);
  });

  it('is not for strangers', async () => {
    const { cameraId } = await aWatchableCamera();
    const { status } = await api.anybody.post(path).send({ cameraId, purpose: 'traffic jam' });
    expect(status).toBe(401);
  });
});

describe('DELETE /viewings/:viewingId', () => {
  const open = async () => {
    const { cameraId } = await aWatchableCamera();
    const operator = await api.as('operator');
    const { body } = await operator.agent.post(path).send({ cameraId, purpose: 'traffic jam' });
    return { operator, cameraId, id: body.id as string };
  };

  it('ends a look that never began, on the record, and makes its ticket worthless', async () => {
    const { operator, cameraId, id } = await open();
    await operator.agent.delete(`${path}/${id}`).expect(204);
    expect(await viewingsOf(cameraId)).toMatchObject([{ end_reason: 'never-started', frames_delivered: 0 }]);
    const actions = (await api.recordsOf(id)).map((entry) => entry.action);
    expect(actions).toEqual(['viewing.open', 'viewing.close']);
    expect(await api.deps.redis.exists(redisKeys.ticketUsed(id as never))).toBe(1);
    await operator.agent.delete(`${path}/${id}`).expect(204);
    expect(await api.recordsOf(id)).toHaveLength(2);
  });

  it('leaves the end to the worker that delivers, and tells it', async () => {
    const { operator, cameraId, id } = await open();
    await api.deps.redis.set(redisKeys.ticketUsed(id as never), 'w1');
    const told: string[] = [];
    const ear = api.deps.redis.duplicate();
    await ear.subscribe(redisKeys.viewingEnd);
    ear.on('message', (_channel, viewing) => told.push(viewing));
    await operator.agent.delete(`${path}/${id}`).expect(204);
    await expect.poll(() => told, SOON).toContain(id);
    ear.disconnect();
    expect(await viewingsOf(cameraId)).toMatchObject([{ closed_at: null }]);
    expect(await api.recordsOf(id)).toHaveLength(1);
  });

  it("hides somebody else's look", async () => {
    const { id, cameraId } = await open();
    const { agent } = await api.as('operator');
    const answer = await agent.delete(`${path}/${id}`);
    expect(answer.status).toBe(404);
    expect(answer.body.slug).toBe('viewing-not-found');
    expect(await viewingsOf(cameraId)).toMatchObject([{ closed_at: null }]);
  });
});
