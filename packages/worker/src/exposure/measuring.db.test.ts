// SPDX-License-Identifier: AGPL-3.0-or-later
import { addsOnly, type AimId, type CameraId, type MaskPolygons } from '@louver/contract';
import { createPool, type Pool } from '@louver/db';
import { digestOf } from '@louver/ledger';
import { aCamera, aMaskSet, anAccount, useDatabase, type GivenCamera } from '@louver/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aHouse } from '../testing/homes.ts';
import { look } from './look.ts';
import { measureAim } from './measuring.ts';

const database = useDatabase();
const never = new AbortController().signal;
let owner: Pool;
let worker: Pool;
let api: Pool;

beforeAll(() => {
  [owner, worker, api] = [database.ownerUrl, database.workerUrl, database.apiUrl].map((url) => createPool(url)) as [
    Pool,
    Pool,
    Pool,
  ];
});
afterAll(() => Promise.all([owner.end(), worker.end(), api.end()]));
beforeEach(async () => {
  await owner.query('DELETE FROM buildings');
});

const measure = (aimId: AimId) => measureAim({ pool: worker, look: async (job) => look(job) }, aimId, never);

type Row = Record<string, unknown>;
const rows = async (text: string, ...values: unknown[]): Promise<Row[]> => (await owner.query<Row>(text, values)).rows;
const runsOf = (aimId: AimId) => rows('SELECT * FROM exposure_runs WHERE aim_id = $1 ORDER BY finished_at', aimId);
const findingsOf = (aimId: AimId) => rows('SELECT * FROM findings WHERE aim_id = $1 ORDER BY opened_at', aimId);
const setsOf = (aimId: AimId) => rows('SELECT * FROM mask_sets WHERE aim_id = $1 ORDER BY version', aimId);
const actionsOf = async (subject: unknown) =>
  (await rows('SELECT action FROM records WHERE subject = $1 ORDER BY seq', subject)).map(({ action }) => action);
const workOf = (aimId: AimId) => rows('SELECT * FROM exposure_work WHERE aim_id = $1', aimId);
const turn = (aimId: AimId, heading: number) =>
  owner.query('UPDATE aims SET heading_deg = $2 WHERE id = $1', [aimId, heading]);

/** The camera looks north-east from 6 m; this house stands 12 m before it. */
const AHEAD = [8, 8, 16, 16] as const;
const BEHIND = [-40, -40, -30, -30] as const;

async function flaggedCamera(given: GivenCamera = {}): Promise<{ cameraId: CameraId; aimId: AimId; house: string }> {
  const house = await aHouse(owner, { box: AHEAD });
  const camera = await aCamera(owner, given);
  return { ...camera, house };
}

