// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import type { AimExposures, ExposureProgress, Finding, FindingRow, QueueRow } from '@louver/contract';
import { aCamera, aMaskSet, anAccount } from '@louver/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { aBuilding, aFinding, aHome, aRun } from '../testing/findings.ts';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
let reviewer: SignedIn;
let second: SignedIn;
beforeAll(async () => {
  reviewer = await api.as('reviewer', { jurisdictions: ['vn.p66'], name: 'Phạm Thị Bình' });
  second = await api.as('reviewer', { jurisdictions: ['vn.p66'] });
});

const queue = async (query: object = {}, by: SignedIn = reviewer) =>
  (await by.agent.get('/api/v1/exposures/queue').query(query).expect(200)).body as {
    items: QueueRow[];
    nextCursor: string | null;
  };
const runOf = async (findingId: string) =>
  (await api.owner.query<{ id: string | null }>('SELECT run_id AS id FROM findings WHERE id = $1', [findingId])).rows[0]
    ?.id ?? randomUUID();
/** Of what the finding rests on now, unless the body says another measurement. */
const decide = async (findingId: string, body: object, by: SignedIn = reviewer, status?: number) => {
  const answer = await by.agent
    .post(`/api/v1/findings/${findingId}/decision`)
    .send({ note: 'đã xem', runId: await runOf(findingId), ...body });
  if (status !== undefined) expect(answer.status, answer.text).toBe(status);
  return answer;
};
const stateOf = async (table: 'findings' | 'mask_sets', id: string) =>
  (await api.owner.query<{ state: string }>(`SELECT state FROM ${table} WHERE id = $1`, [id])).rows[0]!.state;
const actionsOf = async (subject: string) => (await api.recordsOf(subject)).map(({ action }) => action);
const aCoveredCamera = async () => {
  const camera = await aCamera(api.owner);
  const { maskSetId: over } = await aMaskSet(api.owner, camera);
  return { ...camera, over };
};

describe('GET /exposures/queue', () => {
  it('lists the worst first, a page at a time, with the camera, its home and what is proposed', async () => {
    await api.owner.query('DELETE FROM findings');
    const buildingId = await aBuilding(api.owner);
    const worst = await aCoveredCamera();
    const { findingId, maskSetId } = await aFinding(api.owner, {
      ...worst,
      homes: [aHome({ buildingId, dori: 'identify', frameShare: 0.2, distanceMetres: 4.5 }), aHome()],
    });
    const small = await aFinding(api.owner, {
      ...(await aCamera(api.owner)),
      homes: [aHome({ frameShare: 0.1 + 0.2 })],
    });
    const large = await aFinding(api.owner, { ...(await aCamera(api.owner)), homes: [aHome({ frameShare: 0.5 })] });
    const first = await queue({ limit: 2 });
    expect(first.items.map((row) => row.findingId)).toEqual([findingId, large.findingId]);
    expect(first.items[0]).toMatchObject({
      state: 'open',
      camera: { id: worst.cameraId, code: worst.code, jurisdiction: 'vn.p66.hoa_sua' },
      home: { buildingId, name: 'Nhà số 7', use: 'house' },
      ...{ homes: 2, dori: 'identify', frameShare: 0.2, distanceMetres: 4.5, overdue: false },
      ...{ maskSetId, enforced: true, uncalibrated: false, newAimOrderedAt: null },
    });
    expect(first.items[1]).toMatchObject({ enforced: false, home: { name: null, use: null } });
    const rest = await queue({ limit: 2, cursor: first.nextCursor });
    expect(rest.items.map((row) => row.findingId)).toEqual([small.findingId]);
    expect(rest.nextCursor).toBeNull();
  });

  it('leaves out what was found in a picture and not by a measurement: nobody decides that', async () => {
    await api.owner.query('DELETE FROM findings');
    const { cameraId, aimId } = await aCamera(api.owner);
    const { rows } = await api.owner.query<{ id: string }>(
      "INSERT INTO findings (kind, aim_id, camera_id, due_at) VALUES ('masks-not-flat', $1, $2, now()) RETURNING id",
      [aimId, cameraId],
    );
    expect((await queue()).items).toEqual([]);
    await reviewer.agent.get(`/api/v1/findings/${rows[0]!.id}`).expect(404);
    await decide(rows[0]!.id, { decision: 'no-breach' }, reviewer, 404);
  });

  it('finds what is late, of one level, in one ward, and shows nobody a foreign one', async () => {
    await api.owner.query('DELETE FROM findings');
    const late = await aFinding(api.owner, { ...(await aCamera(api.owner)), due: '-1 hour' });
    const other = await aCamera(api.owner, { jurisdiction: 'vn.p66.ben_gio' });
    const observed = await aFinding(api.owner, { ...other, homes: [aHome({ dori: 'observe' })] });
    await aFinding(api.owner, await aCamera(api.owner, { jurisdiction: 'vn.p79' }));
    const ids = async (query: object) => (await queue(query)).items.map((row) => row.findingId);
    expect(await ids({ overdue: 'true' })).toEqual([late.findingId]);
    expect(await ids({ overdue: 'false' })).toEqual([observed.findingId]);
    expect(await ids({ dori: ['observe', 'identify'] })).toEqual([observed.findingId]);
    expect(await ids({ jurisdiction: 'vn.p66.ben_gio' })).toEqual([observed.findingId]);
    expect(await ids({ state: 'closed' })).toEqual([]);
    expect(await ids({})).toEqual([late.findingId, observed.findingId]);
  });

  it('is not for operators, and refuses cursors of its own imagination', async () => {
    const operator = await api.as('operator');
    await operator.agent.get('/api/v1/exposures/queue').expect(403);
    for (const cursor of ['x', Buffer.from('[9,"1","y"]').toString('base64url')])
      expect((await reviewer.agent.get('/api/v1/exposures/queue').query({ cursor })).body).toMatchObject({
        slug: 'request-invalid',
      });
  });
});

