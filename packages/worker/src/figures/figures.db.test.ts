// SPDX-License-Identifier: AGPL-3.0-or-later
// Worked numbers: what is put into the record by hand, counted by hand, and counted by the job.
import { randomBytes, randomUUID } from 'node:crypto';
import { readLaw } from '@louver/clocks/folder';
import { Figures, type Month } from '@louver/contract';
import { createPool, type Pool } from '@louver/db';
import { decodeEntry, digestOf, type EntryFacts, peekCheckpoint } from '@louver/ledger';
import {
  aCamera,
  aJurisdiction,
  type TestDatabase,
  type TestSealer,
  useDatabase,
  useRedis,
  useSealer,
} from '@louver/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRecord } from '../testing/a-record.ts';
import { sweepFigures } from './sweep.ts';

const law = readLaw();
const log = pino({ level: 'silent' });
const redis = useRedis();
/** One is looked at in time, the other is asleep from March to July. */
const awake = aHouse();
const asleep = aHouse();

interface House {
  readonly owner: Pool;
  readonly worker: Pool;
  readonly log: TestSealer;
}

function aHouse(): House {
  const database: TestDatabase = useDatabase();
  const sealer = useSealer(database, redis);
  const pools: { owner?: Pool; worker?: Pool } = {};
  beforeAll(() => {
    pools.owner = createPool(database.ownerUrl, { max: 2 });
    pools.worker = createPool(database.workerUrl, { max: 2 });
  });
  afterAll(async () => {
    await Promise.all([pools.owner?.end(), pools.worker?.end()]);
  });
  return {
    get owner() {
      return pools.owner!;
    },
    get worker() {
      return pools.worker!;
    },
    log: sealer,
  };
}

const at = (local: string) => new Date(`${local}+07:00`);

/** As the worker does every minute: what a sweep has written is sealed before the next. */
async function sweep({ worker, log: { sealer } }: House, local: string): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    await sealer.sealNow();
    await sweepFigures({ pool: worker, law, log }, at(local));
  }
  await sealer.sealNow();
}

async function reportOf({ owner }: House, month: Month) {
  const { rows } = await owner.query<{ figures: unknown; digest: string }>(
    'SELECT figures, digest FROM monthly_reports WHERE month = $1',
    [month],
  );
  const [row] = rows;
  if (!row) throw new Error(`no report of ${month}`);
  return { figures: Figures.parse(row.figures), digest: row.digest };
}

const monthsOf = async ({ owner }: House) =>
  (await owner.query<{ month: string }>('SELECT month FROM monthly_reports ORDER BY month')).rows.map(
    ({ month }) => month,
  );

const LAPSE = { clock: 'VN-KN-1', consequences: ['alarm', 'counted-as-missed'] };

/** February has one look. March has three, at its first and last moments too; the next moment is April. */
async function aMarch({ owner }: House): Promise<void> {
  await aJurisdiction(owner, 'vn.p66.hoa_sua');
  await aJurisdiction(owner, 'vn.p66.ben_gio');
  await aCamera(owner, { jurisdiction: 'vn.p66.hoa_sua' });
  await aCamera(owner, { jurisdiction: 'vn.p66.ben_gio' });
  const put = (local: string, action: string, given = {}) => aRecord(owner, local, action, given);
  await put('2026-02-28T23:59:59.999', 'viewing.open', { detail: { kind: 'live' } });
  await put('2026-03-01T00:00:00', 'viewing.open', { detail: { kind: 'live' }, caseReference: 'VA-12' });
  await put('2026-03-14T10:00:00', 'viewing.open', { detail: { kind: 'still' }, jurisdiction: 'vn.p66.ben_gio' });
  await put('2026-03-31T23:59:59.999', 'viewing.open', { detail: { kind: 'live' } });
  await put('2026-04-01T00:00:00', 'viewing.open', { detail: { kind: 'live' } });
  await put('2026-03-14T11:30:00', 'viewing.close', { detail: { end: 'closed', seconds: 5400.2, frames: 9 } });
  await put('2026-03-15T08:00:00', 'viewing.refuse', { detail: { problem: 'ticket-used', count: 4 } });
  await put('2026-03-15T08:01:00', 'viewing.refuse', { detail: { problem: 'ticket-used' } });
  await put('2026-03-16T08:00:00', 'mask.approve');
  await put('2026-03-16T08:00:01', 'finding.open', { detail: { kind: 'home-exposed' } });
  await put('2026-03-16T08:00:02', 'finding.open', { detail: { kind: 'masks-expiring' } });
  await put('2026-03-17T08:00:00', 'finding.close', { detail: { why: 'masks-cover' } });
  await put('2026-03-02T09:00:00', 'complaint.receive', { detail: { kind: 'no-sign' } });
  await put('2026-03-02T09:00:01', 'complaint.receive', { detail: { repeated: true } });
  await put('2026-03-20T00:01:00', 'complaint.lapse', { detail: { ...LAPSE, on: '2026-03-20' } });
  // Noticed weeks later: it is a date of March all the same.
  await put('2026-03-31T23:50:00', 'complaint.lapse', { detail: { ...LAPSE, on: '2026-03-01' } });
  await put('2026-03-21T00:01:00', 'complaint.lapse', {
    detail: { clock: 'LV-UP-1', on: '2026-03-21', consequences: ['oversight-notified'] },
  });
  await aCase(owner, '2026-03-02');
}