describe('a measurement', () => {
  it('is kept with what it was made from, and the work is done', async () => {
    const { aimId, house } = await flaggedCamera();
    await measure(aimId);
    const [run] = await runsOf(aimId);
    expect(run).toMatchObject({
      superseded_at: null,
      policy_version: 1,
      inputs: { aim: { heading: 45, range: 60 }, buildings: { count: 1 }, policyVersion: 1, algorithm: 'sightline/2' },
      inputs_digest: digestOf(run!.inputs as never),
    });
    const seen = await rows('SELECT * FROM exposures WHERE run_id = $1', run!.id);
    expect(seen).toMatchObject([{ building_id: house, place: 1 }]);
    expect(seen[0]!.facade_metres).toBeCloseTo(Math.hypot(8, 8), 1);
    expect(seen[0]!.breaches).toContain('frame-share');
    expect(await workOf(aimId)).toEqual([]);
  });

  it('is not made twice from the same inputs, not even by two at once', async () => {
    const { aimId } = await flaggedCamera();
    const want = () => owner.query("SELECT want_exposures(ARRAY[$1::uuid], 'test')", [aimId]);
    await Promise.all([measure(aimId), measure(aimId), measure(aimId)]);
    await want();
    await measure(aimId);
    expect(await runsOf(aimId)).toHaveLength(1);
    expect(await findingsOf(aimId)).toHaveLength(1);
    expect(await setsOf(aimId)).toHaveLength(1);
    expect(await measure(aimId)).toBeUndefined();
  });

  it('supersedes the last one when a building changes, and neither can be edited', async () => {
    const { aimId, house } = await flaggedCamera();
    await measure(aimId);
    await owner.query('UPDATE buildings SET height_m = 12 WHERE id = $1', [house]);
    expect(await workOf(aimId)).toMatchObject([{ reason: 'buildings-changed' }]);
    await measure(aimId);
    const runs = await runsOf(aimId);
    expect(runs.map((run) => run.superseded_at === null)).toEqual([false, true]);
    await expect(owner.query("UPDATE exposure_runs SET inputs = '{}' WHERE id = $1", [runs[1]!.id])).rejects.toThrow(
      'superseded once',
    );
    await expect(owner.query('UPDATE exposures SET frame_share = 0')).rejects.toThrow('only grows');
  });

  it('is made again when the demand came while it was looking', async () => {
    const { aimId, house } = await flaggedCamera();
    const changing = {
      pool: worker,
      look: async (job: Parameters<typeof look>[0]) => {
        await owner.query('UPDATE buildings SET height_m = height_m + 1 WHERE id = $1', [house]);
        return look(job);
      },
    };
    await measureAim(changing, aimId, never);
    expect(await workOf(aimId)).toMatchObject([{ claimed_at: null }]);
    await measure(aimId);
    expect(await workOf(aimId)).toEqual([]);
    expect(await runsOf(aimId)).toHaveLength(2);
  });

  it('stays wanted while an import that nobody sees yet writes buildings, and sees them when it is over', async () => {
    const importing = await owner.connect();
    try {
      await importing.query('BEGIN');
      const house = await aHouse(importing, { box: AHEAD });
      // The import has looked for aims that it concerns already: it will never hear of this one.
      const { aimId } = await aCamera(owner);
      await measure(aimId);
      expect(await workOf(aimId)).toMatchObject([{ queued_at: null, claimed_at: null }]);
      await importing.query('COMMIT');
      await measure(aimId);
      expect(await rows('SELECT building_id FROM exposures WHERE building_id = $1', house)).toHaveLength(1);
      expect(await workOf(aimId)).toEqual([]);
    } finally {
      await importing.query('ROLLBACK');
      importing.release();
    }
  });

  it('is looked at again when the camera was turned meanwhile: nothing is kept of what it saw before', async () => {
    const { aimId } = await flaggedCamera();
    let looks = 0;
    const turning = {
      pool: worker,
      look: async (job: Parameters<typeof look>[0]) => {
        if (looks++ === 0) await turn(aimId, 225);
        return look(job);
      },
    };
    await measureAim(turning, aimId, never);
    expect(looks).toBe(2);
    expect(await runsOf(aimId)).toMatchObject([{ inputs: { aim: { heading: 225 } } }]);
    expect(await findingsOf(aimId)).toEqual([]);
  });
});

describe('what wants a measurement', () => {
  it('is a new aim, a turned one, a building in reach, and not one beyond it', async () => {
    const { aimId } = await aCamera(owner);
    expect(await workOf(aimId)).toMatchObject([{ reason: 'aim-made' }]);
    await measure(aimId);
    await turn(aimId, 46);
    expect(await workOf(aimId)).toMatchObject([{ reason: 'aim-changed' }]);
    await measure(aimId);
    await owner.query("UPDATE aims SET name = 'renamed' WHERE id = $1", [aimId]);
    await aHouse(owner, { box: [400, 400, 410, 410] });
    expect(await workOf(aimId)).toEqual([]);
    const near = await aHouse(owner, { box: BEHIND });
    expect(await workOf(aimId)).toMatchObject([{ reason: 'buildings-changed' }]);
    await measure(aimId);
    await owner.query('UPDATE buildings SET footprint = ST_Translate(footprint, 1, 0) WHERE id = $1', [near]);
    expect(await workOf(aimId)).toHaveLength(1);
  });

  it('leaves a message in the outbox that names aim and demand', async () => {
    const { aimId } = await aCamera(owner);
    const [work] = await workOf(aimId);
    const messages = await rows("SELECT message FROM outbox WHERE message -> 'payload' ->> 'aimId' = $1", aimId);
    expect(messages.map(({ message }) => message)).toEqual([
      {
        kind: 'job',
        name: 'exposure.measure',
        payload: { aimId },
        jobId: `exposure-${aimId}-${String(work!.demand)}`,
      },
    ]);
  });
});

