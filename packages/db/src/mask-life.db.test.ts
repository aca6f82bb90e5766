// SPDX-License-Identifier: AGPL-3.0-or-later
import { aCamera, aMaskSet, anAccount, useDatabase } from '@louver/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

type Polygons = [number, number][][];
const box = (x0: number, y0: number, x1: number, y1: number): Polygons[number] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];

const database = useDatabase();
let owner: Pool;
let api: Pool;
let worker: Pool;
let camera: Awaited<ReturnType<typeof aCamera>>;

beforeAll(() => {
  owner = new Pool({ connectionString: database.ownerUrl });
  // Every connection sees the whole country.
  const options = '-c louver.jurisdictions={vn}';
  api = new Pool({ connectionString: database.apiUrl, options });
  worker = new Pool({ connectionString: database.workerUrl });
});
afterAll(() => Promise.all([owner.end(), api.end(), worker.end()]));
beforeEach(async () => {
  camera = await aCamera(owner);
});

const propose = async (
  author: string,
  version: number,
  polygons: Polygons,
  { renews = null, digest = 'ab'.repeat(32) }: { renews?: string | null; digest?: string } = {},
) =>
  (
    await api.query<{ id: string }>(
      `INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, author_id, renews_id)
       VALUES ($1, $2, $3, 'proposed', $4, 1280, 720, $5, 'x', $6, $7) RETURNING id`,
      [camera.aimId, camera.cameraId, version, JSON.stringify(polygons), digest, author, renews],
    )
  ).rows[0]!.id;
const approve = (id: string, by: string) =>
  api.query("UPDATE mask_sets SET state = 'approved', decided_by = $2, decided_at = now() WHERE id = $1", [id, by]);
const setOf = async (id: string) =>
  (
    await owner.query<{ digest: string; polygons: Polygons; days: number; share: number; uncovered: Polygons }>(
      `SELECT digest, polygons, extract(epoch FROM expires_at - clock_timestamp())::float8 / 86400 AS days,
              uncovered_share AS share, uncovered FROM mask_sets WHERE id = $1`,
      [id],
    )
  ).rows[0]!;

describe('how long masks hold', () => {
  it('is a year from their approval, by a rule that is data and never changed', async () => {
    const { maskSetId } = await aMaskSet(owner, camera);
    expect((await setOf(maskSetId)).days).toBeCloseTo(365, 1);
    await expect(owner.query(`UPDATE mask_policies SET rules = '{"livesDays": 9, "remindDays": 1}'`)).rejects.toThrow(
      /make a new version/,
    );
  });

  it('follows from when the database saw the approval, whatever date is written beside it', async () => {
    const [author, reviewer] = [
      await anAccount(owner, { role: 'supervisor' }),
      await anAccount(owner, { role: 'reviewer' }),
    ];
    const id = await propose(author.accountId, 1, [box(0, 0, 1, 1)]);
    await api.query(
      "UPDATE mask_sets SET state = 'approved', decided_by = $2, decided_at = now() + interval '50 years' WHERE id = $1",
      [id, reviewer.accountId],
    );
    expect((await setOf(id)).days).toBeCloseTo(365, 1);
  });

  it('is written by nobody, and no worker says of masks that they have expired before they have', async () => {
    const { maskSetId } = await aMaskSet(owner, camera);
    const later = [
      `UPDATE mask_sets SET expires_at = expires_at + interval '1 year' WHERE id = $1`,
      [maskSetId],
    ] as const;
    await expect(api.query(later[0], [...later[1]])).rejects.toThrow(/permission denied/);
    await expect(owner.query(later[0], [...later[1]])).rejects.toMatchObject({ constraint: 'mask_set_life' });
    await expect(
      worker.query('UPDATE mask_sets SET expired_at = now() WHERE id = $1', [maskSetId]),
    ).rejects.toMatchObject({ constraint: 'mask_set_life' });
  });
});

