// SPDX-License-Identifier: AGPL-3.0-or-later
import { anAccount, aJurisdiction, useDatabase } from '@louver/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const database = useDatabase();
let owner: Client;
let api: Client;
/** A ward of its own for every test: rules and notices only grow. */
let ward: string;
let wards = 0;

beforeAll(async () => {
  owner = new Client({ connectionString: database.ownerUrl });
  api = new Client({ connectionString: database.apiUrl });
  await Promise.all([owner.connect(), api.connect()]);
  await api.query(`SELECT set_config('louver.jurisdictions', '{vn}', false)`);
});
afterAll(() => Promise.all([owner.end(), api.end()]));
beforeEach(async () => {
  ward = await aJurisdiction(owner, `vn.p66.w${(wards += 1)}`);
});

interface Given {
  status?: 'planned' | 'live' | 'retired';
  publication?: 'shown' | 'counted';
  purpose?: string | null;
  /** How many in one statement. */
  count?: number;
}

/** As the API enters them. @returns their ids */
async function enter(given: Given = {}): Promise<string[]> {
  const { status = 'planned', publication = 'shown', purpose = 'An ninh', count = 1 } = given;
  const { rows } = await api.query<{ id: string }>(
    `INSERT INTO cameras (code, name, jurisdiction, location, status, publication, purpose)
     SELECT gen_random_uuid()::text, 'x', $1, ST_Point(108.05, 12.68, 4326), $2, $3, $4 FROM generate_series(1, $5) RETURNING id`,
    [ward, status, publication, purpose, count],
  );
  return rows.map(({ id }) => id);
}
const change = (id: string, what: string, ...values: unknown[]) =>
  api.query(`UPDATE cameras SET ${what} WHERE id = $1`, [id, ...values]);

/** As if it had been announced so many days earlier. */
async function daysLater(id: string, days: number): Promise<void> {
  await owner.query('ALTER TABLE cameras DISABLE TRIGGER cameras_window');
  await owner.query('UPDATE cameras SET live_not_before = live_not_before - $2::integer WHERE id = $1', [id, days]);
  await owner.query('ALTER TABLE cameras ENABLE TRIGGER cameras_window');
}

async function told() {
  const { rows } = await api.query<Record<string, unknown>>(
    `SELECT kind, camera_code IS NOT NULL AS named, detail, holds_from::date - published_at::date AS in_days,
            comments_until::date - published_at::date AS comment_days
     FROM public_notices WHERE jurisdiction::text = $1 ORDER BY id`,
    [ward],
  );
  return rows;
}
const kinds = async () => (await told()).map(({ kind }) => kind);

async function rule(role: 'administrator' | 'supervisor', place: string, rules: Record<string, unknown>) {
  const { accountId } = await anAccount(owner, { role, jurisdictions: ['vn.p66'] });
  const names = Object.keys(rules);
  return api.query(
    `INSERT INTO jurisdiction_rules (jurisdiction, account_id, reason, ${names.join(', ')})
     VALUES ($1, $2, 'Quyết định 12/QĐ-UBND', ${names.map((_, i) => `$${i + 3}`).join(', ')})`,
    [place, accountId, ...Object.values(rules)],
  );
}

