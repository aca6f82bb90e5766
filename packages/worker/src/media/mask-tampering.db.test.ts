// SPDX-License-Identifier: AGPL-3.0-or-later
// What whoever owns the database can write, with every trigger off, and what comes of it: no picture, and a record of it.
import { join } from 'node:path';
import { NOBODY, Tx, appendRecord, createPool, inTx, type NewRecord, type Pool } from '@louver/db';
import { digestOf } from '@louver/ledger';
import { aCamera, aMaskSet, anAccount, recordApproval, useDatabase, useRedis, useSealer } from '@louver/testkit';
import type { CameraId, MaskPolygons, MaskSetId } from '@louver/contract';
import type { PoolClient } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LogFollower } from '../record/follower.ts';
import { logFolder } from '../record/log-folder.ts';
import { MaskDecisions } from '../record/mask-decisions.ts';
import { MaskRefusals } from '../record/mask-refusals.ts';
import { LogTrust } from '../record/trust.ts';
import { anEnforcedSet, approveEnforced } from '../testing/enforced.ts';
import { until } from '../testing/watcher.ts';
import { MaskWatch } from './mask-watch.ts';
import { type Standing, findPolygons } from './queries.ts';

const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
const log = pino({ level: 'silent' });
let owner: Pool;
let workers: Pool;
let watching: Awaited<ReturnType<typeof aWatch>>;
let camera: Awaited<ReturnType<typeof aCamera>>;

beforeAll(() => {
  owner = createPool(database.ownerUrl);
  workers = createPool(database.workerUrl);
});
beforeEach(async () => {
  camera = await aCamera(owner);
});
afterAll(async () => {
  await watching?.close();
  await Promise.all([owner, workers].map((pool) => pool.end()));
});

/** A worker's watch over masks, with all that it reads for itself, and nothing of what it read before. */
async function aWatch() {
  const trust = new LogTrust({ policy: undefined, vkeys: join(sealer.keyDir, 'log.vkey') }, log);
  const decisions = new MaskDecisions(log);
  const follower = new LogFollower({ readFile: logFolder(sealer.logDir), trust, reader: decisions, log });
  const refusals = new MaskRefusals(workers, log, () => undefined);
  const watch = new MaskWatch(workers, database.workerUrl, log, {
    follower,
    decisions,
    onRefusal: (refusal) => refusals.note(refusal),
  });
  let standing: Standing | null | undefined;
  let from = 0;
  const off = watch.watch(camera.cameraId, {
    onDoubt: () => undefined,
    onStanding(told, { askedAt }) {
      // What was asked before somebody wrote may be told after it.
      if (askedAt >= from) standing = told;
    },
  });
  return {
    /** What a stream of the camera would do with it, asked anew. */
    async masks(): Promise<MaskSetId | 'none' | 'unsealed' | 'refused' | undefined> {
      await follower.catchUp();
      [standing, from] = [undefined, performance.now()];
      await owner.query("SELECT pg_notify('masks_changed', $1)", [camera.cameraId]);
      const told = await until('an answer', 10_000, () => standing);
      if (!told.masks) return told.withheld ?? undefined;
      const { masks, enforced } = told;
      const found = await inTx(workers, NOBODY, (tx) => findPolygons(tx, masks, enforced));
      if ('polygons' in found) return (enforced ?? masks).id;
      refusals.note({ cameraId: camera.cameraId, ...found });
      return 'refused';
    },
    async close() {
      off();
      await watch.close();
      await refusals.close();
    },
  };
}

async function watch() {
  await watching?.close();
  await sealer.sealer.sealNow();
  watching = await aWatch();
  return watching;
}

/** As the owner of everything, and no trigger runs. */
async function byForce(...statements: [text: string, ...values: unknown[]][]): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('SET session_replication_role = replica');
    for (const [text, ...values] of statements) await client.query(text, values);
  } finally {
    await client.query('RESET session_replication_role');
    client.release();
  }
}

async function inOneTransaction<T>(write: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await owner.connect();
  try {
    await client.query('BEGIN');
    const written = await write(client);
    await client.query('COMMIT');
    return written;
  } finally {
    client.release();
  }
}

