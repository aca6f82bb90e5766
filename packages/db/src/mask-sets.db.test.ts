// SPDX-License-Identifier: AGPL-3.0-or-later
import { useDatabase } from '@louver/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const database = useDatabase();
let owner: Client;
let api: Client;
let worker: Client;
let ids: { author: string; twin: string; reviewer: string; camera: string; aim: string };

const connect = async (connectionString: string) => {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
};

beforeAll(async () => {
  [owner, api, worker] = await Promise.all([
    connect(database.ownerUrl),
    connect(database.apiUrl),
    connect(database.workerUrl),
  ]);
  await owner.query(
    `INSERT INTO jurisdictions (path, kind, name) VALUES ('vn', 'country', 'Việt Nam'), ('vn.a', 'province', 'A'), ('vn.b', 'province', 'B')`,
  );
  await api.query(`SELECT set_config('louver.jurisdictions', '{vn.a}', false)`);
});
afterAll(() => Promise.all([owner.end(), api.end(), worker.end()]));

const account = async (person: string, role: string) => {
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO accounts (person_id, email, password_hash, role, jurisdictions) VALUES ($1, gen_random_uuid() || '@x.vn', '', $2, '{vn.a}') RETURNING id`,
    [person, role],
  );
  return rows[0]!.id;
};
const person = async () =>
  (await owner.query<{ id: string }>(`INSERT INTO persons (name) VALUES ('x') RETURNING id`)).rows[0]!.id;
const cameraIn = async (jurisdiction: string) =>
  (
    await owner.query<{ id: string }>(
      `INSERT INTO cameras (code, name, jurisdiction, location, status) VALUES (gen_random_uuid()::text, 'x', $1, ST_Point(108, 12.6, 4326), 'live') RETURNING id`,
      [jurisdiction],
    )
  ).rows[0]!.id;

beforeEach(async () => {
  const supervisor = await person();
  const camera = await cameraIn('vn.a');
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO aims (camera_id, name, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m, calibration)
     VALUES ($1, 'x', ST_Point(108, 12.6, 4326), 5, 0, -10, 0, 90, 1280, 720, 40, 'stated') RETURNING id`,
    [camera],
  );
  ids = {
    author: await account(supervisor, 'supervisor'),
    twin: await account(supervisor, 'reviewer'),
    reviewer: await account(await person(), 'reviewer'),
    camera,
    aim: rows[0]!.id,
  };
});

const propose = async (version = 1, state = 'proposed') =>
  (
    await api.query<{ id: string }>(
      `INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, author_id, author_person_id)
       VALUES ($1, $2, $3, $4, '[]', 1280, 720, repeat('0', 64), 'x', $5, gen_random_uuid()) RETURNING id`,
      [ids.aim, ids.camera, version, state, ids.author],
    )
  ).rows[0]!.id;
const approve = (id: string, by: string) =>
  api.query(`UPDATE mask_sets SET state = 'approved', decided_by = $2, decided_at = now() WHERE id = $1`, [id, by]);
const setStream = (mac: string) =>
  api.query('INSERT INTO camera_streams (camera_id, sealed, address_mac) VALUES ($1, $2, $3)', [
    ids.camera,
    Buffer.from('x'),
    mac,
  ]);
const stateOf = async (id: string) =>
  (await owner.query<{ state: string }>('SELECT state FROM mask_sets WHERE id = $1', [id])).rows[0]!.state;

