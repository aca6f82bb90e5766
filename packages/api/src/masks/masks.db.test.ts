// SPDX-License-Identifier: AGPL-3.0-or-later
import { redisKeys, type CameraId } from '@louver/contract';
import { aCamera, aMaskSet, anAccount } from '@louver/testkit';
import { digestOf } from '@louver/ledger';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../testing/findings.ts';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const square = [
  [0.2, 0.2],
  [0.3, 0.2],
  [0.3, 0.3],
];
const frame = { width: 1280, height: 720 };
const proposal = { polygons: [square], frame, basedOnVersion: 0, reason: 'windows of number 12' };

const propose = async (aimId: string, body: object = proposal, as?: Awaited<ReturnType<typeof api.as>>) => {
  const supervisor = as ?? (await api.as('supervisor', { name: 'Lê Văn An' }));
  return { supervisor, answer: await supervisor.agent.post(`/api/v1/aims/${aimId}/mask-sets`).send(body) };
};
const decide = async (verb: 'approve' | 'reject', id: string, as?: Awaited<ReturnType<typeof api.as>>) => {
  const reviewer = as ?? (await api.as('reviewer', { name: 'Võ Thị Ba' }));
  const answer = await reviewer.agent.post(`/api/v1/mask-sets/${id}/${verb}`).send({ note: 'looked at it' });
  return { reviewer, answer };
};
const statesOf = async (aimId: string) => {
  const { rows } = await api.owner.query<{ version: number; state: string }>(
    'SELECT version, state FROM mask_sets WHERE aim_id = $1 ORDER BY version',
    [aimId],
  );
  return rows.map(({ version, state }) => `${version} ${state}`);
};
const eventsOf = async (cameraId: CameraId) => {
  const text =
    "SELECT message->'payload' AS payload FROM outbox WHERE message->'payload'->>'cameraId' = $1 ORDER BY id";
  return (await api.owner.query<{ payload: unknown }>(text, [cameraId])).rows.map(({ payload }) => payload);
};

describe('GET /cameras/:cameraId/masks', () => {
  it('gives what is active, not what was approved or proposed after it', async () => {
    const camera = await aCamera(api.owner);
    await aMaskSet(api.owner, { ...camera, version: 1 });
    await aMaskSet(api.owner, { ...camera, version: 2, state: 'approved' });
    const { agent } = await api.as('operator');
    const answer = await agent.get(`/api/v1/cameras/${camera.cameraId}/masks`).expect(200);
    expect(answer.body).toMatchObject({ aimId: camera.aimId, version: 1, frame });
    expect(answer.body.polygons[0]).toContainEqual([0.4, 0.5]);
  });

  it('gives what geometry has added once it is burned in, and the active set before and afterwards', async () => {
    const camera = await aCamera(api.owner);
    const { maskSetId: over } = await aMaskSet(api.owner, camera);
    const { maskSetId } = await aFinding(api.owner, { ...camera, over });
    const { agent } = await api.as('operator');
    const inForce = async () => {
      const { body } = await agent.get(`/api/v1/cameras/${camera.cameraId}/masks`).expect(200);
      return [body.version, body.polygons.length];
    };
    expect(await inForce()).toEqual([1, 1]);
    await api.owner.query('UPDATE mask_sets SET burned_in_at = now() WHERE id = $1', [maskSetId]);
    expect(await inForce()).toEqual([2, 2]);
    await api.owner.query("UPDATE findings SET state = 'closed', closed_at = now(), closed_by_run_id = run_id");
    await api.owner.query("UPDATE mask_sets SET state = 'retired' WHERE id = $1", [maskSetId]);
    expect(await inForce()).toEqual([1, 1]);
  });

  it('tells a camera without masks from one that the actor may not know', async () => {
    const [here, elsewhere] = [await aCamera(api.owner), await aCamera(api.owner, { jurisdiction: 'vn.p66.ben_gio' })];
    const { agent } = await api.as('operator', { jurisdictions: ['vn.p66.hoa_sua'] });
    const unknown = await agent.get(`/api/v1/cameras/${here.cameraId}/masks`);
    const hidden = await agent.get(`/api/v1/cameras/${elsewhere.cameraId}/masks`);
    expect([unknown.body.slug, hidden.body.slug]).toEqual(['masks-unknown', 'camera-not-found']);
    await api.anybody.get(`/api/v1/cameras/${here.cameraId}/masks`).expect(401);
    const { agent: custodian } = await api.as('custodian');
    await custodian.get(`/api/v1/cameras/${here.cameraId}/masks`).expect(403);
  });
});