/** Filed, and then nobody did anything. */
async function aCase(owner: Pool, filedOn: string): Promise<void> {
  const [id, party] = [randomUUID(), randomUUID()];
  const rules = law.rules.inForce({ procedure: 'complaint', jurisdiction: 'vn.p66.hoa_sua', filedOn }).id;
  const filed = at(`${filedOn}T09:00:00`);
  await owner.query(
    `INSERT INTO complaints (id, kind, form, procedure, rules, jurisdiction, place, source, filed_at)
     VALUES ($1, 'no-sign', 'named', 'complaint', $2, 'vn.p66.hoa_sua', ST_Point(108.05, 12.68, 4326), 'page', $3)`,
    [id, rules, filed],
  );
  await owner.query(
    `INSERT INTO complaint_parties (id, complaint_id, named, language, text, code_mac, form_mac, joined_at)
     VALUES ($1, $2, true, 'vi', 'Không có biển báo', $3, $4, $5)`,
    [party, id, randomBytes(32), randomBytes(32), filed],
  );
  await owner.query("INSERT INTO complaint_events (complaint_id, kind, at, party_id) VALUES ($1, 'filed', $2, $3)", [
    id,
    filed,
    party,
  ]);
}

beforeAll(async () => {
  await aMarch(awake);
  await aMarch(asleep);
  await sweep(awake, '2026-03-01T00:10:00');
  await sweep(awake, '2026-04-01T00:05:00');
}, 120_000);

describe('the report of a month', () => {
  it('waits some minutes for what was done last, and is then there', async () => {
    expect(await monthsOf(awake)).toEqual(['2026-02']);
    await sweep(awake, '2026-04-01T00:10:00');
    expect(await monthsOf(awake)).toEqual(['2026-02', '2026-03']);
  });

  it('counts what the record says of the month, to its first and its last moment', async () => {
    const { figures } = await reportOf(awake, '2026-03');
    const { missed, ...record } = figures.record;
    expect(record).toEqual({
      viewings: { opened: 3, withCase: 1, stills: 1, hours: 1.5, refused: 5 },
      masks: { approved: 1, rejected: 0, enforced: 0, expired: 0 },
      findings: { opened: 1, closed: 1 },
      lifts: 0,
      exports: 0,
      complaints: { received: 1, joined: 0, accepted: 0, decided: 0, appealed: 0, withdrawn: 0 },
      late: 0,
    });
    // Two by hand, and the one of the case that nobody accepted in ten days.
    expect(missed).toMatchObject({ total: 3, byClock: [{ clock: 'VN-KN-1', dates: 3 }] });
    expect(missed.byClock[0]?.name.vi).not.toBe('VN-KN-1');
    expect((await reportOf(awake, '2026-02')).figures.record.viewings.opened).toBe(1);
  });

  it('says how each case stood on its last day', async () => {
    const { figures } = await reportOf(awake, '2026-03');
    expect(figures.cases).toEqual({
      ...{ open: 1, late: 1, ended: 0, oldestDays: 29, uncomputed: 0 },
      byStage: [{ stage: 'not-accepted', byAge: [0, 1, 0, 0, 0] }],
    });
  });

  it('divides by ward what belongs to one', async () => {
    const { figures } = await reportOf(awake, '2026-03');
    const lines = figures.wards.map(({ path, live, viewings, received, missed }) => [
      path,
      live,
      viewings,
      received,
      missed,
    ]);
    expect(lines).toEqual([
      ['vn.p66.ben_gio', 1, 1, 0, 0],
      ['vn.p66.hoa_sua', 1, 2, 1, 3],
    ]);
  });

  it('says which tree it was counted over: whoever may read the entries comes to the same numbers', async () => {
    const { figures } = await reportOf(awake, '2026-03');
    const { checkpoint, from, until, record } = figures;
    const told = peekCheckpoint(checkpoint.text);
    expect([told.size, Buffer.from(told.root).toString('base64')]).toEqual([checkpoint.size, checkpoint.root]);
    const { rows } = await awake.owner.query<{ entry: Buffer }>(
      'SELECT entry FROM record_leaves JOIN records ON seq = record_seq WHERE leaf_index < $1',
      [checkpoint.size],
    );
    const entries: EntryFacts[] = rows.map(({ entry }) => decodeEntry(entry));
    const inMonth = entries.filter((entry) => entry.at >= from && entry.at < until);
    const count = (action: string) => inMonth.filter((entry) => entry.action === action).length;
    expect([count('viewing.open'), count('mask.approve')]).toEqual([record.viewings.opened, record.masks.approved]);
    const missed = entries.filter(
      ({ action, detail }) =>
        action === 'complaint.lapse' &&
        (detail['consequences'] as string[]).includes('counted-as-missed') &&
        (detail['on'] as string).startsWith('2026-03'),
    );
    expect(missed).toHaveLength(record.missed.total);
  });

  it('is itself on the record, with the digest of what it says', async () => {
    const { figures, digest } = await reportOf(awake, '2026-03');
    expect(digest).toBe(digestOf(figures));
    const { rows } = await awake.owner.query(
      "SELECT account_id, detail FROM records WHERE action = 'report.publish' AND subject = '2026-03'",
    );
    expect(rows).toEqual([
      { account_id: null, detail: { digest, size: figures.checkpoint.size, root: figures.checkpoint.root } },
    ]);
  });
});