describe('a home that is seen too well', () => {
  it('flags a camera without masks and proposes some over every home, which lie over nothing yet', async () => {
    const { aimId } = await flaggedCamera();
    await measure(aimId);
    const [finding] = await findingsOf(aimId);
    const [set] = await setsOf(aimId);
    expect(finding).toMatchObject({ state: 'open', mask_set_id: set!.id, policy_version: 1 });
    expect(Date.parse(String(finding!.due_at)) - Date.parse(String(finding!.opened_at))).toBeCloseTo(
      72 * 3_600_000,
      -4,
    );
    expect(set).toMatchObject({
      state: 'proposed',
      origin: 'geometry',
      author_id: null,
      enforced_at: null,
      extends_id: null,
    });
    expect(await actionsOf(finding!.id)).toEqual(['finding.open']);
    expect(await actionsOf(set!.id)).toEqual(['mask.propose']);
  });

  it('is covered at once where masks were approved: by the very same polygons and more', async () => {
    const { aimId, cameraId } = await flaggedCamera();
    const { maskSetId } = await aMaskSet(owner, {
      aimId,
      cameraId,
      polygons: [
        [
          [0, 0],
          [0.05, 0],
          [0, 0.05],
        ],
      ],
    });
    await measure(aimId);
    const [approved, enforced] = (await setsOf(aimId)) as [Row, Row];
    expect(approved).toMatchObject({ id: maskSetId, state: 'active' });
    expect(enforced).toMatchObject({ state: 'proposed', origin: 'geometry', extends_id: maskSetId });
    expect(enforced.enforced_at).not.toBeNull();
    expect(addsOnly(approved.polygons as MaskPolygons, enforced.polygons as MaskPolygons)).toBe(true);
    expect((enforced.polygons as unknown[]).length).toBeGreaterThan(1);
    expect(enforced.digest).toBe(
      digestOf({ aimId, frame: { width: 1280, height: 720 }, polygons: enforced.polygons as MaskPolygons }),
    );
    const [record] = await rows('SELECT action, account_id, detail FROM records WHERE subject = $1', enforced.id);
    expect(record).toMatchObject({
      action: 'mask.enforce',
      account_id: null,
      detail: { aimId, digest: enforced.digest, extends: maskSetId, extendsDigest: approved.digest },
    });
    expect((await findingsOf(aimId))[0]).toMatchObject({ state: 'open', mask_set_id: enforced.id });
    // Once it is covered there is nothing more to do.
    await owner.query("SELECT want_exposures(ARRAY[$1::uuid], 'test')", [aimId]);
    await measure(aimId);
    expect(await setsOf(aimId)).toHaveLength(2);
  });

  it('needs nothing where the approved masks cover it', async () => {
    const { aimId, cameraId } = await flaggedCamera();
    await aMaskSet(owner, {
      aimId,
      cameraId,
      polygons: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ],
    });
    await measure(aimId);
    expect(await findingsOf(aimId)).toEqual([]);
    expect(await setsOf(aimId)).toHaveLength(1);
  });

  it('is flagged on live cameras only', async () => {
    const { aimId, cameraId } = await flaggedCamera({ status: 'planned' });
    await measure(aimId);
    expect(await runsOf(aimId)).toHaveLength(1);
    expect(await findingsOf(aimId)).toEqual([]);
    // As if the day that was announced had come.
    await owner.query('ALTER TABLE cameras DISABLE TRIGGER cameras_window');
    await owner.query("UPDATE cameras SET status = 'live' WHERE id = $1", [cameraId]);
    await owner.query('ALTER TABLE cameras ENABLE TRIGGER cameras_window');
    await measure(aimId);
    expect(await findingsOf(aimId)).toMatchObject([{ state: 'open' }]);
    await owner.query("UPDATE cameras SET status = 'retired' WHERE id = $1", [cameraId]);
    await measure(aimId);
    expect(await findingsOf(aimId)).toMatchObject([{ state: 'closed' }]);
  });

  it('below the rule is measured and not flagged', async () => {
    const far = await aHouse(owner, { box: [40, 40, 44, 44], height: 2 });
    const { aimId } = await aCamera(owner, { frame: { width: 640, height: 360 } });
    await measure(aimId);
    const seen = await rows(
      'SELECT e.* FROM exposures e JOIN exposure_runs r ON r.id = e.run_id WHERE r.aim_id = $1',
      aimId,
    );
    expect(seen).toMatchObject([{ building_id: far, breaches: [] }]);
    expect(await findingsOf(aimId)).toEqual([]);
  });
});