describe('POST /aims/:aimId/mask-sets', () => {
  it('proposes a numbered set, on the record by its digest, and tells open pages', async () => {
    const { aimId, cameraId, code } = await aCamera(api.owner);
    const { supervisor, answer } = await propose(aimId);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      version: 1,
      state: 'proposed',
      cameraCode: code,
      author: { id: supervisor.accountId, name: 'Lê Văn An' },
      decidedBy: null,
      digest: digestOf({ aimId, frame, polygons: [square] }),
    });
    expect(await api.recordsOf(answer.body.id)).toMatchObject([
      {
        action: 'mask.propose',
        account_id: supervisor.accountId,
        camera_id: cameraId,
        jurisdiction: 'vn.p66.hoa_sua',
        detail: { aimId, version: 1, before: null, after: answer.body.digest },
      },
    ]);
    expect(await eventsOf(cameraId)).toMatchObject([{ version: 1, state: 'proposed' }]);
  });

  it.each([
    ['another frame size', { ...proposal, frame: { width: 640, height: 360 } }, '/frame'],
    [
      'an outline that crosses itself',
      {
        ...proposal,
        polygons: [
          [
            [0, 0],
            [1, 1],
            [1, 0],
            [0, 1],
          ],
        ],
      },
      '/polygons/0/0',
    ],
    [
      'a corner outside the frame',
      {
        ...proposal,
        polygons: [
          [
            [0, 0],
            [1.2, 0],
            [0, 1],
          ],
        ],
      },
      '/polygons/0/1/0',
    ],
    ['no reason', { ...proposal, reason: ' ' }, '/reason'],
  ])('refuses %s and points at it', async (_what, body, pointer) => {
    const { aimId } = await aCamera(api.owner);
    const { answer } = await propose(aimId, body);
    expect(answer.status).toBe(400);
    expect(answer.body.slug).toBe('request-invalid');
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(await statesOf(aimId)).toEqual([]);
  });

  it('takes what was drawn over the masks that are shown, also where geometry has added to those approved', async () => {
    const camera = await aCamera(api.owner);
    const { maskSetId: over } = await aMaskSet(api.owner, camera);
    const { maskSetId } = await aFinding(api.owner, { ...camera, over });
    const drawn = { ...proposal, basedOnVersion: 2 };
    expect((await propose(camera.aimId, drawn)).answer.body.slug).toBe('mask-set-outdated');
    await api.owner.query('UPDATE mask_sets SET burned_in_at = now() WHERE id = $1', [maskSetId]);
    expect((await propose(camera.aimId, drawn)).answer.status).toBe(201);
  });

  it('refuses what was drawn over another version than the one in force', async () => {
    const camera = await aCamera(api.owner);
    await aMaskSet(api.owner, { ...camera, version: 1 });
    const { answer } = await propose(camera.aimId);
    expect(answer.status).toBe(409);
    expect(answer.body.slug).toBe('mask-set-outdated');
    const { answer: right } = await propose(camera.aimId, { ...proposal, basedOnVersion: 1 });
    expect(right.body.version).toBe(2);
  });

  it('numbers proposals that arrive at once one after the other', async () => {
    const { aimId } = await aCamera(api.owner);
    const supervisor = await api.as('supervisor');
    const answers = await Promise.all(Array.from({ length: 6 }, () => propose(aimId, proposal, supervisor)));
    expect(new Set(answers.map(({ answer }) => answer.body.version))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  it('is for supervisors and reviewers who hold the camera', async () => {
    const { aimId } = await aCamera(api.owner);
    const { answer } = await propose(aimId, proposal, await api.as('operator'));
    expect(answer.body.slug).toBe('not-permitted');
    const elsewhere = await api.as('supervisor', { jurisdictions: ['vn.p66.ben_gio'] });
    const { answer: hidden } = await propose(aimId, proposal, elsewhere);
    expect(hidden.body.slug).toBe('aim-not-found');
    expect(await statesOf(aimId)).toEqual([]);
  });
});

describe('POST /mask-sets/:maskSetId/approve', () => {
  it('puts a set in force at once while nobody streams, retires the former one, and records both steps', async () => {
    const camera = await aCamera(api.owner);
    await aMaskSet(api.owner, { ...camera, version: 1 });
    const { answer: made } = await propose(camera.aimId, { ...proposal, basedOnVersion: 1 });
    const { reviewer, answer } = await decide('approve', made.body.id);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ state: 'active', decidedBy: { id: reviewer.accountId, name: 'Võ Thị Ba' } });
    expect(answer.body.activatedAt).not.toBeNull();
    expect(await statesOf(camera.aimId)).toEqual(['1 retired', '2 active']);
    expect(await api.recordsOf(made.body.id)).toMatchObject([
      { action: 'mask.propose' },
      { action: 'mask.approve', account_id: reviewer.accountId, detail: { digest: made.body.digest } },
      { action: 'mask.activate', account_id: null, detail: { version: 2 } },
    ]);
  });

  it('leaves the last step to the worker while a stream runs, so that "active" means burned in', async () => {
    const camera = await aCamera(api.owner);
    await aMaskSet(api.owner, { ...camera, version: 1 });
    const { answer: made } = await propose(camera.aimId, { ...proposal, basedOnVersion: 1 });
    await api.deps.redis.set(redisKeys.streamLocation(camera.cameraId), '{}', 'EX', 60);
    const { answer } = await decide('approve', made.body.id);
    expect(answer.body.state).toBe('approved');
    expect(await statesOf(camera.aimId)).toEqual(['1 active', '2 approved']);
  });

  it('makes other proposals outdated', async () => {
    const { aimId } = await aCamera(api.owner);
    const [{ answer: first }, { answer: second }] = [await propose(aimId), await propose(aimId)];
    await decide('approve', second.body.id);
    const { answer } = await decide('approve', first.body.id);
    expect(answer.status).toBe(409);
    expect(answer.body.slug).toBe('mask-set-outdated');
    expect(await statesOf(aimId)).toEqual(['1 retired', '2 active']);
  });

  it('is recorded however many proposals it makes outdated', async () => {
    const camera = await aCamera(api.owner);
    const { answer } = await propose(camera.aimId);
    const others = `
      INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, author_id)
      SELECT aim_id, camera_id, version + n, state, polygons, frame_width, frame_height, digest, reason, author_id
      FROM mask_sets, generate_series(1, 2000) AS n WHERE id = $1`;
    await api.owner.query(others, [answer.body.id]);
    expect((await decide('approve', answer.body.id)).answer.status).toBe(200);
    const [approved] = (await api.recordsOf(answer.body.id)).filter(({ action }) => action === 'mask.approve');
    expect(approved).toMatchObject({ detail: { supersededInAll: 2_000 } });
    expect((approved!['detail'] as { superseded: string[] }).superseded).toHaveLength(100);
  });

  it('refuses what was drawn before the camera was turned', async () => {
    const { aimId } = await aCamera(api.owner);
    const { answer: made } = await propose(aimId);
    await api.owner.query('UPDATE aims SET heading_deg = 200 WHERE id = $1', [aimId]);
    const { answer } = await decide('approve', made.body.id);
    expect(answer.body.slug).toBe('mask-set-outdated');
  });

  it('is decided once, also when two reviewers press at the same time', async () => {
    const { aimId } = await aCamera(api.owner);
    const { answer: made } = await propose(aimId);
    const reviewers = await Promise.all([api.as('reviewer'), api.as('reviewer')]);
    const answers = await Promise.all(reviewers.map((reviewer) => decide('approve', made.body.id, reviewer)));
    const statuses = answers.map(({ answer }) => answer.status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await statesOf(aimId)).toEqual(['1 active']);
  });

  it('counts two accounts of one person as one', async () => {
    const { aimId } = await aCamera(api.owner);
    const { supervisor, answer: made } = await propose(aimId);
    const sameperson = await api.as('reviewer', { personId: supervisor.personId });
    for (const verb of ['approve', 'reject'] as const) {
      const { answer } = await decide(verb, made.body.id, sameperson);
      expect(answer.status).toBe(403);
      expect(answer.body.slug).toBe('mask-author-decides');
    }
    expect(await statesOf(aimId)).toEqual(['1 proposed']);
    expect(await api.recordsOf(made.body.id)).toHaveLength(1);
  });

  it('lets a reviewer draw what they would have otherwise, and leaves the decision to another', async () => {
    const { aimId } = await aCamera(api.owner);
    const [one, another] = [await api.as('reviewer'), await api.as('reviewer')];
    const { answer: made } = await propose(aimId, proposal, one);
    expect(made.status).toBe(201);
    expect((await decide('approve', made.body.id, one)).answer.body.slug).toBe('mask-author-decides');
    expect((await decide('approve', made.body.id, another)).answer.status).toBe(200);
  });

  it('is for reviewers, and hides sets of elsewhere', async () => {
    const { aimId } = await aCamera(api.owner);
    const { supervisor, answer: made } = await propose(aimId);
    expect((await decide('approve', made.body.id, supervisor)).answer.body.slug).toBe('not-permitted');
    const elsewhere = await api.as('reviewer', { jurisdictions: ['vn.p66.ben_gio'] });
    expect((await decide('approve', made.body.id, elsewhere)).answer.body.slug).toBe('mask-set-not-found');
  });
});

