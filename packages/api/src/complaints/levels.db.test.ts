// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may do what at which level, what «fixed» has to be borne out by, and what a worker's week of absence changes: nothing.
import { randomUUID } from 'node:crypto';
import { aCamera } from '@louver/testkit';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { act, aWard, file, holdTime, HOME, idOf, PAPER, read, refusal, WARD } from '../testing/complaints.ts';
import { aHome, aRun } from '../testing/findings.ts';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
let homeId: string;
beforeAll(async () => {
  homeId = (await aWard(api)).homeId;
});
afterEach(() => {
  api.deps.clock = { now: () => new Date() };
});

const officerOf = (path: string) => api.as('officer', { jurisdictions: [path] });

describe('silence', () => {
  it('moves the case up by itself though no worker runs, and the first body does not get it back', async () => {
    const clock = holdTime(api, '2025-01-06T02:00:00Z');
    const { caseCode, reference } = await file(api);
    const id = await idOf(api, reference);
    clock.moveTo('2025-02-20T02:00:00Z');
    const { agent: ward } = await officerOf(WARD);
    expect(await refusal(ward, id, 'accept')).toEqual([403, 'complaint-other-body']);
    const seen = await read(api, caseCode);
    expect(seen).toMatchObject({ stage: 'deemed-refused', level: 'second', handler: { path: 'vn.p66' } });
    expect(seen.may).toContain('appeal');
    const lapsed = seen.history.filter(({ kind }) => kind === 'lapsed');
    expect(lapsed.map(({ clock: what, at }) => [what?.id, at])).toEqual([
      ['VN-KN-1', '2025-01-16T17:00:00.000Z'],
      ['VN-KN-2', '2025-02-17T17:00:00.000Z'],
    ]);
    const { agent: province } = await officerOf('vn.p66');
    await act(province, id, 'accept');
    const decided = await act(province, id, 'decide', { outcome: 'founded', paper: PAPER });
    expect([decided.stage, decided.remedyOpen]).toEqual(['second-decided', true]);
  });

  it('of the superior as well takes it to the oversight body, which decides there', async () => {
    const clock = holdTime(api, '2025-01-06T02:00:00Z');
    const { reference } = await file(api, { kind: 'no-sign' });
    const id = await idOf(api, reference);
    clock.moveTo('2025-03-10T02:00:00Z');
    const [{ agent: province }, { agent: auditor }] = [await officerOf('vn.p66'), await api.as('auditor')];
    expect(await refusal(province, id, 'accept')).toEqual([403, 'complaint-other-body']);
    const taken = await act(auditor, id, 'take-over', { reason: 'Hai cấp đều im lặng' });
    expect([taken.stage, taken.level, taken.next?.id]).toEqual(['oversight', 'oversight', 'LV-OV-1']);
    const decided = await act(auditor, id, 'decide', { outcome: 'answered', paper: PAPER });
    expect(decided.stage).toBe('second-decided');
  });
});

describe('the second level', () => {
  it('is not for whoever decided at the first, nor for that body, also not with another account', async () => {
    const { caseCode, reference } = await file(api, { kind: 'no-sign' });
    const id = await idOf(api, reference);
    const first = await officerOf('vn.p66');
    await act(first.agent, id, 'accept');
    await act(first.agent, id, 'decide', { outcome: 'unfounded', paper: PAPER });
    await read(api, caseCode);
    await api.anybody.post('/api/v1/case/appeal').send({ code: caseCode }).expect(200);
    // The province decided for the ward, so above it is the country.
    expect((await read(api, caseCode)).handler?.path).toBe('vn');
    expect(await refusal(first.agent, id, 'accept')).toEqual([403, 'complaint-other-body']);
    const again = await api.as('officer', { jurisdictions: ['vn'], personId: first.personId });
    expect(await refusal(again.agent, id, 'accept')).toEqual([403, 'complaint-second-person']);
    const inserted = api.owner.query(
      "INSERT INTO complaint_events (complaint_id, kind, at, account_id) VALUES ($1, 'second-accepted', now(), $2)",
      [id, again.accountId],
    );
    await expect(inserted).rejects.toThrow('who acted below may not act above');
    const { agent: country } = await officerOf('vn');
    expect((await act(country, id, 'accept')).stage).toBe('second-deciding');
  });
});