const record = (facts: NewRecord) => appendRecord(new Tx(owner as unknown as PoolClient), facts);
const faultsOf = async (cameraId: CameraId) =>
  (
    await owner.query<{ subject: string; fault: string }>(
      "SELECT subject, detail->>'fault' AS fault FROM records WHERE action = 'mask.refuse' AND camera_id = $1 ORDER BY seq",
      [cameraId],
    )
  ).rows;
const sealedApprovals = async (maskSetId: MaskSetId) =>
  (
    await owner.query(
      "SELECT 1 FROM records JOIN record_leaves ON record_seq = seq WHERE action = 'mask.approve' AND subject = $1",
      [maskSetId],
    )
  ).rows.length;
const untilFault = (maskSetId: MaskSetId, fault: string) =>
  until(`a record of ${fault}`, 10_000, async () =>
    (await faultsOf(camera.cameraId)).some((row) => row.subject === maskSetId && row.fault === fault),
  );

describe('masks that two people decided', () => {
  it('are shown once they are sealed; until then the former set goes on', async () => {
    const first = await aMaskSet(owner, camera);
    const { masks } = await watch();
    expect(await masks()).toBe(first.maskSetId);
    await aMaskSet(owner, { ...camera, version: 2, state: 'proposed' });
    expect(await masks()).toBe(first.maskSetId);
    // A record that is written and that no sealer has seen: as long as this transaction lasts nobody can seal behind it.
    const second = await aMaskSet(owner, { ...camera, version: 3, state: 'approved' });
    await until('it is sealed', 10_000, async () => (await masks()) === second.maskSetId);
    expect(await faultsOf(camera.cameraId)).toEqual([]);
  });

  it('are unsealed and nothing worse while the log is not read that far', async () => {
    const { masks } = await watch();
    expect(await masks()).toBe('none');
    const first = await aMaskSet(owner, camera);
    const seen = new Set<unknown>();
    await until('it is shown', 10_000, async () => {
      const now = await masks();
      seen.add(now);
      return now === first.maskSetId;
    });
    seen.delete(first.maskSetId);
    expect([...seen].filter((state) => state !== 'unsealed')).toEqual([]);
    expect(await faultsOf(camera.cameraId)).toEqual([]);
  });
});

const added: MaskPolygons[number] = [
  [0.5, 0.5],
  [0.9, 0.5],
  [0.9, 0.9],
];

