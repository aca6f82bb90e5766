// SPDX-License-Identifier: AGPL-3.0-or-later
// A complaint cannot be outwaited: whatever nobody does, and whichever process is down, its dates pass on their days.
import { randomBytes, randomUUID } from 'node:crypto';
import { addDays } from '@louver/clocks';
import { readLaw } from '@louver/clocks/folder';
import { createPool, type Pool } from '@louver/db';
import { aJurisdiction, anAccount, useDatabase } from '@louver/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepDeadlines } from './sweep.ts';

const database = useDatabase();
const law = readLaw();
const log = pino({ level: 'silent' });
let owner: Pool;
let pool: Pool;

beforeAll(async () => {
  owner = createPool(database.ownerUrl, { max: 3 });
  pool = createPool(database.workerUrl, { max: 3 });
  await aJurisdiction(owner, 'vn.p66.hoa_sua');
});
afterAll(async () => {
  await Promise.all([owner.end(), pool.end()]);
});

const at = (day: string, hour = '09:00') => new Date(`${day}T${hour}:00+07:00`);
const sweep = (day: string) => sweepDeadlines({ pool, law, log }, at(day));

async function aComplaint(filedOn: string): Promise<string> {
  const id = randomUUID();
  const party = randomUUID();
  const rules = law.rules.inForce({ procedure: 'complaint', jurisdiction: 'vn.p66.hoa_sua', filedOn }).id;
  await owner.query(
    `INSERT INTO complaints (id, kind, form, procedure, rules, jurisdiction, place, source, filed_at)
     VALUES ($1, 'no-sign', 'named', 'complaint', $2, 'vn.p66.hoa_sua', ST_Point(108.05, 12.68, 4326), 'page', $3)`,
    [id, rules, at(filedOn)],
  );
  await owner.query(
    `INSERT INTO complaint_parties (id, complaint_id, named, language, text, code_mac, form_mac, joined_at)
     VALUES ($1, $2, true, 'vi', 'Không có biển báo', $3, $4, $5)`,
    [party, id, randomBytes(32), randomBytes(32), at(filedOn)],
  );
  await owner.query("INSERT INTO complaint_events (complaint_id, kind, at, party_id) VALUES ($1, 'filed', $2, $3)", [
    id,
    at(filedOn),
    party,
  ]);
  return id;
}

interface Lapse {
  clock: string;
  due: string;
  on: string;
  consequences: string[];
}

const lapsesOf = async (id: string): Promise<Lapse[]> =>
  (
    await owner.query<Lapse & Record<string, unknown>>(
      `SELECT clock, due::text AS due, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text AS on, consequences
       FROM complaint_events WHERE complaint_id = $1 AND kind = 'lapsed' ORDER BY at, seq`,
      [id],
    )
  ).rows.map(({ clock, due, on, consequences }) => ({ clock, due, on, consequences }));

const standingOf = async (id: string) =>
  (
    await owner.query(
      'SELECT stage, level, handler::text AS handler, late, is_over AS "isOver" FROM complaint_standings WHERE complaint_id = $1',
      [id],
    )
  ).rows[0]!;

describe('three years of silence', () => {
  it('simulated day by day end with the oversight body, everybody told on the day, and the public too', async () => {
    const id = await aComplaint('2025-01-06');
    const seen: [string, unknown][] = [];
    let last = '';
    for (let day = '2025-01-06'; day <= '2028-01-06'; day = addDays(day, 1)) {
      const written = await sweep(day);
      const lapses = await lapsesOf(id);
      for (const lapse of lapses.slice(lapses.length - written)) expect(lapse.on).toBe(day);
      if (written === 0) continue;
      const { stage, level, handler } = await standingOf(id);
      const now = `${String(stage)} ${String(level)} ${String(handler)}`;
      if (now !== last) seen.push([day, now]);
      last = now;
    }
    expect(seen).toEqual([
      ['2025-01-17', 'not-accepted first vn.p66.hoa_sua'],
      ['2025-02-18', 'deemed-refused second vn.p66'],
      ['2025-02-28', 'oversight oversight null'],
    ]);
    const { rows } = await owner.query(
      `SELECT clock, audience, body::text AS body FROM complaint_notifications WHERE complaint_id = $1 ORDER BY id`,
      [id],
    );
    expect(rows).toEqual([
      { clock: 'VN-KN-1', audience: 'superior', body: 'vn.p66' },
      { clock: 'VN-KN-1', audience: 'oversight', body: null },
      { clock: 'VN-KN-2', audience: 'superior', body: 'vn.p66' },
      { clock: 'VN-KN-2', audience: 'oversight', body: null },
      { clock: 'LV-UP-1', audience: 'oversight', body: null },
    ]);
    const notices = await owner.query("SELECT detail FROM notices WHERE kind = 'clock-passed' ORDER BY id");
    expect(notices.rows.map(({ detail }) => (detail as { clock: string }).clock)).toEqual([
      'VN-KN-1',
      'VN-KN-2',
      'LV-UP-1',
      'LV-OV-1',
    ]);
    const records = await owner.query(
      "SELECT account_id, detail FROM records WHERE subject = $1 AND action = 'complaint.lapse'",
      [id],
    );
    expect(records.rows.every(({ account_id }) => account_id === null)).toBe(true);
    expect(await standingOf(id)).toMatchObject({ late: true, isOver: false });
    const missed = await owner.query('SELECT complaint_figures() AS figures');
    expect((missed.rows[0]!.figures as { missed: { total: number } }).missed.total).toBe(4);
  }, 240_000);

  it('are told the same, each date on its day, when every process was down all the time', async () => {
    const id = await aComplaint('2025-01-06');
    for (const day of ['2025-01-17', '2025-02-18', '2025-02-28', '2025-04-15', '2026-02-24']) await sweep(day);
    const daily = await lapsesOf(id);
    const late = await aComplaint('2025-01-06');
    await Promise.all([sweep('2028-01-06'), sweep('2028-01-06')]);
    expect(await lapsesOf(late)).toEqual(daily);
    expect(await standingOf(late)).toEqual(await standingOf(id));
  });
});

describe('the guard', () => {
  it('lets the worker write what passes by itself, and nothing that people do', async () => {
    const id = await aComplaint('2026-01-05');
    const { accountId } = await anAccount(owner, { role: 'officer', jurisdictions: ['vn.p66.hoa_sua'] });
    const accept = pool.query(
      "INSERT INTO complaint_events (complaint_id, kind, at, account_id) VALUES ($1, 'accepted', now(), $2)",
      [id, accountId],
    );
    await expect(accept).rejects.toThrow('nothing that people do');
  });

  it.each([
    ['edits an event', "UPDATE complaint_events SET at = at - interval '30 days' WHERE complaint_id = $1"],
    ['deletes an event', 'DELETE FROM complaint_events WHERE complaint_id = $1'],
    ['changes the rules', "UPDATE complaints SET rules = 'vn/report' WHERE id = $1"],
    ['changes what was written', "UPDATE complaint_parties SET text = 'x' WHERE complaint_id = $1"],
    ['empties the table', 'TRUNCATE complaint_events CASCADE -- $1'],
  ])('refuses also the owner of the database who %s', async (_what, text) => {
    const id = await aComplaint('2026-01-05');
    await expect(owner.query(text, text.includes('-- $1') ? [] : [id])).rejects.toThrow(/refused|never changes/);
  });
});