describe('a paper', () => {
  it('is needed for whatever ends a case or moves its date, by the page and by the database', async () => {
    const { reference } = await file(api, { kind: 'no-sign' });
    const id = await idOf(api, reference);
    const { agent, accountId } = await officerOf(WARD);
    await act(agent, id, 'accept');
    expect(await refusal(agent, id, 'decide', { outcome: 'unfounded' })).toEqual([400, 'request-invalid']);
    const bare = api.owner.query(
      "INSERT INTO complaint_events (complaint_id, kind, at, account_id, outcome) VALUES ($1, 'decided', now(), $2, 'unfounded')",
      [id, accountId],
    );
    await expect(bare).rejects.toThrow('complaint_needs_document');
    const foreign = await file(api, { kind: 'no-sign', text: 'Một khiếu nại khác hẳn ở chỗ khác.' });
    const otherId = await idOf(api, foreign.reference);
    await act(agent, otherId, 'accept');
    const decided = await act(agent, otherId, 'decide', { outcome: 'unfounded', paper: PAPER });
    const borrowed = api.owner.query(
      "INSERT INTO complaint_events (complaint_id, kind, at, account_id, outcome, paper_id) VALUES ($1, 'decided', now(), $2, 'unfounded', $3)",
      [id, accountId, decided.history.find(({ paper }) => paper)!.paper!.id],
    );
    await expect(borrowed).rejects.toThrow(/complaint_event_paper_of_case|complaint_paper_used/);
  });
});