describe('mask sets (P5: two people, refused by the database)', () => {
  it('are approved by somebody else', async () => {
    const id = await propose();
    await approve(id, ids.reviewer);
    expect(await stateOf(id)).toBe('approved');
  });

  it('are not approved by their author', async () => {
    await expect(approve(await propose(), ids.author)).rejects.toMatchObject({ constraint: 'mask_author_decides' });
  });

  it('are not approved by another account of the same person', async () => {
    await expect(approve(await propose(), ids.twin)).rejects.toMatchObject({ constraint: 'mask_author_decides' });
  });

  it('cannot be born approved, and cannot be decided twice', async () => {
    await expect(propose(1, 'active')).rejects.toThrow(/begins as draft or proposed/);
    const id = await propose();
    await approve(id, ids.reviewer);
    await expect(approve(id, ids.twin)).rejects.toMatchObject({ constraint: 'mask_set_decided' });
  });

  it('never change what they cover', async () => {
    const id = await propose();
    await expect(
      api.query(`UPDATE mask_sets SET polygons = '[[[0,0],[1,0],[1,1]]]' WHERE id = $1`, [id]),
    ).rejects.toThrow(/permission denied/);
    await expect(
      owner.query(`UPDATE mask_sets SET polygons = '[[[0,0],[1,0],[1,1]]]' WHERE id = $1`, [id]),
    ).rejects.toThrow(/never changes/);
  });

  it('cannot be put in force by the worker without a decision', async () => {
    const id = await propose();
    await expect(worker.query(`UPDATE mask_sets SET state = 'active' WHERE id = $1`, [id])).rejects.toMatchObject({
      constraint: 'mask_set_decided',
    });
  });

  it.each([
    ['its aim is turned', () => owner.query('UPDATE aims SET heading_deg = 90 WHERE id = $1', [ids.aim])],
    [
      'its camera is moved',
      () => owner.query('UPDATE cameras SET location = ST_Point(108.1, 12.6, 4326) WHERE id = $1', [ids.camera]),
    ],
    ['its camera gets an address', () => setStream('x')],
  ])('lose their force when %s, in the same transaction', async (_, change) => {
    const id = await propose();
    await approve(id, ids.reviewer);
    await change();
    expect(await stateOf(id)).toBe('retired');
  });

  it('lose their force when the picture comes from elsewhere or from nowhere, and keep it for a new password', async () => {
    await setStream('a');
    const first = await propose(1);
    await approve(first, ids.reviewer);
    await api.query(`UPDATE camera_streams SET sealed = 'new password', address_mac = 'a' WHERE camera_id = $1`, [
      ids.camera,
    ]);
    expect(await stateOf(first)).toBe('approved');
    await api.query(`UPDATE camera_streams SET address_mac = 'b' WHERE camera_id = $1`, [ids.camera]);
    expect(await stateOf(first)).toBe('retired');
    const [second, third] = [await propose(2, 'draft'), await propose(3)];
    await api.query('DELETE FROM camera_streams WHERE camera_id = $1', [ids.camera]);
    expect([await stateOf(second), await stateOf(third)]).toEqual(['retired', 'retired']);
  });

  it('are drawn by a supervisor or a reviewer, decided by another reviewer, and by no account that was disabled', async () => {
    const disable = (id: string) => owner.query('UPDATE accounts SET disabled_at = now() WHERE id = $1', [id]);
    const id = await propose();
    const byRole = approve(id, await account(await person(), 'supervisor'));
    await expect(byRole).rejects.toMatchObject({ constraint: 'mask_decider_is_reviewer' });
    await disable(ids.reviewer);
    await expect(approve(id, ids.reviewer)).rejects.toMatchObject({ constraint: 'mask_decider_is_reviewer' });
    await disable(ids.author);
    await expect(propose(2)).rejects.toMatchObject({ constraint: 'mask_author_may_draw' });
    ids.author = await account(await person(), 'operator');
    await expect(propose(2)).rejects.toMatchObject({ constraint: 'mask_author_may_draw' });
    ids.author = ids.twin;
    const drawn = await propose(2);
    await expect(approve(drawn, ids.twin)).rejects.toMatchObject({ constraint: 'mask_author_decides' });
    await approve(drawn, await account(await person(), 'reviewer'));
  });

  it.each(["decided_at = now() + interval '1 day'", `decision_note = 'other'`, 'activated_at = NULL'])(
    'never change how they came into force: %s',
    async (change) => {
      const id = await propose();
      await api.query(
        `UPDATE mask_sets SET state = 'approved', decided_by = $2, decided_at = now(), decision_note = 'seen' WHERE id = $1`,
        [id, ids.reviewer],
      );
      await worker.query(`UPDATE mask_sets SET state = 'active', activated_at = now() WHERE id = $1`, [id]);
      await expect(api.query(`UPDATE mask_sets SET ${change} WHERE id = $1`, [id])).rejects.toThrow(/never changes/);
    },
  );

  it('are born without a decision, whatever the caller says', async () => {
    const { rows } = await api.query(
      `INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, author_id,
                              decision_note, decided_at, activated_at)
       VALUES ($1, $2, 1, 'proposed', '[]', 1280, 720, repeat('0', 64), 'x', $3, 'seen', now(), now())
       RETURNING decision_note, decided_at, activated_at`,
      [ids.aim, ids.camera, ids.author],
    );
    expect(rows).toEqual([{ decision_note: null, decided_at: null, activated_at: null }]);
  });

  it('belong to the camera of their aim, and an aim stays with its camera', async () => {
    ids.camera = await cameraIn('vn.a');
    await expect(propose()).rejects.toMatchObject({ constraint: 'mask_set_of_its_cameras_aim' });
    for (const change of [`camera_id = '${ids.camera}'`, 'id = gen_random_uuid()', 'created_at = now()'])
      await expect(api.query(`UPDATE aims SET ${change} WHERE id = $1`, [ids.aim])).rejects.toThrow(
        /permission denied/,
      );
  });
});