describe('masks that geometry adds', () => {
  it('are shown at once, replace one another, and go on being shown when they are approved', async () => {
    const base = await aMaskSet(owner, camera);
    const { masks } = await watch();
    const first = await anEnforcedSet(owner, base.maskSetId, [added]);
    expect(await masks()).toBe(first.maskSetId);
    const second = await anEnforcedSet(owner, base.maskSetId, [added, added]);
    expect(await masks()).toBe(second.maskSetId);
    await approveEnforced(owner, second);
    const seen = new Set<unknown>();
    await until('it is sealed', 10_000, async () => {
      seen.add(await masks());
      return (await sealedApprovals(second.maskSetId)) === 1;
    });
    expect([...seen, await masks()].filter((id) => id !== second.maskSetId)).toEqual([]);
    expect(await faultsOf(camera.cameraId)).toEqual([]);
  });

  it('are carried over to masks that people approve meanwhile: at no moment the former ones are shown alone', async () => {
    const base = await aMaskSet(owner, camera);
    const { masks } = await watch();
    const enforced = await anEnforcedSet(owner, base.maskSetId, [added]);
    expect(await masks()).toBe(enforced.maskSetId);
    const other = await aMaskSet(owner, { ...camera, version: 3, state: 'proposed', polygons: [] });
    const { rows } = await owner.query<{ digest: string }>('SELECT digest FROM mask_sets WHERE id = $1', [
      other.maskSetId,
    ]);
    const digest = rows[0]!.digest;
    const seen = new Set<unknown>();
    const carriedOver = await inOneTransaction(async (client) => {
      await approveEnforced(client, { ...camera, ...other, digest });
      return anEnforcedSet(client, other.maskSetId, [added]);
    });
    await until('it is sealed', 10_000, async () => {
      const now = await masks();
      seen.add(now);
      return now === carriedOver.maskSetId;
    });
    seen.delete(carriedOver.maskSetId);
    expect([...seen].filter((state) => state !== 'unsealed')).toEqual([]);
    expect(await faultsOf(camera.cameraId)).toEqual([]);
  });

  it.each([
    ['whose frame is another one', 'frame_width = 640, frame_height = 360'],
    ['whose polygons were edited', `polygons = polygons || '[[[0, 0], [0.1, 0], [0.1, 0.1]]]'`],
    ['that extend another set than the approved one', 'extends_id = id'],
  ])('and %s give no picture, and are on the record', async (_name, change) => {
    const base = await aMaskSet(owner, camera);
    const enforced = await anEnforcedSet(owner, base.maskSetId, [added]);
    const { masks } = await watch();
    expect(await masks()).toBe(enforced.maskSetId);
    await byForce([`UPDATE mask_sets SET ${change} WHERE id = $1`, enforced.maskSetId]);
    expect(await masks()).toBe('refused');
    await untilFault(enforced.maskSetId, 'enforced');
  });

  it('and leave out what was approved give no picture, with whatever digest', async () => {
    const base = await aMaskSet(owner, camera);
    const enforced = await anEnforcedSet(owner, base.maskSetId, [added]);
    const digest = digestOf({ aimId: camera.aimId, frame: { width: 1280, height: 720 }, polygons: [added] });
    await byForce([
      'UPDATE mask_sets SET polygons = $2, digest = $3 WHERE id = $1',
      ...[enforced.maskSetId, JSON.stringify([added]), digest],
    ]);
    expect(await (await watch()).masks()).toBe('refused');
    await untilFault(enforced.maskSetId, 'enforced');
  });
});

