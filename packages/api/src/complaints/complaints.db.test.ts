// SPDX-License-Identifier: AGPL-3.0-or-later
import { withCheckDigit } from '@louver/contract';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  act,
  aDraft,
  aFormKey,
  aWard,
  file,
  holdTime,
  HOME,
  idOf,
  PAPER,
  read,
  refusal,
  WARD,
} from '../testing/complaints.ts';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const realClock = { now: () => new Date() };
beforeAll(async () => {
  await aWard(api);
});
afterEach(() => {
  api.deps.clock = realClock;
});

const officerOf = (path: string) => api.as('officer', { jurisdictions: [path] });

describe('filing', () => {
  it('gives a code that opens the case and is nowhere in the database', async () => {
    const filed = await file(api);
    expect(filed).toMatchObject({ repeated: false, joined: false, photos: 0 });
    const seen = await read(api, filed.caseCode.replaceAll(/(\d{4})/g, '$1 '));
    expect(seen).toMatchObject({
      reference: filed.reference,
      stage: 'awaiting-acceptance',
      level: 'first',
      role: 'complainant',
      procedure: 'complaint',
      may: ['withdraw', 'write', 'add-photo'],
    });
    expect(seen.next?.id).toBe('VN-KN-1');
    expect(seen.next?.explanation.vi.join(' ')).toContain('10 ngày');
    const { rows } = await api.owner.query(`SELECT string_agg(t::text, ' ') AS all FROM complaint_parties t`);
    expect(rows[0]!.all).not.toContain(filed.caseCode);
    const { rows: identities } = await api.owner.query('SELECT sealed FROM complaint_identities');
    expect(identities.map(({ sealed }) => (sealed as Buffer).toString('latin1')).join()).not.toContain('Hoa');
    const [record] = await api.recordsOf(await idOf(api, filed.reference));
    expect(record).toMatchObject({
      action: 'complaint.receive',
      account_id: null,
      jurisdiction: WARD,
      case_reference: filed.reference,
    });
    expect(JSON.stringify(record!.detail)).not.toMatch(/Hoa|phòng ngủ|0900/);
  });

  it('is one case however often the same form comes, also at once, and with the same code', async () => {
    const draft = aDraft();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => api.anybody.post('/api/v1/complaints').send(draft)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 201));
    expect(new Set(answers.map(({ body }) => body.caseCode)).size).toBe(1);
    expect(answers.filter(({ body }) => body.repeated === false)).toHaveLength(1);
    const changed = await api.anybody.post('/api/v1/complaints').send({ ...draft, text: 'Một nội dung khác hẳn.' });
    expect([changed.status, changed.body.slug]).toEqual([409, 'complaint-form-used']);
  });

  it('says what a report without a name starts, and refuses what needs a name', async () => {
    const { complainant: _nobody, ...anonymous } = aDraft();
    const answer = await api.anybody.post('/api/v1/complaints').send(anonymous);
    const seen = await read(api, answer.body.caseCode);
    expect(seen).toMatchObject({ form: 'anonymous', procedure: 'report', stage: 'answering' });
    expect(seen.next?.id).toBe('LV-BC-1');
    const access = await api.anybody
      .post('/api/v1/complaints')
      .send({ ...anonymous, formKey: aFormKey(), kind: 'footage-access' });
    expect([access.status, access.body.slug]).toEqual([422, 'complaint-name-required']);
  });

  it.each([
    [{ place: { lon: 111.5, lat: 12.5 } }, 422, 'complaint-place-unknown'],
    [{ place: undefined, cameraId: '00000000-0000-4000-8000-000000000000' }, 404, 'camera-not-found'],
    [{ place: undefined }, 400, 'request-invalid'],
    [{ kind: 'something' }, 400, 'request-invalid'],
    [{ text: 'ngắn' }, 400, 'request-invalid'],
    [{ text: `nul\0 in the middle of it` }, 400, 'request-invalid'],
    [{ joins: 'KN-26-999999' }, 404, 'complaint-not-found'],
  ])('refuses %o with %d %s', async (given, status, slug) => {
    const answer = await api.anybody.post('/api/v1/complaints').send(aDraft(given));
    expect([answer.status, answer.body.slug]).toEqual([status, slug]);
  });

  it('keeps scripts in every field as the text they are', async () => {
    const script = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    const filed = await file(api, { text: script, complainant: { name: script, address: script } });
    const seen = await read(api, filed.caseCode);
    expect(seen.text).toBe(script);
    const answer = await api.anybody.post('/api/v1/case').send({ code: filed.caseCode });
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('finds the like within 75 m and lets somebody join with a code of their own, who sees nobody else', async () => {
    const filed = await file(api, { kind: 'no-sign' });
    const near = { lon: HOME.lon + 0.0006, lat: HOME.lat };
    const far = { lon: HOME.lon + 0.0008, lat: HOME.lat };
    const ask = (place: object) => api.anybody.post('/api/v1/complaints/near').send({ kind: 'no-sign', place });
    expect((await ask(near)).body.items).toMatchObject([{ reference: filed.reference, affected: 1 }]);
    expect((await ask(far)).body.items).toEqual([]);
    const joined = await file(api, {
      kind: 'no-sign',
      place: near,
      joins: filed.reference,
      text: 'Nhà tôi cũng bị nhìn thấy.',
    });
    expect(joined).toMatchObject({ joined: true, reference: filed.reference });
    const seen = await read(api, joined.caseCode);
    expect(seen).toMatchObject({ role: 'affected', affected: 2, text: 'Nhà tôi cũng bị nhìn thấy.', place: null });
    expect(JSON.stringify(seen)).not.toContain('phòng ngủ');
    await api.anybody
      .post('/api/v1/case/messages')
      .send({ code: joined.caseCode, text: 'Chỉ cho cơ quan.' })
      .expect(200);
    expect((await read(api, filed.caseCode)).messages).toEqual([]);
    expect((await api.anybody.post('/api/v1/case/appeal').send({ code: joined.caseCode })).body.slug).toBe(
      'complaint-act-impossible',
    );
  });
});

