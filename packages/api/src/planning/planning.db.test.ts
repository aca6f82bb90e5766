// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Surroundings } from '@louver/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
let supervisor: SignedIn;

/** A square of about 10 m, its south-west corner so many degrees east of 108.05. */
const put = async (sourceId: string, east: number, home: boolean, height: number) => {
  const [w, s, e, n] = [108.05 + east, 12.68, 108.05 + east + 0.0001, 12.6801];
  await api.owner.query(
    `INSERT INTO buildings (source_id, use, is_home, name, height_m, min_height_m, footprint)
     VALUES ($1, $2, $3, 'Nhà ông An', $4, 0, ST_GeomFromText($5, 4326))`,
    [
      sourceId,
      home ? 'house' : 'office',
      home,
      height,
      `MULTIPOLYGON(((${w} ${s}, ${e} ${s}, ${e} ${n}, ${w} ${n}, ${w} ${s})))`,
    ],
  );
};

beforeAll(async () => {
  await put('near', 0.0005, true, 7);
  await put('office', 0.001, false, 12);
  await put('far', 0.01, true, 9);
  supervisor = await api.as('supervisor', { jurisdictions: ['vn.p66'] });
});

const ask = (query: Record<string, unknown>, { agent } = supervisor) =>
  agent.get('/api/v1/planning/surroundings').query(query);

describe('the surroundings of a place', () => {
  it('are footprints, heights, whether somebody lives there, and ids; nearest first', async () => {
    const { body, status } = await ask({ lon: 108.05, lat: 12.68, range: 300 });
    expect(status).toBe(200);
    const { buildings, coveredMetres } = body as Surroundings;
    expect(coveredMetres).toBe(300);
    expect(buildings.map(({ sourceId, home, height }) => [sourceId, home, height])).toEqual([
      ['near', true, 7],
      ['office', false, 12],
    ]);
    // No name, no use: a plan doesn't need to know whose home it is.
    expect(Object.keys(buildings[0]!).toSorted()).toEqual([
      'footprint',
      'height',
      'home',
      'id',
      'minHeight',
      'sourceId',
    ]);
    expect(buildings[0]!.footprint.type).toBe('MultiPolygon');
  });

  it('reach as far as they were asked for', async () => {
    const { body } = await ask({ lon: 108.05, lat: 12.68, range: 1500 });
    expect((body as Surroundings).buildings.map(({ sourceId }) => sourceId)).toEqual(['near', 'office', 'far']);
  });

  it('come with the rule that is in force today, not with one of next year', async () => {
    await api.owner.query(
      `INSERT INTO exposure_policies (version, effective_from, rules, reason)
       SELECT 7, now() + interval '1 year', rules || '{"facadeMetres": 99}', 'later' FROM exposure_policies WHERE version = 1`,
    );
    const { body } = await ask({ lon: 108.05, lat: 12.68, range: 10 });
    expect(body).toMatchObject({ policyVersion: 1, rules: { facadeMetres: 10, dori: 'recognise' }, buildings: [] });
  });

  it.each([
    [{ lon: 108.05, lat: 12.68 }, '/query/range'],
    [{ lon: 108.05, lat: 12.68, range: 1501 }, '/query/range'],
    [{ lon: 108.05, lat: 12.68, range: 'xa' }, '/query/range'],
    [{ lon: 181, lat: 12.68, range: 10 }, '/query/lon'],
    [{ lon: 108.05, lat: -91, range: 10 }, '/query/lat'],
  ])('refuse %j and name %s', async (query, pointer) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(body).toMatchObject({ slug: 'request-invalid', errors: [{ pointer }] });
  });

  it('are for those who may plan', async () => {
    expect((await api.anybody.get('/api/v1/planning/surroundings?lon=108&lat=12&range=10')).status).toBe(401);
    for (const role of ['operator', 'auditor', 'administrator'] as const)
      expect((await ask({ lon: 108.05, lat: 12.68, range: 10 }, await api.as(role))).status).toBe(403);
  });
});