describe('a planned camera', () => {
  it('is announced in the transaction that plans it, with the first day it may be live and the time for comments', async () => {
    await api.query('BEGIN');
    await enter();
    expect(await kinds()).toEqual(['camera-planned']);
    await api.query('ROLLBACK');
    expect(await kinds()).toEqual([]);
    await enter();
    const { rows } = await owner.query(
      `SELECT to_char(n.holds_from AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24:MI') AS hour,
              (n.holds_from AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - local_today() AS days,
              (n.comments_until AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - local_today() AS comment_days
       FROM notices n WHERE n.jurisdiction::text = $1`,
      [ward],
    );
    expect(rows).toEqual([{ hour: '00:00', days: 30, comment_days: 20 }]);
  });

  it.each([
    ['by itself', "status = 'live'"],
    ['moved at the same time', "status = 'live', location = ST_Point(108.06, 12.68, 4326)"],
    ['with a day of somebody’s own', "status = 'live', live_not_before = '2020-01-01'"],
  ])('can’t be live before that day, %s', async (_how, what) => {
    const [id] = await enter();
    await expect(change(id!, what)).rejects.toMatchObject({ code: '23514', constraint: 'camera_window_open' });
    await expect(owner.query(`UPDATE cameras SET ${what} WHERE id = $1`, [id])).rejects.toThrow(/may not be live/);
    expect(await kinds()).toEqual(['camera-planned']);
  });

  it('can’t get around the day by being given up and taken up again', async () => {
    const [id] = await enter();
    await change(id!, "status = 'retired'");
    await expect(change(id!, "status = 'live'")).rejects.toMatchObject({ constraint: 'camera_window_open' });
    expect(await kinds()).toEqual(['camera-planned', 'camera-dropped']);
  });

  it('may be live on that day, and is told of as announced', async () => {
    const [id] = await enter();
    await daysLater(id!, 29);
    await expect(change(id!, "status = 'live'")).rejects.toThrow(/may not be live/);
    await daysLater(id!, 1);
    await change(id!, "status = 'live'");
    expect((await told()).at(-1)).toMatchObject({ kind: 'camera-new', named: true, detail: { announced: true } });
  });

  it('that turns out to be another one is announced anew: place, purpose, or shown at last', async () => {
    for (const what of [
      'location = ST_Point(108.0502, 12.68, 4326)',
      "purpose = 'Giao thông'",
      "publication = 'shown'",
    ]) {
      const [id] = await enter({ publication: 'counted' });
      await daysLater(id!, 30);
      await change(id!, what);
      await expect(change(id!, "status = 'live'"), what).rejects.toThrow(/may not be live/);
    }
    const [same] = await enter();
    await daysLater(same!, 30);
    // Surveyed again: a metre.
    await change(same!, 'location = ST_Point(108.05001, 12.68, 4326)');
    await change(same!, "status = 'live'");
  });

  it('that is moved in small steps is announced anew as soon as it is another place than was announced', async () => {
    const [id] = await enter();
    await daysLater(id!, 30);
    // Seven metres each.
    await change(id!, 'location = ST_Point(108.050065, 12.68, 4326)');
    await change(id!, 'location = ST_Point(108.05013, 12.68, 4326)');
    await expect(change(id!, "status = 'live'")).rejects.toThrow(/may not be live/);
    // From there on it is that place.
    await daysLater(id!, 30);
    await change(id!, 'location = ST_Point(108.050195, 12.68, 4326)');
    await change(id!, "status = 'live'");
    expect((await told()).at(-1)).toMatchObject({ kind: 'camera-new', detail: { announced: true } });
  });

  it('that goes live a small step beyond the small step before is told of as not announced', async () => {
    const [id] = await enter();
    await daysLater(id!, 30);
    await change(id!, 'location = ST_Point(108.050065, 12.68, 4326)');
    await change(id!, "status = 'live', location = ST_Point(108.05013, 12.68, 4326)");
    expect((await told()).at(-1)).toMatchObject({ kind: 'camera-new', detail: { announced: false } });
  });

  it('that is not shown is told of by its ward alone', async () => {
    await enter({ publication: 'counted' });
    expect(await told()).toMatchObject([{ kind: 'camera-planned', named: false, detail: {} }]);
  });

  it('is told of one by one, also of many that come at once', async () => {
    await enter({ count: 7 });
    expect(await kinds()).toEqual(Array.from({ length: 7 }, () => 'camera-planned'));
  });
});

describe('a camera that is entered as live', () => {
  it('is told of as not announced, shown or not', async () => {
    await enter({ status: 'live' });
    await enter({ status: 'live', publication: 'counted' });
    expect(await told()).toMatchObject([
      { kind: 'camera-new', named: true, detail: { announced: false } },
      { kind: 'camera-new', named: false, detail: { announced: false } },
    ]);
  });

  it('with many others is one notice a ward, with their number', async () => {
    await enter({ status: 'live', count: 6 });
    expect(await told()).toMatchObject([
      { kind: 'camera-new', named: false, detail: { announced: false, cameras: 6 } },
    ]);
  });

  it('by way of being retired is told of all the same', async () => {
    const [id] = await enter({ status: 'retired' });
    expect(await kinds()).toEqual([]);
    await change(id!, "status = 'live'");
    expect(await told()).toMatchObject([{ kind: 'camera-new', detail: { announced: false } }]);
  });
});

describe('a live camera', () => {
  it('that gets another purpose is told of, but not the first time that one is stated', async () => {
    const [id] = await enter({ status: 'live', purpose: null });
    await change(id!, "purpose = 'An ninh'");
    expect(await kinds()).toEqual(['camera-new']);
    await change(id!, "purpose = 'An ninh', name = 'y'");
    expect(await kinds()).toEqual(['camera-new']);
    await change(id!, 'purpose = NULL');
    await change(id!, "purpose = 'Thu phí'");
    expect(await kinds()).toEqual(['camera-new', 'purpose-changed', 'purpose-changed']);
  });

  it('that is moved or stopped is told of', async () => {
    const [id] = await enter({ status: 'live' });
    await change(id!, 'location = ST_Point(108.051, 12.68, 4326)');
    await change(id!, "status = 'retired'");
    expect(await kinds()).toEqual(['camera-new', 'camera-moved', 'camera-stopped']);
  });

  it('that is moved in small steps is told of when they add up, wherever somebody says they were told of it', async () => {
    const [id] = await enter({ status: 'live' });
    for (const lon of [108.050065, 108.05013])
      await change(id!, 'location = ST_Point($2, 12.68, 4326), told_location = ST_Point($2, 12.68, 4326)', lon);
    expect(await kinds()).toEqual(['camera-new', 'camera-moved']);
  });

  it('that is counted and not shown moves and changes without a trace', async () => {
    const [id] = await enter({ status: 'live', publication: 'counted' });
    await change(id!, "location = ST_Point(108.051, 12.68, 4326), purpose = 'Giao thông'");
    expect(await kinds()).toEqual(['camera-new']);
  });
});