describe('a renewal', () => {
  it('repeats the set in force and is approved by another person: by none of its author’s accounts', async () => {
    const { maskSetId } = await aMaskSet(owner, camera);
    const { digest, polygons } = await setOf(maskSetId);
    const asks = await anAccount(owner, { role: 'reviewer' });
    const twin = await anAccount(owner, { role: 'reviewer', personId: asks.personId });
    const id = await propose(asks.accountId, 2, polygons, { renews: maskSetId, digest });
    for (const self of [asks, twin])
      await expect(approve(id, self.accountId)).rejects.toMatchObject({ constraint: 'mask_author_decides' });
    await approve(id, (await anAccount(owner, { role: 'reviewer' })).accountId);
    expect((await setOf(id)).share).toBe(0);
  });

  it('that is of other polygons, or of a set that is not in force, is refused', async () => {
    const { maskSetId } = await aMaskSet(owner, camera);
    const { digest, polygons } = await setOf(maskSetId);
    const { accountId } = await anAccount(owner, { role: 'reviewer' });
    const refused = { constraint: 'mask_set_renews_the_same' };
    await expect(propose(accountId, 2, [box(0, 0, 0.1, 0.1)], { renews: maskSetId, digest })).rejects.toMatchObject(
      refused,
    );
    await aMaskSet(owner, { ...camera, version: 2 });
    await expect(propose(accountId, 3, polygons, { renews: maskSetId, digest })).rejects.toMatchObject(refused);
  });
});

describe('what a version uncovers', () => {
  it('is worked out from the set in force: a share of the frame and its outlines', async () => {
    await aMaskSet(owner, { ...camera, polygons: [box(0, 0, 0.5, 0.4), box(0.3, 0, 0.6, 0.4)] });
    const { accountId } = await anAccount(owner, { role: 'supervisor' });
    const less = await setOf(await propose(accountId, 2, [box(0, 0, 0.5, 0.4)]));
    expect(less.share).toBeCloseTo(0.04, 9);
    expect(less.uncovered).toHaveLength(1);
    expect(less.uncovered[0]).toEqual(
      expect.arrayContaining([
        [0.5, 0],
        [0.6, 0.4],
      ]),
    );
    const other = await setOf(await propose(accountId, 3, [box(0, 0, 0.6, 0.5)]));
    expect(other).toMatchObject({ share: 0, uncovered: [] });
    const nothing = await setOf(await propose(accountId, 4, []));
    expect(nothing.share).toBeCloseTo(0.24, 9);
  });

  it('is unknown where no masks were in force, and nobody can write it', async () => {
    const { accountId } = await anAccount(owner, { role: 'supervisor' });
    const id = await propose(accountId, 1, [box(0, 0, 1, 1)]);
    expect(await setOf(id)).toMatchObject({ share: null, uncovered: null });
    await expect(owner.query('UPDATE mask_sets SET uncovered_share = 0 WHERE id = $1', [id])).rejects.toThrow(
      /never written/,
    );
  });

  it('is approved by nobody alone: a set that no person drew may not uncover', async () => {
    const { maskSetId } = await aMaskSet(owner, { ...camera, polygons: [box(0, 0, 0.5, 0.5)] });
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO exposure_runs (aim_id, camera_id, inputs_digest, inputs, aim_digest, policy_version, viewshed)
       VALUES ($1, $2, repeat('0', 64), '{}', 'x', 1, ST_GeomFromText('MULTIPOLYGON EMPTY', 4326)) RETURNING id`,
      [camera.aimId, camera.cameraId],
    );
    const insert = await worker.query<{ id: string }>(
      `INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, origin, run_id)
       VALUES ($1, $2, 2, 'proposed', $3, 1280, 720, repeat('0', 64), 'x', 'geometry', $4) RETURNING id`,
      [camera.aimId, camera.cameraId, JSON.stringify([box(0.5, 0.5, 1, 1)]), rows[0]!.id],
    );
    const reviewer = await anAccount(owner, { role: 'reviewer' });
    await expect(approve(insert.rows[0]!.id, reviewer.accountId)).rejects.toMatchObject({
      constraint: 'mask_set_uncovers',
    });
    expect((await owner.query('SELECT state FROM mask_sets WHERE id = $1', [maskSetId])).rows).toEqual([
      { state: 'active' },
    ]);
  });
});