describe('POST /mask-sets/:maskSetId/reject', () => {
  it('refuses a proposal with a note, on the record, and nothing changes in force', async () => {
    const camera = await aCamera(api.owner);
    await aMaskSet(api.owner, { ...camera, version: 1 });
    const { answer: made } = await propose(camera.aimId, { ...proposal, basedOnVersion: 1 });
    const { answer } = await decide('reject', made.body.id);
    expect(answer.body).toMatchObject({ state: 'rejected', decisionNote: 'looked at it' });
    expect(await statesOf(camera.aimId)).toEqual(['1 active', '2 rejected']);
    const actions = (await api.recordsOf(made.body.id)).map((entry) => entry.action);
    expect(actions).toEqual(['mask.propose', 'mask.reject']);
    expect((await decide('approve', made.body.id)).answer.body.slug).toBe('mask-set-decided');
  });
});

describe('GET /mask-sets/:maskSetId', () => {
  it('gives a set whatever became of it, to whoever may see its camera', async () => {
    const camera = await aCamera(api.owner);
    const { answer } = await propose(camera.aimId);
    await decide('reject', answer.body.id);
    const path = `/api/v1/mask-sets/${answer.body.id}`;
    const { agent } = await api.as('operator');
    const { body } = await agent.get(path).expect(200);
    expect(body).toMatchObject({
      id: answer.body.id,
      state: 'rejected',
      polygons: [square],
      decisionNote: 'looked at it',
    });
    expect(Object.keys(body)).not.toContain('authorPersonId');

    const { agent: elsewhere } = await api.as('operator', { jurisdictions: ['vn.p66.ben_gio'] });
    const { agent: custodian } = await api.as('custodian');
    const refusals = [await elsewhere.get(path), await custodian.get(path), await api.anybody.get(path)];
    expect(refusals.map((refusal) => refusal.body.slug)).toEqual([
      'mask-set-not-found',
      'not-permitted',
      'not-signed-in',
    ]);
    expect((await agent.get('/api/v1/mask-sets/x')).body.slug).toBe('request-invalid');
  });
});