describe('GET /findings', () => {
  const all = async (query: object = {}, by: SignedIn = reviewer) =>
    (await by.agent.get('/api/v1/findings').query(query).expect(200)).body as {
      items: FindingRow[];
      nextCursor: string | null;
    };

  it('lists every kind, open ones first and then the newest, a page at a time, and none of elsewhere', async () => {
    await api.owner.query('DELETE FROM findings');
    const [camera, other] = [await aCamera(api.owner), await aCamera(api.owner)];
    const old = await aFinding(api.owner, { ...camera, homes: [aHome(), aHome()], due: '-1 hour' });
    const closed = await aFinding(api.owner, other);
    await decide(closed.findingId, { decision: 'no-breach' }, reviewer, 200);
    const { rows } = await api.owner.query<{ id: string }>(
      `INSERT INTO findings (kind, aim_id, camera_id, detail, due_at) VALUES
         ('masks-not-flat', $1, $2, '{"version": 3, "output": "live", "luma": 80, "chroma": null}', now() + interval '1 day')
       RETURNING id`,
      [camera.aimId, camera.cameraId],
    );
    await aFinding(api.owner, await aCamera(api.owner, { jurisdiction: 'vn.p79' }));
    const first = await all({ limit: 1 });
    expect(first.items).toMatchObject([
      {
        ...{ findingId: rows[0]!.id, kind: 'masks-not-flat', state: 'open', homes: 0, overdue: false, closedAt: null },
        camera: { id: camera.cameraId, code: camera.code },
        aim: { id: camera.aimId },
        evidence: { version: 3, output: 'live', luma: 80, chroma: null },
      },
    ]);
    const second = await all({ limit: 1, cursor: first.nextCursor });
    expect(second.items).toMatchObject([{ findingId: old.findingId, kind: 'home-exposed', homes: 2, overdue: true }]);
    const third = await all({ limit: 5, cursor: second.nextCursor });
    expect(third.items).toMatchObject([{ findingId: closed.findingId, state: 'decided', overdue: false }]);
    expect(third.nextCursor).toBeNull();
    const ids = async (query: object) => (await all(query)).items.map(({ findingId }) => findingId);
    expect(await ids({ kind: 'masks-not-flat' })).toEqual([rows[0]!.id]);
    expect(await ids({ state: ['decided', 'closed'] })).toEqual([closed.findingId]);
    expect(await ids({ cameraId: other.cameraId })).toEqual([closed.findingId]);
  });

  it('is not for operators, and refuses cursors of its own imagination', async () => {
    const operator = await api.as('operator');
    await operator.agent.get('/api/v1/findings').expect(403);
    const cursor = Buffer.from('["yes","1","y"]').toString('base64url');
    expect((await reviewer.agent.get('/api/v1/findings').query({ cursor })).body.slug).toBe('request-invalid');
  });
});