describe('a case code', () => {
  it('that is mistyped is said to be so without counting; guesses are counted by network', async () => {
    const { caseCode } = await file(api);
    const typo = `${caseCode.slice(0, 5)}${(Number(caseCode[5]) + 1) % 10}${caseCode.slice(6)}`;
    for (let i = 0; i < 30; i++) expect((await api.anybody.post('/api/v1/case').send({ code: typo })).status).toBe(400);
    const guesses = await Promise.all(
      Array.from({ length: 40 }, async () => {
        return (await api.anybody.post('/api/v1/case').send({ code: guess() })).status;
      }),
    );
    expect(guesses.filter((status) => status === 404)).toHaveLength(20);
    expect(guesses.filter((status) => status === 429)).toHaveLength(20);
    const keys = (await api.deps.redis.keys('louver:citizens:*')).join(' ');
    expect(keys).not.toContain('127.0.0.1');
    for (const key of await api.deps.redis.keys('louver:citizens:case-code:*')) await api.deps.redis.del(key);
  });

  it('leaves no address of its holder in the log', async () => {
    api.log.length = 0;
    const { caseCode } = await file(api);
    await read(api, caseCode);
    const lines = api.log.filter((line) => /\/(complaints|case)/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toMatch(/127\.0\.0\.1|::1/);
    expect(lines.join('')).not.toContain(caseCode);
  });
});

describe('the desk', () => {
  it('accepts, decides with a paper, and the citizen reads it, which is receiving it', async () => {
    const clock = holdTime(api, '2026-01-05T02:00:00Z');
    const { caseCode, reference } = await file(api);
    const id = await idOf(api, reference);
    const { agent } = await officerOf(WARD);
    const accepted = await act(agent, id, 'accept');
    // 30 days from Monday 5 January 2026.
    expect([accepted.stage, accepted.next?.id, accepted.next?.due]).toEqual(['deciding', 'VN-KN-2', '2026-02-04']);
    const extended = await act(agent, id, 'extend', { reason: 'Cần đo lại', paper: { ...PAPER, number: '13/TB' } });
    // 19 February is in Tết, which is over on the 23rd.
    expect(extended.next?.due).toBe('2026-02-23');
    expect(extended.next?.explanation.vi.join(' ')).toContain('13/TB');
    clock.moveTo('2026-02-10T02:00:00Z');
    // A session of January is over in February.
    const { agent: later } = await officerOf(WARD);
    const decided = await act(later, id, 'decide', { outcome: 'unfounded', paper: PAPER });
    expect(decided.stage).toBe('decided');
    const paper = decided.history.find(({ kind }) => kind === 'decided')?.paper;
    const pdf = await later.get(paper!.href).responseType('blob');
    expect(pdf.body.subarray(0, 5).toString()).toBe('%PDF-');
    const records = await api.recordsOf(id);
    expect(records.at(-1)).toMatchObject({
      action: 'complaint.decide',
      detail: { sha256: paper!.sha256, outcome: 'unfounded' },
    });
    expect(decided.history.some(({ kind }) => kind === 'sent')).toBe(false);
    const seen = await read(api, caseCode);
    expect(seen.history.map(({ kind }) => kind)).toEqual(['filed', 'accepted', 'extended', 'decided', 'sent']);
    expect(seen.may).toContain('appeal');
    expect(JSON.stringify(seen)).not.toContain('Trần Thị officer');
    const theirs = await api.anybody.get(seen.history[3]!.paper!.href).responseType('blob');
    expect([theirs.status, theirs.body.equals(pdf.body)]).toEqual([200, true]);
    clock.advance(31 * 60_000);
    expect((await api.anybody.get(seen.history[3]!.paper!.href)).status).toBe(404);
  });

  it('does nothing to a case that another body has, and shows it to nobody elsewhere', async () => {
    const { reference } = await file(api);
    const id = await idOf(api, reference);
    const { agent } = await officerOf('vn.p66.ben_gio');
    expect((await agent.get(`/api/v1/complaints/${id}`)).status).toBe(404);
    expect(await refusal(agent, id, 'accept')).toEqual([404, 'complaint-not-found']);
    const { agent: auditor } = await api.as('auditor');
    expect(await refusal(auditor, id, 'decide', { outcome: 'unfounded', paper: PAPER })).toEqual([
      403,
      'complaint-other-body',
    ]);
    expect(await refusal(auditor, id, 'take-over', { reason: 'Muốn xem xét' })).toEqual([
      409,
      'complaint-act-impossible',
    ]);
  });

  it('forwards a case to the body that it concerns, and no date moves', async () => {
    const { reference, caseCode } = await file(api);
    const id = await idOf(api, reference);
    const [{ agent: ours }, { agent: theirs }] = [await officerOf(WARD), await officerOf('vn.p66.ben_gio')];
    const before = (await read(api, caseCode)).next?.due;
    await act(ours, id, 'forward', { to: 'vn.p66.ben_gio', reason: 'Camera thuộc phường bên' });
    expect(await refusal(ours, id, 'accept')).toEqual([403, 'complaint-other-body']);
    expect((await read(api, caseCode)).next?.due).toBe(before);
    expect((await act(theirs, id, 'accept')).stage).toBe('deciding');
  });

  it('sees no name but on the record, for a reason, and the citizen is told', async () => {
    const { reference, caseCode } = await file(api);
    const id = await idOf(api, reference);
    const { agent } = await officerOf(WARD);
    const shown = await agent.get(`/api/v1/complaints/${id}`);
    expect(shown.body.parties).toMatchObject([{ label: 1, named: true }]);
    expect(shown.text).not.toMatch(/Nguyễn Thị Hoa|0900/);
    const asked = await agent.post(`/api/v1/complaints/${id}/identity`).send({ party: 1, reason: 'Mời đến làm việc' });
    expect(asked.body).toEqual({ name: 'Nguyễn Thị Hoa', phone: '0900 000 000' });
    const seen = await read(api, caseCode);
    expect(seen.history.at(-1)).toMatchObject({ kind: 'identified', reason: 'Mời đến làm việc', body: { path: WARD } });
    expect((await api.recordsOf(id)).at(-1)).toMatchObject({ action: 'complaint.identify' });
  });

  it('lists what has been late longest first, then what is due next, page by page', async () => {
    const stand = (reference: string, late: string | null, due: string) =>
      api.owner.query(
        `UPDATE complaint_standings SET late = $2::date IS NOT NULL, late_since = $2::date, next_due = $3::date
         WHERE complaint_id = (SELECT id FROM complaints WHERE reference = $1)`,
        [reference, late, due],
      );
    const made = [];
    for (const [late, due] of [
      [null, '2020-01-01'],
      ['2019-05-05', '2030-01-01'],
      ['2019-01-01', '2031-01-01'],
    ] as const) {
      const { reference } = await file(api);
      await stand(reference, late, due);
      made.push(reference);
    }
    const { agent } = await officerOf(WARD);
    const first = await agent.get('/api/v1/complaints?open=true&limit=2');
    expect(first.body.items).toHaveLength(2);
    const second = await agent
      .get('/api/v1/complaints')
      .query({ open: 'true', limit: 200, cursor: first.body.nextCursor });
    const all = [...first.body.items, ...second.body.items] as { id: string; reference: string }[];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.slice(0, 3).map(({ reference }) => reference)).toEqual(made.toReversed());
  });
});