describe('«fixed»', () => {
  const seesHome = (share = 0.1) => [aHome({ buildingId: homeId, frameShare: share })];

  async function aSeenHome() {
    const aim = await aCamera(api.owner, { jurisdiction: WARD, lon: HOME.lon, lat: HOME.lat - 0.0002 });
    await aRun(api.owner, aim, seesHome());
    const { reference, caseCode } = await file(api, { place: HOME, cameraId: aim.cameraId });
    const id = await idOf(api, reference);
    const { agent, accountId } = await officerOf(WARD);
    await act(agent, id, 'accept');
    return { aim, id, agent, accountId, caseCode };
  }
  const gone = async ({ aimId, cameraId }: { aimId: string; cameraId: string }) => {
    await api.owner.query("UPDATE cameras SET status = 'retired' WHERE id = $1", [cameraId]);
    await api.owner.query(
      'UPDATE exposure_runs SET superseded_at = now() WHERE aim_id = $1 AND superseded_at IS NULL',
      [aimId],
    );
  };

  it('is refused while a camera sees the home, by the API and by the database, and goes once it is measured', async () => {
    const { aim, id, agent, accountId } = await aSeenHome();
    const fixed = { outcome: 'fixed', paper: PAPER };
    expect(await refusal(agent, id, 'decide', fixed)).toEqual([409, 'complaint-still-seen']);
    const paperId = randomUUID();
    await api.owner.query(
      `INSERT INTO complaint_papers (id, complaint_id, number, title, pdf, sha256, made_at)
       VALUES ($1, $2, '1', 'x', '%PDF-1', encode(sha256('%PDF-1'), 'hex'), now())`,
      [paperId, id],
    );
    const forced = api.owner.query(
      "INSERT INTO complaint_events (complaint_id, kind, at, account_id, outcome, paper_id) VALUES ($1, 'decided', now(), $2, 'fixed', $3)",
      [id, accountId, paperId],
    );
    await expect(forced).rejects.toThrow('the measurement does not bear it out');
    await aRun(api.owner, aim, []);
    const decided = await act(agent, id, 'decide', fixed);
    expect(decided).toMatchObject({ stage: 'decided', remedyOpen: false, fixedRefused: null });
    expect(decided.measurements.atFiling).toMatchObject([{ dori: 'recognise' }]);
    await gone(aim);
  });

  it('does not follow from a measurement that looked less far than the one the complaint was filed on', async () => {
    const { aim, id, agent } = await aSeenHome();
    await aRun(api.owner, { ...aim, range: 5 }, []);
    const fixed = { outcome: 'fixed', paper: PAPER };
    expect(await refusal(agent, id, 'decide', fixed)).toEqual([409, 'complaint-not-measured']);
    await aRun(api.owner, { ...aim, range: 80 }, []);
    expect((await act(agent, id, 'decide', fixed)).stage).toBe('decided');
    await gone(aim);
  });

  it('shows what was measured: to the desk whole, to the citizen nothing of how a camera sees that is not shown', async () => {
    const measuredOf = ({ history }: { history: readonly { measured: unknown }[] }) =>
      history.flatMap(({ measured }) => measured ?? []);
    for (const publication of ['counted', 'shown']) {
      const { aim, id, agent, caseCode } = await aSeenHome();
      await api.owner.query('UPDATE cameras SET publication = $2 WHERE id = $1', [aim.cameraId, publication]);
      await aRun(api.owner, aim, []);
      const seen = {
        cameraCode: aim.code,
        before: { dori: 'recognise', frameShare: 0.1, distanceMetres: 9.5 },
        after: { dori: 'none', frameShare: 0 },
        ...{ covered: false, takenDown: false },
      };
      expect(measuredOf(await act(agent, id, 'decide', { outcome: 'fixed', paper: PAPER }))).toMatchObject([seen]);
      const told = publication === 'shown' ? seen : { cameraCode: null, before: null, after: null, covered: false };
      expect(measuredOf(await read(api, caseCode))).toMatchObject([told]);
      const page = await api.anybody.post('/public/case').type('form').send({ code: caseCode }).expect(200);
      expect(page.text.includes(aim.code)).toBe(publication === 'shown');
      expect(page.text).toContain(
        publication === 'shown' ? 'in 10 % of the frame, from 10 m' : 'it does not see your home any more',
      );
      await gone(aim);
      // What it rests on stays, also when camera and measurement are others.
      expect(measuredOf(await read(api, caseCode))).toMatchObject([told]);
    }
  });

  it('is refused for a promise: a decision that finds it founded stays open until it is measured, with a date', async () => {
    const { aim, id, agent } = await aSeenHome();
    const founded = await act(agent, id, 'decide', { outcome: 'founded', paper: PAPER });
    expect(founded.remedyOpen).toBe(true);
    expect(founded.clocks.find(({ id: clock }) => clock === 'LV-FIX-1')?.state).toBe('running');
    const paper = { ...PAPER, number: '14/TB' };
    expect(await refusal(agent, id, 'close', { paper })).toEqual([409, 'complaint-still-seen']);
    await aRun(api.owner, aim, []);
    const closed = await act(agent, id, 'close', { paper });
    expect([closed.remedyOpen, closed.clocks.find(({ id: clock }) => clock === 'LV-FIX-1')?.state]).toEqual([
      false,
      'met',
    ]);
    await gone(aim);
  });

  it('is refused when nothing was measured since the complaint', async () => {
    const aim = await aCamera(api.owner, { jurisdiction: WARD, lon: HOME.lon, lat: HOME.lat - 0.0002 });
    await aRun(api.owner, aim, []);
    const { reference } = await file(api, { place: HOME, cameraId: aim.cameraId });
    const id = await idOf(api, reference);
    const { agent } = await officerOf(WARD);
    await act(agent, id, 'accept');
    expect(await refusal(agent, id, 'decide', { outcome: 'fixed', paper: PAPER })).toEqual([
      409,
      'complaint-not-measured',
    ]);
  });
});
