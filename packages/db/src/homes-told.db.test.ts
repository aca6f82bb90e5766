// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is told, and of how much, when a camera begins to see homes.
import { aCamera, aJurisdiction, useDatabase } from '@louver/testkit';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const database = useDatabase();
let owner: Client;
let api: Client;
let worker: Client;
let other: Client;
/** A ward of its own for every test: notices only grow. */
let ward: string;
let wards = 0;
let pidOfOther: number | undefined;

beforeAll(async () => {
  owner = new Client({ connectionString: database.ownerUrl });
  api = new Client({ connectionString: database.apiUrl });
  worker = new Client({ connectionString: database.workerUrl });
  other = new Client({ connectionString: database.workerUrl });
  await Promise.all([owner, api, worker, other].map((client) => client.connect()));
  const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  pidOfOther = rows[0]?.pid;
  await api.query(`SELECT set_config('louver.jurisdictions', '{vn}', false)`);
});
afterAll(() => Promise.all([owner, api, worker, other].map((client) => client.end())));
beforeEach(async () => {
  ward = await aJurisdiction(owner, `vn.p66.s${(wards += 1)}`);
});

interface Camera {
  cameraId: string;
  aimId: string;
}
type Level = 'none' | 'detect' | 'observe' | 'recognise' | 'identify';
type Seen = readonly (readonly [home: string, level?: Level])[];

const LEVELS = ['none', 'detect', 'observe', 'recognise', 'identify'];
const aHome = (): string => randomUUID();

/** One that has been in the inventory for a while. */
async function aCameraOf(given: {
  publication?: 'shown' | 'counted';
  status?: 'planned' | 'live';
  days?: number;
}): Promise<Camera> {
  const { publication = 'shown', status = 'live', days = 40 } = given;
  const camera = await aCamera(owner, { jurisdiction: ward, status });
  await owner.query('UPDATE cameras SET publication = $2 WHERE id = $1', [camera.cameraId, publication]);
  await later(camera, days);
  return camera;
}

/** As if it had been entered, and homes had gone out of sight, so many days earlier. */
async function later({ cameraId }: Camera, days: number): Promise<void> {
  const ago = [cameraId, days];
  await owner.query("UPDATE told_cameras SET since = since - $2 * interval '1 day' WHERE camera_id = $1", ago);
  await owner.query("UPDATE told_homes SET gone_at = gone_at - $2 * interval '1 day' WHERE camera_id = $1", ago);
}

/** Another view of the same camera. */
async function aPreset({ cameraId }: Camera): Promise<Camera> {
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO aims (camera_id, name, is_current, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width,
                       frame_height, range_m, calibration, preset_token, preset_pan, preset_tilt, preset_zoom)
     SELECT camera_id, 'preset', false, position, height_m, 90, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m,
            'stated', '2', 0, 0, 0
     FROM aims WHERE camera_id = $1 RETURNING id`,
    [cameraId],
  );
  return { cameraId, aimId: rows[0]!.id };
}

/** As the worker keeps a measurement: the run before its homes. */
async function keep(client: Client, { cameraId, aimId }: Camera, seen: Seen): Promise<void> {
  await client.query(
    'UPDATE exposure_runs SET superseded_at = clock_timestamp() WHERE aim_id = $1 AND superseded_at IS NULL',
    [aimId],
  );
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO exposure_runs (aim_id, camera_id, inputs_digest, inputs, aim_digest, policy_version, viewshed)
     VALUES ($1, $2, repeat('0', 64), '{}', 'x', 1, ST_GeomFromText('MULTIPOLYGON EMPTY', 4326)) RETURNING id`,
    [aimId, cameraId],
  );
  for (const [place, [home, level = 'detect']] of seen.entries())
    await client.query(
      `INSERT INTO exposures (run_id, building_id, place, frame_share, pixels_per_metre, dori, distance_metres, facade_metres, breaches)
       VALUES ($1, $2, $3, 0.1, $4, $5, 22, 20, '{}')`,
      [rows[0]!.id, home, place, 10 + 50 * LEVELS.indexOf(level), level],
    );
}