describe('GET /mask-sets', () => {
  it('pages through sets, newest first, each once, also those of one instant', async () => {
    const camera = await aCamera(api.owner);
    const author = await anAccount(api.owner, { role: 'supervisor' });
    for (let version = 1; version <= 5; version++)
      await aMaskSet(api.owner, { ...camera, version, state: 'proposed', author });
    await api.owner.query("UPDATE mask_sets SET created_at = '2026-11-21T02:00:00.123456Z' WHERE aim_id = $1", [
      camera.aimId,
    ]);
    const { agent } = await api.as('reviewer');
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more = cursor ? { cursor } : {};
      const { body } = await agent
        .get('/api/v1/mask-sets')
        .query({ cameraId: camera.cameraId, state: 'proposed', limit: 2, ...more });
      seen.push(...body.items.map((item: { version: number }) => item.version));
      cursor = body.nextCursor;
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    'nonsense',
    Buffer.from('["x","y"]').toString('base64url'),
    Buffer.from('["99999999999999999","z"]').toString('base64url'),
  ])('refuses a cursor that it did not give: %s', async (cursor) => {
    const { agent } = await api.as('reviewer');
    const answer = await agent.get('/api/v1/mask-sets').query({ cursor });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].pointer).toBe('/query/cursor');
  });
});