describe('media workers hear', () => {
  const heard: string[] = [];
  beforeAll(async () => {
    worker.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await worker.query('LISTEN masks_changed');
  });
  /** Notifications come before the answer of the next statement. */
  const tellingsOf = async (change: () => Promise<unknown>) => {
    await worker.query('SELECT 1');
    heard.length = 0;
    await change();
    await worker.query('SELECT 1');
    return heard.filter((camera) => camera === ids.camera).length;
  };
  const aimed = (current: boolean) =>
    api.query(
      `INSERT INTO aims (camera_id, name, is_current, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m, calibration)
       VALUES ($1, 'y', $2, ST_Point(108, 12.6, 4326), 5, 0, -10, 0, 90, 1280, 720, 40, 'stated')`,
      [ids.camera, current],
    );
  const setCurrent = (current: boolean) =>
    owner.query('UPDATE aims SET is_current = $2 WHERE id = $1', [ids.aim, current]);
  const setStatus = (status: string) => api.query('UPDATE cameras SET status = $2 WHERE id = $1', [ids.camera, status]);

  it('that another aim is the current one', async () => {
    expect(await tellingsOf(() => setCurrent(false))).toBe(1);
    expect(await tellingsOf(() => aimed(true))).toBe(1);
    expect(await tellingsOf(() => aimed(false))).toBe(0);
  });

  it('that a camera is taken out of service, and nothing when its status stays', async () => {
    expect(await tellingsOf(() => setStatus('live'))).toBe(0);
    expect(await tellingsOf(() => setStatus('retired'))).toBe(1);
    expect(await tellingsOf(() => setStatus('live'))).toBe(1);
  });

  it('that its address is set, changed or removed', async () => {
    expect(await tellingsOf(() => setStream('a'))).toBe(1);
    const renew = () => api.query(`UPDATE camera_streams SET sealed = 'y' WHERE camera_id = $1`, [ids.camera]);
    expect(await tellingsOf(renew)).toBe(1);
    const remove = () => api.query('DELETE FROM camera_streams WHERE camera_id = $1', [ids.camera]);
    expect(await tellingsOf(remove)).toBe(1);
  });

  it('keep their force when only a name changes', async () => {
    const id = await propose();
    await approve(id, ids.reviewer);
    await owner.query(`UPDATE aims SET name = 'y' WHERE id = $1`, [ids.aim]);
    await owner.query(`UPDATE cameras SET name = 'y' WHERE id = $1`, [ids.camera]);
    expect(await stateOf(id)).toBe('approved');
  });
});

