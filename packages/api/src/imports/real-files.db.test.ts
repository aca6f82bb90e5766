// SPDX-License-Identifier: AGPL-3.0-or-later
// Real open data lies beside the repository and is not part of it; where it is not there, these tests are skipped and shown so.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ImportReport } from '@louver/contract';
import { aJurisdiction } from '@louver/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const FOLDER = join(resolve(ROOT, process.env.LOUVER_SHARED ?? '../shared'), 'data');

describe.skipIf(!existsSync(FOLDER))('real files', () => {
  const api = useApi();
  let supervisor: SignedIn;
  beforeAll(async () => {
    await aJurisdiction(api.owner, 'vn');
    supervisor = await api.as('supervisor', { jurisdictions: ['vn'] });
  });

  const send = async (kind: string, name: string, query: Record<string, string> = { mode: 'commit' }) => {
    const res = await supervisor.agent
      .post('/api/v1/imports')
      .query({ kind, ...query })
      .set('Content-Type', 'application/json')
      .send(readFileSync(join(FOLDER, name), 'utf8'));
    expect(res.status).toBe(200);
    return ImportReport.parse(res.body);
  };
  const query = async (text: string) => (await api.owner.query<Record<string, unknown>>(text)).rows;

  it('Ho Chi Minh City: 697 of 701 traffic cameras, four codes stand twice', async () => {
    const { counts, rows } = await send('cameras', 'cameras_hcmc_traffic.geojson');
    expect(counts).toEqual({ create: 697, update: 0, unchanged: 0, duplicate: 4, refused: 0 });
    expect(rows.filter(({ fate }) => fate === 'duplicate').map(({ key }) => key)).toEqual([
      'TTH 49.10',
      'TTH 29.4',
      'TTH 21.76',
      'TTH 21.72',
    ]);
    expect((await send('cameras', 'cameras_hcmc_traffic.geojson')).counts).toMatchObject({
      unchanged: 697,
      duplicate: 4,
    });
  });

  it('Viet Nam: 34 provinces and 3,321 communes, then the boundaries of Hà Nội find them again', async () => {
    expect((await send('jurisdictions', 'vn_admin_units_2026.json')).counts).toMatchObject({
      create: 3355,
      refused: 0,
    });
    const wards = await send('jurisdictions', 'wards_hanoi_2025_osm.geojson');
    expect(wards.counts).toMatchObject({ create: 0, update: 127, refused: 0 });
    expect(await query('SELECT count(*)::integer AS n FROM jurisdictions WHERE boundary IS NOT NULL')).toEqual([
      { n: 127 },
    ]);
  });

  it('Ho Chi Minh City again: the wards are known now, and 698 rows name theirs', async () => {
    expect((await send('cameras', 'cameras_hcmc_traffic.geojson')).counts).toMatchObject({
      update: 694,
      unchanged: 3,
      duplicate: 4,
    });
    expect(await query("SELECT count(*)::integer AS n FROM cameras WHERE jurisdiction <@ 'vn.p79'")).toEqual([
      { n: 694 },
    ]);
  });

  it('Monaco: 32 cameras of which three have a view, and 17 of them stand within 35 m of a home', async () => {
    expect((await send('cameras', 'cameras_monaco_osm.geojson')).counts).toMatchObject({ create: 32, refused: 0 });
    expect((await send('buildings', 'buildings_monaco_osm.geojson')).counts).toMatchObject({
      create: 1625,
      refused: 0,
    });
    expect(await query('SELECT heading_deg, height_m FROM aims ORDER BY heading_deg')).toEqual([
      { heading_deg: 0, height_m: 4 },
      { heading_deg: 160, height_m: 5 },
      { heading_deg: 240, height_m: 5 },
    ]);
    // The independent count is of buildings that are tagged as residential; unknown ones count as homes on top of these.
    const known = "b.is_home AND b.use <> 'unknown'";
    const near = `SELECT count(*)::integer AS n FROM cameras c WHERE c.code LIKE 'node/%'
      AND EXISTS (SELECT FROM buildings b WHERE ${known} AND ST_DWithin(b.footprint::geography, c.location::geography, 35))`;
    expect(await query(near)).toEqual([{ n: 17 }]);
    expect(await query("SELECT count(*)::integer AS n FROM buildings WHERE use = 'unknown' AND NOT is_home")).toEqual([
      { n: 0 },
    ]);
  });

  it('Dakar: 103 cameras of which only the place is known', async () => {
    const { counts, rows } = await send('cameras', 'cameras_dakar_cc0.geojson', { mode: 'dry-run' });
    expect(counts).toMatchObject({ create: 103, refused: 0 });
    expect(rows[0]!.notes).toContainEqual('status assumed: planned');
  });
});