it('loses none of a thousand complaints that come at once', async () => {
  const before = Number((await api.owner.query('SELECT count(*) FROM complaints')).rows[0]!.count);
  const drafts = Array.from({ length: 1000 }, (_, i) =>
    aDraft({ text: `Khiếu nại số ${i} về cùng một camera trên phố.` }),
  );
  const answers = await Promise.all(drafts.map((draft) => sendAgain(draft)));
  expect(answers.filter(({ status }) => status !== 201).map(({ status, text }) => `${status} ${text}`)).toEqual([]);
  expect(new Set(answers.map(({ body }) => body.caseCode)).size).toBe(1000);
  const after = await api.owner.query(
    `SELECT count(*)::integer AS cases, count(DISTINCT reference)::integer AS numbers,
            (SELECT count(*)::integer FROM records WHERE action = 'complaint.receive' AND detail ->> 'repeated' IS NULL) AS records
     FROM complaints`,
  );
  expect(after.rows[0]).toMatchObject({ cases: before + 1000, numbers: before + 1000, records: before + 1000 });
}, 240_000);

/** A well-formed code that nobody has. */
function guess(): string {
  const digits = Array.from({ length: 15 }, () => Math.floor(Math.random() * 10)).join('');
  return withCheckDigit(digits);
}

/** As a browser does when the line is cut: the same form once more. */
async function sendAgain(
  draft: object,
  tries = 5,
): Promise<{ status: number; text: string; body: { caseCode: string } }> {
  try {
    return await api.anybody.post('/api/v1/complaints').send(draft);
  } catch (error) {
    if (tries === 0 || !/ECONNRESET|hang up/.test(String(error))) throw error;
    return sendAgain(draft, tries - 1);
  }
}