async function sees(camera: Camera, seen: Seen): Promise<void> {
  await worker.query('BEGIN');
  await keep(worker, camera, seen);
  await worker.query('COMMIT');
}

/** Of homes, oldest first, as it is public. */
async function told() {
  const { rows } = await api.query<{ named: boolean; detail: object }>(
    `SELECT camera_code IS NOT NULL AS named, detail FROM public_notices
     WHERE kind = 'homes-seen' AND jurisdiction::text = $1 ORDER BY id`,
    [ward],
  );
  return rows;
}
const toldHomes = async () => (await told()).map(({ detail }) => (detail as { homes: number }).homes);
/** Whether the other worker's statement waits for another transaction. */
const otherWaits = async (): Promise<boolean> => {
  const text = "SELECT wait_event_type = 'Lock' AS waits FROM pg_stat_activity WHERE pid = $1";
  const { rows } = await owner.query<{ waits: boolean | null }>(text, [pidOfOther]);
  return rows[0]?.waits === true;
};
const change = (client: Client, { cameraId }: Camera, what: string) =>
  client.query(`UPDATE cameras SET ${what} WHERE id = $1`, [cameraId]);

describe('a camera at work that begins to see homes', () => {
  it('is told of in the transaction that keeps the measurement, and not without it', async () => {
    const camera = await aCameraOf({});
    const seen = [[aHome()], [aHome()]] as const;
    await worker.query('BEGIN');
    await keep(worker, camera, seen);
    // Now, and not at the end.
    await worker.query('SET CONSTRAINTS ALL IMMEDIATE');
    await worker.query('ROLLBACK');
    expect(await told()).toEqual([]);
    await sees(camera, seen);
    expect(await told()).toEqual([{ named: true, detail: { homes: 2, level: 'detect' } }]);
  });

  it('is told of by the number and the closest level of those that are new, and by nothing else', async () => {
    const camera = await aCameraOf({});
    const [first, second, third, unseen] = [aHome(), aHome(), aHome(), aHome()];
    await sees(camera, [[first, 'identify']]);
    await sees(camera, [
      [first, 'identify'],
      [second, 'observe'],
      [third, 'recognise'],
      [unseen, 'none'],
    ]);
    expect((await told()).map(({ detail }) => detail)).toEqual([
      { homes: 1, level: 'identify' },
      { homes: 2, level: 'recognise' },
    ]);
  });

  it('is told of once, however often a home goes in and out of sight', async () => {
    const camera = await aCameraOf({});
    const [still, flickers] = [aHome(), aHome()];
    await sees(camera, [[still], [flickers]]);
    for (let day = 0; day < 3; day++) {
      await sees(camera, [[still], [flickers, 'none']]);
      await later(camera, 9);
      await sees(camera, [[still], [flickers]]);
      await sees(camera, []);
      await sees(camera, [[flickers, 'identify'], [still]]);
    }
    expect(await toldHomes()).toEqual([2]);
  });

  it('is told of again when a home comes back after a month: who lives there by then was told nothing', async () => {
    const camera = await aCameraOf({});
    const [still, returns] = [aHome(), aHome()];
    await sees(camera, [[still], [returns]]);
    await sees(camera, [[still]]);
    await later(camera, 31);
    await sees(camera, [[still], [returns, 'observe']]);
    expect((await told()).map(({ detail }) => detail)).toEqual([
      { homes: 2, level: 'detect' },
      { homes: 1, level: 'observe' },
    ]);
  });

  it('says nothing anew of what it sees within a day of being entered, whoever states that it was entered now', async () => {
    const young = await aCameraOf({ days: 0 });
    const [first, second] = [aHome(), aHome()];
    await sees(young, []);
    await sees(young, [[first]]);
    expect(await told()).toEqual([]);
    await later(young, 2);
    await change(api, young, 'created_at = now()');
    await sees(young, [[first], [second]]);
    expect(await toldHomes()).toEqual([1]);
  });
});