describe('an open finding', () => {
  it('closes by itself when a new measurement of the turned camera is below the rule, and names it', async () => {
    const { aimId } = await flaggedCamera();
    await measure(aimId);
    await turn(aimId, 80);
    await measure(aimId);
    // Still in the frame: a turn alone closes nothing.
    expect(await findingsOf(aimId)).toMatchObject([{ state: 'open' }]);
    await turn(aimId, 225);
    await measure(aimId);
    const [run] = (await runsOf(aimId)).filter(({ superseded_at }) => superseded_at === null);
    const [finding] = await findingsOf(aimId);
    expect(finding).toMatchObject({ state: 'closed', closed_by_run_id: run!.id });
    expect(await actionsOf(finding!.id)).toEqual(['finding.open', 'finding.close']);
  });

  it('with masks over the picture stays when one person only changes what is known of the building', async () => {
    const { aimId, cameraId, house } = await flaggedCamera();
    await aMaskSet(owner, {
      aimId,
      cameraId,
      polygons: [
        [
          [0, 0],
          [0.05, 0],
          [0, 0.05],
        ],
      ],
    });
    await measure(aimId);
    await owner.query("UPDATE buildings SET use = 'office', is_home = false WHERE id = $1", [house]);
    await measure(aimId);
    expect(await findingsOf(aimId)).toMatchObject([{ state: 'open' }]);
    const [, enforced] = await setsOf(aimId);
    expect(enforced).toMatchObject({ state: 'proposed' });
    expect(enforced!.enforced_at).not.toBeNull();
  });

  it('with masks over the picture stays when one person only says that the camera sees less far', async () => {
    const camera = await flaggedCamera();
    const { aimId } = camera;
    await aMaskSet(owner, {
      ...camera,
      polygons: [
        [
          [0, 0],
          [0.05, 0],
          [0, 0.05],
        ],
      ],
    });
    await measure(aimId);
    const [finding] = await findingsOf(aimId);
    await owner.query('UPDATE aims SET range_m = 5 WHERE id = $1', [aimId]);
    await measure(aimId);
    expect(
      await rows(
        'SELECT id FROM exposures JOIN exposure_runs r ON r.id = run_id WHERE aim_id = $1 AND superseded_at IS NULL',
        aimId,
      ),
    ).toEqual([]);
    expect(await findingsOf(aimId)).toMatchObject([{ id: finding!.id, state: 'open' }]);
    expect((await setsOf(aimId)).at(-1)).toMatchObject({ state: 'proposed', origin: 'geometry' });
    await owner.query('UPDATE aims SET heading_deg = 225 WHERE id = $1', [aimId]);
    await measure(aimId);
    expect(await findingsOf(aimId)).toMatchObject([{ state: 'closed' }]);
  });

  it('closes when somebody approves masks that cover the homes', async () => {
    const { aimId, cameraId } = await flaggedCamera();
    await measure(aimId);
    await aMaskSet(owner, {
      aimId,
      cameraId,
      version: 2,
      polygons: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ],
    });
    expect(await workOf(aimId)).toMatchObject([{ reason: 'masks-changed' }]);
    await measure(aimId);
    expect(await findingsOf(aimId)).toMatchObject([{ state: 'closed' }]);
  });

  it('is brought up to date when another home comes into view, and what covers grows', async () => {
    const { aimId, cameraId, house } = await flaggedCamera();
    await aMaskSet(owner, {
      aimId,
      cameraId,
      polygons: [
        [
          [0, 0],
          [0.05, 0],
          [0, 0.05],
        ],
      ],
    });
    await measure(aimId);
    const other = await aHouse(owner, { box: [-6, 14, 2, 20] });
    await measure(aimId);
    const [finding, ...none] = await findingsOf(aimId);
    expect(none).toEqual([]);
    expect((finding!.homes as { buildingId: string }[]).map((home) => home.buildingId).toSorted()).toEqual(
      [house, other].toSorted(),
    );
    const [, first, second] = await setsOf(aimId);
    expect([first!.state, second!.state]).toEqual(['retired', 'proposed']);
    expect(addsOnly(first!.polygons as MaskPolygons, second!.polygons as MaskPolygons)).toBe(true);
    expect(finding!.mask_set_id).toBe(second!.id);
  });
});