describe('GET /aims/:aimId/exposures', () => {
  it('gives the last measurement with its inputs, homes and visible ground', async () => {
    const camera = await aCamera(api.owner);
    const buildingId = await aBuilding(api.owner);
    await aRun(api.owner, camera, [aHome()]);
    const runId = await aRun(api.owner, camera, [aHome({ buildingId }), aHome()]);
    const { body } = await reviewer.agent.get(`/api/v1/aims/${camera.aimId}/exposures`).expect(200);
    const { run, ...aim } = body as AimExposures;
    expect(aim).toEqual({ aimId: camera.aimId, cameraId: camera.cameraId, pending: true });
    expect(run).toMatchObject({
      id: runId,
      inputs: { aim: { heading: 45 }, buildings: { count: 2 }, policyVersion: 1 },
      rules: { dori: 'recognise', frameShare: 0.01, facadeMetres: 10 },
      viewshed: { type: 'MultiPolygon' },
    });
    expect(run!.exposures).toMatchObject([{ buildingId, name: 'Nhà số 7' }, { name: null }]);
  });

  it('says that nothing was measured yet, and knows no foreign aim', async () => {
    const camera = await aCamera(api.owner);
    const { body } = await reviewer.agent.get(`/api/v1/aims/${camera.aimId}/exposures`).expect(200);
    expect(body).toMatchObject({ pending: true, run: null });
    const foreign = await aCamera(api.owner, { jurisdiction: 'vn.p79' });
    await aRun(api.owner, foreign, [aHome()]);
    const { body: refused } = await reviewer.agent.get(`/api/v1/aims/${foreign.aimId}/exposures`);
    expect(refused).toMatchObject({ slug: 'aim-not-found' });
  });
});

describe('POST /exposures/recompute', () => {
  it('puts every aim that the account holds on the list, on the record, and shows how far it is', async () => {
    const inside = await aCamera(api.owner, { jurisdiction: 'vn.p66.doi_thong' });
    const outside = await aCamera(api.owner, { jurisdiction: 'vn.p79' });
    await api.owner.query('DELETE FROM exposure_work');
    await api.owner.query('DELETE FROM outbox');
    const { body } = await reviewer.agent.post('/api/v1/exposures/recompute').expect(202);
    const { recomputation } = body as { recomputation: ExposureProgress };
    const { rows } = await api.owner.query<{ aim_id: string }>('SELECT aim_id FROM exposure_work');
    const listed = rows.map(({ aim_id }) => aim_id);
    expect(listed).toContain(inside.aimId);
    expect(listed).not.toContain(outside.aimId);
    expect(recomputation).toMatchObject({ reason: 'asked', by: reviewer.accountId, total: listed.length, done: 0 });
    expect((await api.owner.query('SELECT message FROM outbox')).rows).toMatchObject([
      { message: { kind: 'job', name: 'exposure.sweep' } },
    ]);
    expect(await api.recordsOf(`exposures:${recomputation.id}`)).toMatchObject([
      { action: 'exposure.recompute', account_id: reviewer.accountId, detail: { aims: listed.length } },
    ]);
    await api.owner.query('UPDATE exposure_work SET claimed_at = now() WHERE aim_id = $1', [inside.aimId]);
    await api.owner.query(
      'DELETE FROM exposure_work WHERE aim_id = (SELECT aim_id FROM exposure_work WHERE aim_id <> $1 LIMIT 1)',
      [inside.aimId],
    );
    const progress = (await reviewer.agent.get('/api/v1/exposures/progress').expect(200)).body as {
      recomputation: ExposureProgress;
    };
    expect(progress.recomputation).toMatchObject({ running: 1, done: 1, waiting: listed.length - 2 });
    const elsewhere = await api.as('reviewer', { jurisdictions: ['vn.p79'] });
    const theirs = (await elsewhere.agent.get('/api/v1/exposures/progress')).body as { recomputation: unknown };
    expect(theirs.recomputation).toBeNull();
  });

  it('is refused to an auditor, who may see how far it is', async () => {
    const auditor = await api.as('auditor');
    expect((await auditor.agent.post('/api/v1/exposures/recompute')).body).toMatchObject({ slug: 'not-permitted' });
    expect((await auditor.agent.get('/api/v1/exposures/progress')).status).toBe(200);
  });
});

