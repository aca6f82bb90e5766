// SPDX-License-Identifier: AGPL-3.0-or-later
import { aCamera, aMaskSet } from '@louver/testkit';
import { describe, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const viewings = '/api/v1/oversight/viewings';
const records = '/api/v1/oversight/records';

async function aLook({
  jurisdiction = 'vn.p66.hoa_sua',
  purpose = 'traffic jam',
  name = 'Trần Thị Hoa',
  caseReference = '',
} = {}) {
  const camera = await aCamera(api.owner, { jurisdiction });
  await aMaskSet(api.owner, camera);
  const operator = await api.as('operator', { name });
  const given = { cameraId: camera.cameraId, purpose, ...(caseReference ? { caseReference } : {}) };
  const { body } = await operator.agent.post('/api/v1/viewings').send(given);
  const { seq, digest } = body.receipt as Record<'seq' | 'digest', string>;
  return { ...camera, operator, id: body.id as string, receipt: { seq, digest } };
}
const idsOf = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map((item) => item.id);

describe('GET /oversight/viewings', () => {
  it('says who looked at which camera, for what, with the receipt, and stands in the record itself', async () => {
    const look = await aLook({ caseReference: 'CA-9' });
    const auditor = await api.as('auditor');
    const answer = await auditor.agent.get(viewings).query({ camera: look.cameraId });
    expect(answer.status).toBe(200);
    expect(answer.body.items).toMatchObject([
      {
        id: look.id,
        camera: { id: look.cameraId, code: look.code },
        account: { id: look.operator.accountId, name: 'Trần Thị Hoa', role: 'operator' },
        person: look.operator.personId,
        purpose: 'traffic jam',
        caseReference: 'CA-9',
        startedAt: null,
        closedAt: null,
        receipt: look.receipt,
      },
    ]);
    const reads = (await api.recordsOf('viewings')).filter((entry) => entry.account_id === auditor.accountId);
    expect(reads).toMatchObject([
      { action: 'record.read', camera_id: look.cameraId, detail: { camera: look.cameraId } },
    ]);
  });

  it('finds by words in purpose, case, camera and name, with or without accents, and takes % literally', async () => {
    const look = await aLook({ purpose: 'Tìm trẻ lạc 100% chắc', name: 'Đặng Quốc Bảo', caseReference: 'VU-77/x' });
    await aLook({ purpose: 'something else' });
    const { agent } = await api.as('auditor');
    for (const q of ['tre lac', 'DANG QUOC', 'vu-77', look.code.toLowerCase(), '100%'])
      expect(idsOf(await agent.get(viewings).query({ q })), q).toEqual([look.id]);
    expect(idsOf(await agent.get(viewings).query({ q: '100%chắc' }))).toEqual([]);
  });

  it('keeps the words of a search, which may be a name, out of the record', async () => {
    const auditor = await api.as('auditor');
    await auditor.agent.get(viewings).query({ q: 'Nguyễn Văn Kín' }).expect(200);
    const [entry] = (await api.recordsOf('viewings')).filter((read) => read.account_id === auditor.accountId);
    expect(entry!.detail).toMatchObject({ words: 3 });
    expect(String(entry!.entry)).not.toContain('Kín');
  });

  it('pages and filters by person and time, each look once', async () => {
    const look = await aLook();
    const again = { cameraId: look.cameraId, purpose: 'once more' };
    for (let i = 0; i < 4; i++) await look.operator.agent.post('/api/v1/viewings').send(again).expect(201);
    const { agent } = await api.as('auditor');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = { person: look.operator.personId, limit: 2, ...(cursor ? { cursor } : {}) };
      const answer = await agent.get(viewings).query(query);
      seen.push(...idsOf(answer));
      cursor = answer.body.nextCursor;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
    const early = { person: look.operator.personId, to: '2020-01-01T00:00:00Z' };
    expect(idsOf(await agent.get(viewings).query(early))).toEqual([]);
  });

  it('shows an auditor of one ward nothing of another', async () => {
    const [here, there] = [await aLook(), await aLook({ jurisdiction: 'vn.p66.ben_gio' })];
    const { agent } = await api.as('auditor', { jurisdictions: ['vn.p66.ben_gio'] });
    const seen = idsOf(await agent.get(viewings));
    expect(seen).toContain(there.id);
    expect(seen).not.toContain(here.id);
  });

  it('keeps showing the looks of a ward at a camera that went over to another one', async () => {
    const look = await aLook({ purpose: 'before it moved' });
    await aLook({ jurisdiction: 'vn.p66.ben_gio' });
    await api.owner.query("UPDATE cameras SET jurisdiction = 'vn.p66.ben_gio' WHERE id = $1", [look.cameraId]);
    const { agent } = await api.as('auditor', { jurisdictions: ['vn.p66.hoa_sua'] });
    const expected = [{ id: look.id, camera: { id: look.cameraId, code: look.cameraId, name: '' } }];
    for (const query of [{ camera: look.cameraId }, { camera: look.cameraId, q: 'before it moved' }])
      expect((await agent.get(viewings).query(query)).body.items).toMatchObject(expected);
  });

  it.each(['operator', 'supervisor', 'reviewer', 'administrator'] as const)('is not for the role %s', async (role) => {
    const { agent } = await api.as(role);
    for (const path of [viewings, records]) expect((await agent.get(path)).body.slug).toBe('not-permitted');
  });

  it('refuses filters that it does not know or cannot read', async () => {
    const { agent } = await api.as('auditor');
    const answer = await agent.get(viewings).query({ from: 'yesterday', nonsense: '1', limit: '0' });
    expect(answer.status).toBe(400);
    const pointers = answer.body.errors.map((error: { pointer: string }) => error.pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/query/from', '/query/nonsense', '/query/limit']));
  });
});

describe('GET /oversight/records', () => {
  it('lists entries newest first with their digests, by action, camera and account', async () => {
    const look = await aLook();
    const { agent } = await api.as('auditor');
    const byCamera = await agent.get(records).query({ camera: look.cameraId, action: 'viewing.open' });
    expect(byCamera.body.items).toMatchObject([
      {
        action: 'viewing.open',
        subject: look.id,
        camera: { code: look.code },
        purpose: 'traffic jam',
        ...look.receipt,
      },
    ]);
    const query = { account: look.operator.accountId, action: ['session.open', 'viewing.open'], limit: 1 };
    const first = await agent.get(records).query(query);
    const second = await agent.get(records).query({ ...query, cursor: first.body.nextCursor });
    expect([first, second].map((page) => page.body.items[0].action)).toEqual(['viewing.open', 'session.open']);
    expect(second.body.nextCursor).toBeNull();
  });

  it('lists what happened to one thing', async () => {
    const [look, other] = [await aLook(), await aLook()];
    await look.operator.agent.delete(`/api/v1/viewings/${look.id}`).expect(204);
    const { agent } = await api.as('auditor');
    const { body } = await agent.get(records).query({ subject: look.id });
    expect(body.items.map((item: { action: string }) => item.action)).toEqual(['viewing.close', 'viewing.open']);
    expect((await agent.get(records).query({ subject: 'nothing' })).body.items).toEqual([]);
    expect((await agent.get(records).query({ subject: other.id, action: 'viewing.close' })).body.items).toEqual([]);
    expect((await agent.get(records).query({ subject: '' })).body.slug).toBe('request-invalid');
  });

  it('shows what concerns no place to everybody, and what concerns another ward to nobody else', async () => {
    const { id } = await aLook();
    const { agent } = await api.as('auditor', { jurisdictions: ['vn.p66.doi_thong'] });
    const { body } = await agent.get(records).query({ action: 'viewing.open' });
    expect(body.items.map((item: { subject: string }) => item.subject)).not.toContain(id);
  });

  it.each(['nonsense', Buffer.from('"99999999999999999999"').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      const { agent } = await api.as('auditor');
      expect((await agent.get(records).query({ cursor })).status).toBe(400);
    },
  );
});
