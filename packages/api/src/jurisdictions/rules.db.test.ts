// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CaseView, JurisdictionRules } from '@louver/contract';
import { aJurisdiction } from '@louver/testkit';
import { beforeAll, expect, it } from 'vitest';
import { act, aWard, file, idOf, read, WARD } from '../testing/complaints.ts';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
let administrator: SignedIn;
const RULES = {
  remote: true,
  noticeDays: 60,
  commentDays: null,
  reason: 'Quyết định 12/QĐ-UBND về địa bàn đi lại khó khăn',
};

beforeAll(async () => {
  await aWard(api);
  administrator = await api.as('administrator', { jurisdictions: ['vn.p66'] });
});

const at = (path: string) => `/api/v1/jurisdictions/${path}/rules`;
const dueOf = ({ clocks }: CaseView) => clocks.find(({ id }) => id === 'VN-KN-2')?.due;
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

it('are what holds from now on: a case keeps what held when it was filed', async () => {
  const officer = await api.as('officer', { jurisdictions: [WARD] });
  const accepted = async () => {
    const { reference, caseCode } = await file(api);
    await act(officer.agent, await idOf(api, reference), 'accept');
    return caseCode;
  };
  const [before, waiting] = [await accepted(), await file(api)];
  const { body } = await administrator.agent.put(at(WARD)).send(RULES).expect(200);
  expect((body as JurisdictionRules).inForce).toEqual({ remote: true, noticeDays: 60, commentDays: 20 });
  const after = await accepted();
  await act(officer.agent, await idOf(api, waiting.reference), 'accept');
  const [plain, kept, remote] = [
    dueOf(await read(api, before)),
    dueOf(await read(api, waiting.caseCode)),
    dueOf(await read(api, after)),
  ];
  expect(kept).toBe(plain);
  // 30 days, and 45 in a remote area (Law on Complaints, article 28); a day off moves either by no more than a few.
  expect(daysBetween(plain!, remote!)).toBeGreaterThan(8);
});

it('are read by those who hold the place, with who stated what and why, and stand on the record', async () => {
  const { agent } = await api.as('auditor', { jurisdictions: ['vn'] });
  const { body } = await agent.get(at(WARD)).expect(200);
  expect(body).toMatchObject({
    path: WARD,
    stated: [
      { remote: true, noticeDays: 60, commentDays: null, reason: RULES.reason, by: { id: administrator.accountId } },
    ],
  });
  expect(await api.recordsOf(WARD)).toMatchObject([
    {
      action: 'jurisdiction.rule',
      jurisdiction: WARD,
      detail: {
        before: { remote: false, noticeDays: 30 },
        after: { remote: true, noticeDays: 60 },
        reason: RULES.reason,
      },
    },
  ]);
});

it('are those of the place above where it says nothing, newest first, by name, and nobody else’s business', async () => {
  const [district, below] = ['vn.p66.q9', 'vn.p66.q9.x'];
  for (const path of [district, below]) await aJurisdiction(api.owner, path);
  const by = await api.as('administrator', { jurisdictions: ['vn.p66'], name: 'Trần Văn Cường' });
  const put = (path: string, rules: object) =>
    by.agent
      .put(at(path))
      .send({ remote: null, noticeDays: null, commentDays: null, reason: 'Quyết định 7', ...rules })
      .expect(200);
  await put(district, { remote: true, noticeDays: 45 });
  await put(below, { noticeDays: 50, reason: 'Quyết định 8' });
  await put(below, { commentDays: 10, reason: 'Quyết định 9' });
  const auditor = await api.as('auditor', { jurisdictions: [below] });
  const { body } = await auditor.agent.get(at(below)).expect(200);
  expect(body).toMatchObject({
    inForce: { remote: true, noticeDays: 45, commentDays: 10 },
    stated: [
      { remote: null, noticeDays: null, commentDays: 10, reason: 'Quyết định 9', by: { name: 'Trần Văn Cường' } },
      { remote: null, noticeDays: 50, commentDays: null, reason: 'Quyết định 8', by: { id: by.accountId } },
    ],
  });
  const elsewhere = await api.as('auditor', { jurisdictions: [WARD] });
  expect((await elsewhere.agent.get(at(below))).body.slug).toBe('jurisdiction-not-found');
});

it.each(['supervisor', 'officer', 'reviewer', 'operator', 'auditor'] as const)(
  'are not set by whoever plans cameras or answers for them: %s',
  async (role) => {
    const { agent } = await api.as(role, { jurisdictions: ['vn.p66'] });
    expect((await agent.put(at('vn.p66.ben_gio')).send(RULES)).body.slug).toBe('not-permitted');
  },
);

it.each([
  ['vn.p66.ben_gio', { noticeDays: 0 }, 'request-invalid'],
  ['vn.p66.ben_gio', { noticeDays: 1000 }, 'request-invalid'],
  ['vn.p66.ben_gio', { commentDays: 4 }, 'request-invalid'],
  ['vn.p66.ben_gio', { commentDays: 366 }, 'request-invalid'],
  ['vn.p66.ben_gio', { reason: ' ' }, 'request-invalid'],
  ['vn.p66.nowhere', {}, 'jurisdiction-not-found'],
  ['vn', {}, 'jurisdiction-not-found'],
])('of %s with %o are refused: %s', async (path, change, slug) => {
  const { body } = await administrator.agent.put(at(path)).send({ ...RULES, ...change });
  expect(body.slug).toBe(slug);
});