describe('the rules of a place', () => {
  it('are those of the nearest place that says something, each by itself', async () => {
    const province = await aJurisdiction(owner, `vn.p66.q${wards}`);
    const below = await aJurisdiction(owner, `${province}.x`);
    const inForce = async (place: string) =>
      (await api.query('SELECT * FROM rules_of($1::ltree)', [place])).rows[0] as unknown;
    expect(await inForce(below)).toEqual({ remote: false, notice_days: 30, comment_days: 20 });
    await rule('administrator', province, { remote: true, notice_days: 60, comment_days: 45 });
    await rule('administrator', below, { notice_days: 10 });
    expect(await inForce(below)).toEqual({ remote: true, notice_days: 10, comment_days: 9 });
    // The newest replaces the one before it, whole.
    await rule('administrator', below, { remote: false, comment_days: 15 });
    expect(await inForce(below)).toEqual({ remote: false, notice_days: 60, comment_days: 15 });
    expect(await inForce(province)).toEqual({ remote: true, notice_days: 60, comment_days: 45 });
    expect(await inForce(ward)).toEqual({ remote: false, notice_days: 30, comment_days: 20 });
  });

  it('hold for what is announced afterwards', async () => {
    const [before] = await enter();
    await rule('administrator', ward, { notice_days: 5 });
    const [after] = await enter();
    for (const id of [before!, after!]) await daysLater(id, 5);
    await expect(change(before!, "status = 'live'")).rejects.toThrow(/may not be live/);
    await change(after!, "status = 'live'");
  });

  it('are told with the announcement: the day it may be live, and how long there is for comments', async () => {
    await rule('administrator', ward, { notice_days: 40, comment_days: 12 });
    await enter();
    const { rows } = await owner.query(
      `SELECT (n.holds_from AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - local_today() AS days,
              (n.comments_until AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - local_today() AS comment_days
       FROM notices n WHERE n.jurisdiction::text = $1`,
      [ward],
    );
    expect(rows).toEqual([{ days: 40, comment_days: 12 }]);
  });

  it('are those of the place to which a planned camera is moved, not of the one it left', async () => {
    const [id] = await enter();
    const stricter = await aJurisdiction(owner, `vn.p66.w${(wards += 1)}`);
    await rule('administrator', stricter, { notice_days: 90 });
    await change(id!, 'jurisdiction = $2::ltree', stricter);
    await daysLater(id!, 89);
    await expect(change(id!, "status = 'live'")).rejects.toThrow(/may not be live/);
    await daysLater(id!, 1);
    await change(id!, "status = 'live'");
  });

  it('are not set by an account that was disabled', async () => {
    const { accountId } = await anAccount(owner, { role: 'administrator', jurisdictions: ['vn.p66'] });
    await owner.query('UPDATE accounts SET disabled_at = now() WHERE id = $1', [accountId]);
    const setting = api.query(
      "INSERT INTO jurisdiction_rules (jurisdiction, account_id, reason, notice_days) VALUES ($1, $2, 'Quyết định 12', 5)",
      [ward, accountId],
    );
    await expect(setting).rejects.toThrow(/by its administrator/);
  });

  it('are set by an administrator of the place, never by who is complained of, and only grow', async () => {
    await expect(rule('supervisor', ward, { remote: true })).rejects.toThrow(/by its administrator/);
    await expect(rule('administrator', 'vn', { remote: true })).rejects.toThrow(/by its administrator/);
    await expect(rule('administrator', ward, { notice_days: 0 })).rejects.toThrow(/jurisdiction_notice_days_sane/);
    await rule('administrator', ward, { remote: true });
    await expect(api.query('UPDATE jurisdiction_rules SET remote = false')).rejects.toThrow(/permission denied/);
    await expect(owner.query('UPDATE jurisdiction_rules SET remote = false')).rejects.toThrow(/only grows/);
    await expect(owner.query('DELETE FROM jurisdiction_rules')).rejects.toThrow(/only grows/);
  });
});