describe('row-level security', () => {
  it('shows and changes nothing outside the jurisdictions, even where a WHERE was forgotten', async () => {
    const foreign = await cameraIn('vn.b');
    const { rows } = await api.query<{ id: string }>('SELECT id FROM cameras');
    expect(rows.map((row) => row.id)).toContain(ids.camera);
    expect(rows.map((row) => row.id)).not.toContain(foreign);
    await api.query(`UPDATE cameras SET name = 'seen'`);
    expect((await owner.query(`SELECT name FROM cameras WHERE id = $1`, [foreign])).rows[0]).toEqual({ name: 'x' });
    await expect(api.query(`UPDATE cameras SET jurisdiction = 'vn.b' WHERE id = $1`, [ids.camera])).rejects.toThrow(
      /row-level security/,
    );
  });

  it('shows nothing to a transaction that does not say for whom it runs', async () => {
    const nobody = await connect(database.apiUrl);
    expect((await nobody.query('SELECT id FROM cameras')).rows).toEqual([]);
    await nobody.end();
  });

  it('lets the API set a stream and never read it back', async () => {
    await setStream('x');
    await expect(api.query('SELECT sealed FROM camera_streams')).rejects.toThrow(/permission denied/);
  });
});

describe('privileges', () => {
  it('let the worker see whether an account is disabled, and no password', async () => {
    const { rows } = await worker.query('SELECT disabled_at FROM accounts WHERE id = $1', [ids.author]);
    expect(rows).toEqual([{ disabled_at: null }]);
    await expect(worker.query('SELECT password_hash FROM accounts')).rejects.toThrow(/permission denied/);
  });

  /** What citizens, who hold no area, are let through by: each gives one answer and nothing beside it. */
  const DOORS = [
    ...['actor_case()', 'complaint_figures()', 'complaint_file_given_out(uuid,uuid)', 'complaint_to_join(text)'],
    'complaint_target(uuid,double precision,double precision)',
    'complaints_near(text,uuid,double precision,double precision,double precision)',
    ...['fixed_refused(uuid)', 'home_is_covered(uuid,uuid,timestamp with time zone)', 'home_sights(uuid,uuid)'],
    ...['public_homes(geometry)', 'public_homes_version()'],
  ];

  it('let nobody but a trigger run the functions of triggers, or one that acts as the owner', async () => {
    const { rows } = await owner.query<{ name: string; open: boolean }>(
      `SELECT p.oid::regprocedure::text AS name, has_function_privilege('louver_api', p.oid, 'EXECUTE') AS open
       FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace AND (p.prosecdef OR p.prorettype = 'trigger'::regtype)
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
    );
    expect(rows.map(({ name }) => name)).toContain('guard_mask_set()');
    expect(rows.filter(({ name, open }) => open && !DOORS.includes(name))).toEqual([]);
  });

  it('let nobody choose the number of an entry of the record', async () => {
    for (const client of [api, worker])
      await expect(
        client.query(
          `INSERT INTO records (seq, at, action, subject, detail, entry, digest) OVERRIDING SYSTEM VALUE
           VALUES (9000000000, now(), 'camera.create', 'x', '{}', 'x', repeat('0', 64))`,
        ),
      ).rejects.toThrow(/permission denied/);
  });
});

describe('the record (P3: nothing is removed)', () => {
  it.each([`UPDATE records SET purpose = 'other'`, 'DELETE FROM records', 'TRUNCATE records CASCADE'])(
    'refuses the application and even the owner: %s',
    async (statement) => {
      await api.query(
        `INSERT INTO records (at, action, subject, detail, entry, digest) VALUES (now(), 'camera.create', 'x', '{}', 'x', encode(sha256('\\x0078'), 'hex'))`,
      );
      await expect(api.query(statement)).rejects.toThrow(/permission denied/);
      await expect(worker.query(statement)).rejects.toThrow(/permission denied/);
      await expect(owner.query(statement)).rejects.toThrow(/it only grows/);
    },
  );
});