describe('a database owner gets no picture, and is on the record', () => {
  it('who flips a proposed set to active', async () => {
    const first = await aMaskSet(owner, camera);
    const second = await aMaskSet(owner, { ...camera, version: 2, state: 'proposed', polygons: [] });
    const { masks } = await watch();
    expect(await masks()).toBe(first.maskSetId);
    const decide = "decided_by = author_id, decided_at = now(), expires_at = now() + interval '1 year'";
    for (const state of ['approved', 'active']) {
      if (state === 'active') await byForce(["UPDATE mask_sets SET state = 'retired' WHERE id = $1", first.maskSetId]);
      await byForce([`UPDATE mask_sets SET state = '${state}', ${decide} WHERE id = $1`, second.maskSetId]);
      expect(await masks()).toBe('refused');
    }
    await untilFault(second.maskSetId, 'unapproved');
    // Said once, however often it is looked at.
    expect(await faultsOf(camera.cameraId)).toHaveLength(1);
  });

  it('who edits polygons, alone or with their digest', async () => {
    const { maskSetId } = await aMaskSet(owner, camera);
    const { masks } = await watch();
    await byForce(["UPDATE mask_sets SET polygons = '[]' WHERE id = $1", maskSetId]);
    expect(await masks()).toBe('refused');
    const digest = digestOf({ aimId: camera.aimId, frame: { width: 1280, height: 720 }, polygons: [] });
    await byForce(['UPDATE mask_sets SET digest = $2 WHERE id = $1', maskSetId, digest]);
    expect(await masks()).toBe('refused');
    await untilFault(maskSetId, 'altered');
  });

  it('who swaps the frame, so that masks lie elsewhere', async () => {
    const { maskSetId } = await aMaskSet(owner, camera);
    const { masks } = await watch();
    await byForce(['UPDATE mask_sets SET frame_width = 640, frame_height = 360 WHERE id = $1', maskSetId]);
    expect(await masks()).toBe('refused');
  });

  it('who gives a set to another aim, or another camera its aim', async () => {
    const { maskSetId } = await aMaskSet(owner, { ...camera, polygons: [] });
    const victim = await aCamera(owner);
    const own = await aMaskSet(owner, victim);
    await byForce(
      ["UPDATE mask_sets SET state = 'retired' WHERE id = $1", own.maskSetId],
      [
        'UPDATE mask_sets SET aim_id = $2, camera_id = $3, version = 2 WHERE id = $1',
        maskSetId,
        victim.aimId,
        victim.cameraId,
      ],
    );
    const former = camera;
    camera = victim;
    const { masks } = await watch();
    expect(await masks()).toBe('refused');
    await untilFault(maskSetId, 'unapproved');
    await byForce(
      ['UPDATE mask_sets SET aim_id = $2, version = 1 WHERE id = $1', maskSetId, former.aimId],
      ['UPDATE aims SET is_current = false WHERE id = $1', victim.aimId],
      ['UPDATE aims SET camera_id = $2 WHERE id = $1', former.aimId, victim.cameraId],
    );
    expect(await masks()).toBe('refused');
    await untilFault(maskSetId, 'altered');
  });

  it('who turns the camera to another of its aims on paper', async () => {
    await aMaskSet(owner, camera);
    const [{ id: aside }] = (
      await owner.query<{ id: never }>(
        `INSERT INTO aims (camera_id, name, is_current, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m, calibration)
         SELECT camera_id, 'aside', false, position, height_m, 200, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m, calibration
         FROM aims WHERE id = $1 RETURNING id`,
        [camera.aimId],
      )
    ).rows as [{ id: never }];
    const { cameraId } = camera;
    await record({ action: 'aim.create', actor: null, subject: aside, cameraId, detail: { current: false } });
    const other = await aMaskSet(owner, { cameraId, aimId: aside, polygons: [] });
    const { masks } = await watch();
    await byForce(
      ['UPDATE aims SET is_current = false WHERE id = $1', camera.aimId],
      ['UPDATE aims SET is_current = true WHERE id = $1', aside],
    );
    expect(await masks()).toBe('refused');
    await untilFault(other.maskSetId, 'aim');
  });

  it('who brings an older set back, whether the worker has seen the newer one at work or starts afterwards', async () => {
    const first = await aMaskSet(owner, { ...camera, polygons: [] });
    const second = await aMaskSet(owner, { ...camera, version: 2 });
    const seen = await watch();
    expect(await seen.masks()).toBe(second.maskSetId);
    await byForce(
      ["UPDATE mask_sets SET state = 'retired' WHERE id = $1", second.maskSetId],
      ["UPDATE mask_sets SET state = 'active' WHERE id = $1", first.maskSetId],
    );
    expect(await seen.masks()).toBe('refused');
    const started = await watch();
    expect(await started.masks()).toBe('refused');
    await untilFault(first.maskSetId, 'superseded');
    // Not even with every trace of the newer one gone from the database,
    await byForce(
      ["DELETE FROM records WHERE subject = $1 AND action = 'mask.approve'", second.maskSetId],
      ['DELETE FROM mask_sets WHERE id = $1', second.maskSetId],
    );
    expect(await (await watch()).masks()).toBe('refused');
    // and not by saying once more what was true before.
    const reviewer = (await anAccount(owner, { role: 'reviewer' })).accountId;
    const { rows } = await owner.query<{ digest: string }>('SELECT digest FROM mask_sets WHERE id = $1', [
      first.maskSetId,
    ]);
    await recordApproval(owner, { ...camera, ...first, digest: rows[0]!.digest, reviewer });
    expect(await (await watch()).masks()).toBe('refused');
  });

  it('who brings a set back after the camera was turned', async () => {
    const { maskSetId } = await aMaskSet(owner, camera);
    const { cameraId, aimId } = camera;
    await record({
      action: 'aim.change',
      actor: null,
      subject: aimId,
      cameraId,
      detail: { before: { heading: 45, range: 60 }, after: { heading: 90, range: 60 } },
    });
    const { masks } = await watch();
    await byForce(["UPDATE mask_sets SET state = 'active' WHERE id = $1", maskSetId]);
    expect(await masks()).toBe('refused');
    await untilFault(maskSetId, 'ended');
  });
});
