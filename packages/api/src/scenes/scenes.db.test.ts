// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { FindingId } from '@louver/contract';
import { aCamera, aMaskSet } from '@louver/testkit';
import { expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();

/** As a media worker leaves them. */
async function aShiftedCamera() {
  const camera = await aCamera(api.owner);
  const { maskSetId } = await aMaskSet(api.owner, camera);
  const cells = randomBytes(64);
  const reference = await api.owner.query<{ id: string }>(
    `INSERT INTO scene_references (aim_id, camera_id, cells, algorithm, digest, mask_set_id)
     VALUES ($1, $2, $3, 'x', $4, $5) RETURNING id`,
    [camera.aimId, camera.cameraId, cells, createHash('sha256').update(cells).digest('hex'), maskSetId],
  );
  const referenceId = reference.rows[0]!.id;
  const finding = await api.owner.query<{ id: FindingId }>(
    `INSERT INTO findings (kind, aim_id, camera_id, mask_set_id, detail, due_at)
     VALUES ('scene-shift', $1, $2, $3, $4, now() + interval '1 day') RETURNING id`,
    [camera.aimId, camera.cameraId, maskSetId, JSON.stringify({ referenceId })],
  );
  return { ...camera, referenceId, findingId: finding.rows[0]!.id };
}
const say = async (id: FindingId, by: Awaited<ReturnType<typeof api.as>>) =>
  by.agent.post(`/api/v1/findings/${id}/scene`).send({ note: 'the shop has a new sign' });

it('shows the picture again when a second person says so, on the record, and what is seen next is the reference', async () => {
  const { findingId, referenceId } = await aShiftedCamera();
  const [one, two] = [await api.as('reviewer', { name: 'Võ Thị Ba' }), await api.as('reviewer')];
  const first = await say(findingId, one);
  expect(first.body).toMatchObject({ state: 'open', decisions: [{ completes: false, by: { id: one.accountId } }] });
  expect((await say(findingId, one)).body.slug).toBe('finding-second-person');
  const ended = async () =>
    (await api.owner.query('SELECT ended_why FROM scene_references WHERE id = $1', [referenceId])).rows[0];
  expect(await ended()).toEqual({ ended_why: null });
  const second = await say(findingId, two);
  expect(second.body).toMatchObject({ state: 'decided', decisions: [{ completes: false }, { completes: true }] });
  expect(await ended()).toEqual({ ended_why: 'same-scene' });
  expect((await say(findingId, await api.as('reviewer'))).body.slug).toBe('finding-decided');
  expect(await api.recordsOf(findingId)).toMatchObject([
    { action: 'finding.decide', detail: { decision: 'same-scene', completes: false } },
    { action: 'finding.decide', detail: { decision: 'same-scene', completes: true } },
  ]);
});

it('is for reviewers who hold the camera, and nobody reads what is kept of its picture through the API', async () => {
  const { findingId } = await aShiftedCamera();
  expect((await say(findingId, await api.as('supervisor'))).body.slug).toBe('not-permitted');
  const elsewhere = await api.as('reviewer', { jurisdictions: ['vn.p66.ben_gio'] });
  expect((await say(findingId, elsewhere)).body.slug).toBe('finding-not-found');
  const { rows } = await api.owner.query<{ may: boolean }>(
    "SELECT has_column_privilege('louver_api', 'scene_references', 'cells', 'SELECT') AS may",
  );
  expect(rows).toEqual([{ may: false }]);
});

it('is decided by nothing that is said of homes', async () => {
  const { findingId } = await aShiftedCamera();
  const { agent, accountId } = await api.as('reviewer');
  const answer = await agent
    .post(`/api/v1/findings/${findingId}/decision`)
    .send({ decision: 'no-breach', note: 'no home', runId: randomUUID() });
  expect(answer.body.slug).toBe('finding-not-found');
  const directly = api.owner.query(
    "INSERT INTO finding_decisions (finding_id, decision, note, account_id) VALUES ($1, 'no-breach', 'no home', $2)",
    [findingId, accountId],
  );
  await expect(directly).rejects.toMatchObject({ constraint: 'finding_decision_fits' });
});