describe('the database', () => {
  it('enforces no set that takes something away, and none from the API', async () => {
    const { aimId, cameraId } = await flaggedCamera();
    const { maskSetId } = await aMaskSet(owner, { aimId, cameraId });
    await measure(aimId);
    const insert = `INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason,
                      origin, run_id, extends_id, enforced_at)
                    SELECT aim_id, camera_id, 9, 'proposed', $2::jsonb, frame_width, frame_height, digest, reason, origin, run_id,
                      extends_id, now()
                    FROM mask_sets WHERE aim_id = $1 AND origin = 'geometry'`;
    const retire = () =>
      owner.query("UPDATE mask_sets SET state = 'retired' WHERE aim_id = $1 AND origin = 'geometry'", [aimId]);
    // Not even the owner, while nobody has decided.
    await expect(retire()).rejects.toThrow('stay until the finding is decided');
    await owner.query('DELETE FROM findings WHERE aim_id = $1', [aimId]);
    await retire();
    const smaller = JSON.stringify([
      [
        [0.2, 0.2],
        [0.3, 0.2],
        [0.3, 0.3],
      ],
    ]);
    await expect(worker.query(insert, [aimId, smaller])).rejects.toThrow('only adds to the approved set');
    await expect(worker.query(insert, [aimId, '[]'])).rejects.toThrow('only adds');
    const [base] = await rows('SELECT polygons FROM mask_sets WHERE id = $1', maskSetId);
    await expect(worker.query(insert, [aimId, JSON.stringify(base!.polygons)])).resolves.toBeDefined();
    const client = await api.connect();
    try {
      await client.query("SELECT set_config('louver.jurisdictions', '{vn}', false)");
      const bare = insert.replace('9,', '10,').replace('extends_id,\n', 'NULL,\n').replace('now()', 'NULL');
      await expect(client.query(bare, [aimId, '[]'])).rejects.toThrow('come from a measurement');
    } finally {
      client.release(true);
    }
  });

  it('lets no single reviewer take away what lies over a home', async () => {
    const { aimId, cameraId } = await flaggedCamera();
    await aMaskSet(owner, {
      aimId,
      cameraId,
      polygons: [
        [
          [0, 0],
          [0.05, 0],
          [0, 0.05],
        ],
      ],
    });
    await measure(aimId);
    const reviewer = await anAccount(owner, { role: 'reviewer' });
    const client = await api.connect();
    try {
      await client.query("SELECT set_config('louver.jurisdictions', '{vn}', false)");
      const reject = client.query(
        `UPDATE mask_sets SET state = 'rejected', decided_by = $2, decided_at = now(), decision_note = 'away'
         WHERE aim_id = $1 AND enforced_at IS NOT NULL`,
        [aimId, reviewer.accountId],
      );
      await expect(reject).rejects.toThrow('stay until the finding is decided');
      await expect(
        client.query("UPDATE findings SET state = 'decided', closed_at = now() WHERE aim_id = $1", [aimId]),
      ).rejects.toThrow('nobody has decided');
    } finally {
      client.release(true);
    }
  });
});