describe('several views of one camera', () => {
  it('are one camera: a home that another view sees already is not news', async () => {
    const camera = await aCameraOf({});
    const preset = await aPreset(camera);
    const [first, second] = [aHome(), aHome()];
    await sees(camera, [[first]]);
    await sees(preset, [
      [first, 'identify'],
      [second, 'observe'],
    ]);
    await sees(camera, []);
    await sees(camera, [[second]]);
    expect(await toldHomes()).toEqual([1, 1]);
  });

  it('tell of a home once when they are measured at the same time', async () => {
    const camera = await aCameraOf({});
    const preset = await aPreset(camera);
    const home = aHome();
    await worker.query('BEGIN');
    await other.query('BEGIN');
    await keep(worker, camera, [[home]]);
    await keep(other, preset, [[home]]);
    await worker.query('SET CONSTRAINTS ALL IMMEDIATE');
    const committed = other.query('COMMIT');
    await expect.poll(otherWaits, { timeout: 60_000 }).toBe(true);
    await worker.query('COMMIT');
    await committed;
    expect(await toldHomes()).toEqual([1]);
  });

  it('see nothing any more once they are retired', async () => {
    const camera = await aCameraOf({});
    const preset = await aPreset(camera);
    const home = aHome();
    await sees(preset, [[home]]);
    await owner.query('UPDATE aims SET retired_at = now() WHERE id = $1', [preset.aimId]);
    await later(camera, 31);
    await sees(camera, [[home]]);
    expect(await toldHomes()).toEqual([1, 1]);
  });
});

describe('a camera that is not at work', () => {
  it('is told of when it is, by what it sees more than on the day it was announced', async () => {
    const camera = await aCameraOf({ status: 'planned', days: 0 });
    const [announced, added] = [aHome(), aHome()];
    await sees(camera, [[announced]]);
    await later(camera, 2);
    await sees(camera, [[announced], [added, 'recognise']]);
    expect(await told()).toEqual([]);
    await owner.query('ALTER TABLE cameras DISABLE TRIGGER cameras_window');
    await change(owner, camera, "status = 'live'");
    await owner.query('ALTER TABLE cameras ENABLE TRIGGER cameras_window');
    expect((await told()).map(({ detail }) => detail)).toEqual([{ homes: 1, level: 'recognise' }]);
  });
});

describe('a camera that is counted and not shown', () => {
  it('is told of by nothing, whatever it begins to see', async () => {
    const camera = await aCameraOf({ publication: 'counted' });
    const before = await owner.query('SELECT count(*) FROM notices');
    await sees(camera, [[aHome(), 'identify']]);
    await sees(camera, [[aHome(), 'identify'], [aHome()]]);
    const after = await owner.query('SELECT count(*) FROM notices');
    expect(after.rows).toEqual(before.rows);
    expect(await told()).toEqual([]);
  });

  it('is told of when it is shown at last, also when it was entered as counted that very day', async () => {
    const camera = await aCameraOf({ publication: 'counted', days: 0 });
    await sees(camera, [[aHome(), 'observe'], [aHome()]]);
    await later(camera, 2);
    expect(await told()).toEqual([]);
    await change(api, camera, "publication = 'shown'");
    expect(await told()).toEqual([{ named: true, detail: { homes: 2, level: 'observe' } }]);
  });

  it('has neither name nor number left in what was told while it was shown', async () => {
    const camera = await aCameraOf({});
    await sees(camera, [[aHome()]]);
    await change(api, camera, "publication = 'counted'");
    expect(await told()).toEqual([{ named: false, detail: {} }]);
    await sees(camera, [[aHome()], [aHome()]]);
    expect(await told()).toHaveLength(1);
  });
});

it('lets nobody read which homes were told of, nor say that they were', async () => {
  const camera = await aCameraOf({});
  for (const client of [api, worker])
    for (const text of [
      'SELECT * FROM told_homes',
      'SELECT * FROM told_cameras',
      `INSERT INTO told_homes (camera_id, building_id) VALUES ('${camera.cameraId}', gen_random_uuid())`,
      `UPDATE told_cameras SET since = now()`,
      `SELECT tell_of_homes('${camera.cameraId}')`,
      `SELECT * FROM homes_in_sight('${camera.cameraId}')`,
    ])
      await expect(client.query(text), text).rejects.toThrow(/permission denied/);
});