describe('a report that is written', () => {
  it('never changes: what reaches the log afterwards is counted in the next, once', async () => {
    const before = await reportOf(awake, '2026-03');
    await aRecord(awake.owner, '2026-03-30T12:00:00', 'viewing.open', { detail: { kind: 'live' } });
    await aRecord(awake.owner, '2026-05-02T12:00:00', 'complaint.lapse', { detail: { ...LAPSE, on: '2026-03-28' } });
    await sweep(awake, '2026-04-20T00:00:00');
    await sweep(awake, '2026-05-01T00:10:00');
    expect(await reportOf(awake, '2026-03')).toEqual(before);
    const { record } = (await reportOf(awake, '2026-04')).figures;
    expect([record.viewings.opened, record.late]).toEqual([2, 2]);
    await sweep(awake, '2026-06-01T00:10:00');
    const may = (await reportOf(awake, '2026-05')).figures.record;
    expect([may.viewings.opened, may.late]).toEqual([0, 0]);
  });

  it.each([
    "UPDATE monthly_reports SET digest = repeat('0', 64)",
    'DELETE FROM monthly_reports',
    'TRUNCATE monthly_reports',
  ])('is refused to be changed, also by the owner of the database: %s', async (statement) => {
    await expect(awake.owner.query(statement)).rejects.toThrow('it only grows');
    await expect(awake.worker.query(statement)).rejects.toThrow(/permission denied/);
  });
});

describe('months in which every process was down', () => {
  it('are written when one runs again, oldest first, with the numbers they would have had', async () => {
    await sweep(asleep, '2026-07-09T15:00:00');
    expect(await monthsOf(asleep)).toEqual(['2026-02', '2026-03', '2026-04', '2026-05', '2026-06']);
    const [then, now] = [await reportOf(awake, '2026-03'), await reportOf(asleep, '2026-03')];
    for (const part of ['month', 'from', 'until', 'record', 'cases', 'wards', 'cameras'] as const)
      expect(now.figures[part]).toEqual(then.figures[part]);
    expect(now.figures.at).toBe(at('2026-07-09T15:00:00').toISOString());
  });

  it('are each written once, also by two workers at the same time', async () => {
    await asleep.log.sealer.sealNow();
    const deps = { pool: asleep.worker, law, log };
    await Promise.all([sweepFigures(deps, at('2026-08-02T00:00:00')), sweepFigures(deps, at('2026-08-02T00:00:00'))]);
    await sweep(asleep, '2026-08-02T00:00:00');
    const { rows } = await asleep.owner.query(
      "SELECT subject, count(*)::integer AS times FROM records WHERE action = 'report.publish' GROUP BY subject ORDER BY subject",
    );
    expect(rows.map(({ subject }) => subject)).toEqual(await monthsOf(asleep));
    expect(rows.every(({ times }) => times === 1)).toBe(true);
  });
});

describe('the month under way', () => {
  const current = async () =>
    (await awake.owner.query<{ figures: Figures }>('SELECT figures FROM current_figures')).rows[0]!.figures;

  it('is counted up to the moment, and not counted again for a minute however often it is asked for', async () => {
    await aRecord(awake.owner, '2026-06-10T10:00:00', 'viewing.open', { detail: { kind: 'live' } });
    await sweep(awake, '2026-06-10T12:00:00');
    expect(await current()).toMatchObject({ month: '2026-06', whole: false, record: { viewings: { opened: 1 } } });
    await aRecord(awake.owner, '2026-06-10T12:00:10', 'viewing.open', { detail: { kind: 'live' } });
    await sweep(awake, '2026-06-10T12:00:30');
    expect((await current()).record.viewings.opened).toBe(1);
    await sweep(awake, '2026-06-10T14:00:00');
    expect((await current()).record.viewings.opened).toBe(2);
  });
});