describe('POST /findings/:findingId/decision', () => {
  it('approves the proposal of geometry, which any reviewer may, with an entry for each of the two', async () => {
    const { findingId, maskSetId } = await aFinding(api.owner, await aCoveredCamera());
    const { body } = await decide(findingId, { decision: 'approve-masks' }, reviewer, 200);
    expect(body).toMatchObject({
      state: 'decided',
      decisions: [{ decision: 'approve-masks', by: { name: 'Phạm Thị Bình' }, completes: true, maskSetId }],
    });
    expect(['approved', 'active']).toContain(await stateOf('mask_sets', maskSetId));
    expect(await actionsOf(findingId)).toEqual(['finding.decide']);
    expect(await actionsOf(maskSetId)).toContain('mask.approve');
    expect((await decide(findingId, { decision: 'no-breach' })).body).toMatchObject({ slug: 'finding-decided' });
  });

  it('approves what somebody drew instead, and not what the same person drew', async () => {
    const camera = await aCoveredCamera();
    const { findingId, maskSetId } = await aFinding(api.owner, camera);
    const own = await anAccount(api.owner, { role: 'supervisor', personId: reviewer.personId });
    const drawn = await aMaskSet(api.owner, { ...camera, version: 7, state: 'proposed', author: own });
    const refused = await decide(findingId, { decision: 'approve-masks', maskSetId: drawn.maskSetId });
    expect(refused.body).toMatchObject({ slug: 'mask-author-decides' });
    expect(await stateOf('findings', findingId)).toBe('open');
    await decide(findingId, { decision: 'approve-masks', maskSetId: drawn.maskSetId }, second, 200);
    expect(await stateOf('findings', findingId)).toBe('decided');
    expect(await stateOf('mask_sets', maskSetId)).toBe('retired');
    const foreign = await aFinding(api.owner, await aCamera(api.owner));
    const other = await aFinding(api.owner, await aCamera(api.owner));
    const mixed = await decide(foreign.findingId, { decision: 'approve-masks', maskSetId: other.maskSetId });
    expect(mixed.body).toMatchObject({ slug: 'mask-set-not-found' });
  });

  it.each(['approve-masks', 'no-breach', 'order-new-aim'])(
    'is about what the reviewer had in view, not about homes that were measured meanwhile: %s',
    async (decision) => {
      const camera = await aCoveredCamera();
      const { findingId, runId, maskSetId } = await aFinding(api.owner, camera);
      // An import, or a camera that was turned, while somebody read.
      const later = await aRun(api.owner, camera, [aHome(), aHome({ dori: 'identify' })]);
      await api.owner.query('UPDATE findings SET run_id = $2 WHERE id = $1', [findingId, later]);
      const { body } = await decide(findingId, { decision, runId });
      expect(body).toMatchObject({ slug: 'finding-outdated' });
      expect(await stateOf('findings', findingId)).toBe('open');
      expect(await stateOf('mask_sets', maskSetId)).toBe('proposed');
      expect(await actionsOf(findingId)).toEqual([]);
      await decide(findingId, { decision, runId: later }, reviewer, 200);
    },
  );

  it('orders a new aim and stays open until something is measured', async () => {
    const { findingId } = await aFinding(api.owner, await aCoveredCamera());
    const { body } = await decide(findingId, { decision: 'order-new-aim', note: 'xoay ra đường' }, reviewer, 200);
    expect(body).toMatchObject({ state: 'open', closedByRunId: null, decisions: [{ completes: false }] });
    expect((body as Finding).newAimOrderedAt).not.toBeNull();
    expect(await api.recordsOf(findingId)).toMatchObject([
      { action: 'finding.decide', detail: { decision: 'order-new-aim', completes: false } },
    ]);
  });

  it('states that there is no breach by one person where nothing lies over the picture because of it', async () => {
    const { findingId } = await aFinding(api.owner, await aCamera(api.owner));
    expect((await decide(findingId, { decision: 'no-breach' }, reviewer, 200)).body).toMatchObject({
      state: 'decided',
    });
  });

  it('takes two people to take away what lies over a home', async () => {
    const { findingId, maskSetId } = await aFinding(api.owner, await aCoveredCamera());
    const first = await decide(findingId, { decision: 'no-breach' }, reviewer, 200);
    expect(first.body).toMatchObject({ state: 'open', enforced: true, decisions: [{ completes: false }] });
    expect((await decide(findingId, { decision: 'no-breach' })).body).toMatchObject({ slug: 'finding-second-person' });
    const twin = await anAccount(api.owner, { role: 'reviewer', personId: reviewer.personId });
    const again = { ...twin, agent: await api.signIn(twin) };
    expect((await decide(findingId, { decision: 'no-breach' }, again)).body).toMatchObject({
      slug: 'finding-second-person',
    });
    expect(await stateOf('mask_sets', maskSetId)).toBe('proposed');
    const done = await decide(findingId, { decision: 'no-breach' }, second, 200);
    expect(done.body).toMatchObject({ state: 'decided', enforced: false });
    expect(await stateOf('mask_sets', maskSetId)).toBe('rejected');
    expect(await actionsOf(maskSetId)).toEqual(['mask.reject']);
  });

  it('is not reached around on the page of masks: what was added stays, also over other masks', async () => {
    const camera = await aCoveredCamera();
    const { findingId, maskSetId } = await aFinding(api.owner, camera);
    const reject = await reviewer.agent.post(`/api/v1/mask-sets/${maskSetId}/reject`).send({ note: 'bỏ đi' });
    expect(reject.body).toMatchObject({ slug: 'mask-set-enforced' });
    const polygons: [number, number][][] = [
      [
        [0, 0],
        [0.2, 0],
        [0, 0.2],
      ],
    ];
    const drawn = await aMaskSet(api.owner, { ...camera, version: 8, state: 'proposed', polygons });
    await reviewer.agent.post(`/api/v1/mask-sets/${drawn.maskSetId}/approve`).send({ note: 'nhỏ hơn' }).expect(200);
    expect(await stateOf('mask_sets', maskSetId)).toBe('retired');
    const { rows } = await api.owner.query<{ id: string; polygons: unknown[]; extends_id: string }>(
      "SELECT * FROM mask_sets WHERE aim_id = $1 AND state = 'proposed' AND enforced_at IS NOT NULL",
      [camera.aimId],
    );
    expect(rows).toMatchObject([
      {
        version: 9,
        extends_id: drawn.maskSetId,
        polygons: [
          ...polygons,
          [
            [0.5, 0.5],
            [0.9, 0.5],
            [0.9, 0.9],
          ],
        ],
      },
    ]);
    expect(await actionsOf(rows[0]!.id)).toEqual(['mask.enforce']);
    expect((await decide(findingId, { decision: 'no-breach' }, reviewer, 200)).body).toMatchObject({ state: 'open' });
    await decide(findingId, { decision: 'no-breach' }, second, 200);
    expect(await stateOf('mask_sets', rows[0]!.id)).toBe('rejected');
  });

  it('is for reviewers of the place, says why, and names a set only with approval', async () => {
    const { findingId, maskSetId } = await aFinding(api.owner, await aCamera(api.owner));
    const supervisor = await api.as('supervisor');
    await supervisor.agent.get(`/api/v1/findings/${findingId}`).expect(200);
    await decide(findingId, { decision: 'no-breach' }, supervisor, 403);
    await decide(findingId, { decision: 'no-breach', note: ' ' }, reviewer, 400);
    expect((await decide(findingId, { decision: 'no-breach', maskSetId })).body).toMatchObject({
      slug: 'request-invalid',
    });
    const elsewhere = await api.as('reviewer', { jurisdictions: ['vn.p79'] });
    expect((await decide(findingId, { decision: 'no-breach' }, elsewhere)).body).toMatchObject({
      slug: 'finding-not-found',
    });
    expect(await api.recordsOf(findingId)).toEqual([]);
  });
});

describe('GET /mask-sets', () => {
  it('shows what geometry proposes to those who ask for it, without an author', async () => {
    const camera = await aCamera(api.owner);
    const { maskSetId } = await aFinding(api.owner, camera);
    const list = async (query: object) =>
      (
        (
          await reviewer.agent
            .get('/api/v1/mask-sets')
            .query({ cameraId: camera.cameraId, ...query })
            .expect(200)
        ).body as {
          items: { id: string; author: unknown; origin: string }[];
        }
      ).items;
    expect(await list({})).toEqual([]);
    expect(await list({ origin: 'geometry' })).toMatchObject([{ id: maskSetId, author: null, origin: 'geometry' }]);
  });
});
