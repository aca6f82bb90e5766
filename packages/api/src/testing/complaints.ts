// SPDX-License-Identifier: AGPL-3.0-or-later
// A ward with a boundary and a home, its officers, and complaints as citizens file them.
import { randomBytes } from 'node:crypto';
import type { CaseView, DeskCase, FiledComplaint } from '@louver/contract';
import { fakeClock, type FakeClock } from '@louver/testkit';
import type request from 'supertest';
import type { Api } from './use-api.ts';

export const HOME = { lon: 108.05015, lat: 12.68015 };
export const WARD = 'vn.p66.hoa_sua';
export const PAPER = { number: '12/QĐ-UBND', text: 'Sau khi xem xét, Ủy ban nhân dân phường quyết định như sau.' };
type Agent = ReturnType<typeof request.agent>;

/** A ward around the home, beside a second one. */
export async function aWard(api: Api): Promise<{ homeId: string }> {
  const places: [string, string, string | null][] = [
    ['vn', 'country', null],
    ['vn.p66', 'province', null],
    [WARD, 'commune', 'ST_MakeEnvelope(108.04, 12.67, 108.06, 12.69, 4326)'],
    ['vn.p66.ben_gio', 'commune', 'ST_MakeEnvelope(108.06, 12.67, 108.08, 12.69, 4326)'],
  ];
  for (const [path, kind, boundary] of places)
    await api.owner.query(
      `INSERT INTO jurisdictions (path, kind, name, boundary)
       VALUES ($1::text::ltree, $2, $1::text, ${boundary ? `ST_Multi(${boundary})` : 'NULL'})
       ON CONFLICT (path) DO UPDATE SET boundary = EXCLUDED.boundary`,
      [path, kind],
    );
  const { rows } = await api.owner.query(
    `INSERT INTO buildings (source_id, use, is_home, name, height_m, footprint)
     VALUES ('t/home', 'house', true, 'Nhà số 7', 7, ST_Multi(ST_MakeEnvelope(108.0501, 12.6801, 108.0502, 12.6802, 4326)))
     ON CONFLICT (source_id) DO UPDATE SET name = EXCLUDED.name RETURNING id`,
  );
  return { homeId: String(rows[0]!.id) };
}

/** Time that stands still until it is moved, for everything that the API does from here on. */
export function holdTime(api: Api, start: string): FakeClock {
  const clock = fakeClock(start);
  api.deps.clock = clock;
  return clock;
}

export const aFormKey = () => randomBytes(18).toString('base64url');

export const aDraft = (given: object = {}) => ({
  formKey: aFormKey(),
  kind: 'faces-home',
  text: 'Camera trên cột điện chĩa thẳng vào phòng ngủ nhà tôi suốt ngày đêm.',
  language: 'vi',
  complainant: { name: 'Nguyễn Thị Hoa', phone: '0900 000 000' },
  place: HOME,
  ...given,
});

export async function file(api: Api, given: object = {}): Promise<FiledComplaint> {
  const answer = await api.anybody.post('/api/v1/complaints').send(aDraft(given));
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body as FiledComplaint;
}

export async function read(api: Api, code: string): Promise<CaseView> {
  const answer = await api.anybody.post('/api/v1/case').send({ code });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body as CaseView;
}

export async function idOf(api: Api, reference: string): Promise<string> {
  return String((await api.owner.query('SELECT id FROM complaints WHERE reference = $1', [reference])).rows[0]!.id);
}

export async function act(agent: Agent, id: string, name: string, body: object = {}): Promise<DeskCase> {
  const answer = await agent.post(`/api/v1/complaints/${id}/${name}`).send(body);
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.text}`);
  return answer.body as DeskCase;
}

/** Status and slug of an act that is refused. */
export async function refusal(agent: Agent, id: string, name: string, body: object = {}): Promise<[number, string]> {
  const answer = await agent.post(`/api/v1/complaints/${id}/${name}`).send(body);
  return [answer.status, answer.body.slug];
}
