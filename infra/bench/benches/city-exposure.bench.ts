// SPDX-License-Identifier: AGPL-3.0-or-later
// A city is measured by the real worker, jobs, queue and database included: three districts, each twice as large as the last.
// What an aim costs must not grow with the city.
import type { Bench, BenchContext } from '../bench.ts';
import { type Installation, inInstallation, until } from '../installation.ts';

const BUILDINGS_AN_AIM = 5;
const COUNTRY = 100_000;
const GROWTH = 1.3;
const WITHIN_MS = 15 * 60_000;

/** A district of its own: blocks of five houses around one camera each, a block every 60 metres, `north` degrees up. */
async function plantDistrict(at: Installation, aims: number, north: number): Promise<void> {
  const across = Math.ceil(Math.sqrt(aims));
  const values = [aims, across, north];
  const place = `108 + (i % $2) * 0.00055 AS lon, $3::float8 + (i / $2) * 0.00055 AS lat`;
  await at.owner.query(
    `INSERT INTO buildings (source_id, use, is_home, height_m, footprint)
     SELECT 'city-' || $3 || '-' || i || '-' || k, 'house', true, 4 + (i + k) % 9,
            ST_Multi(ST_MakeEnvelope(lon + dx, lat + dy, lon + dx + 0.00008, lat + dy + 0.0001, 4326))
     FROM (SELECT i, ${place} FROM generate_series(0, $1::integer - 1) AS i) block,
          LATERAL (SELECT k, 0.0002 * sin(k * 1.256) AS dx, 0.0002 * cos(k * 1.256) AS dy FROM generate_series(0, ${BUILDINGS_AN_AIM - 1}) AS k) house`,
    values,
  );
  await at.owner.query(
    `WITH made AS (
       INSERT INTO cameras (code, name, jurisdiction, location, status, mobility)
       SELECT 'CITY-' || $3 || '-' || i, 'Camera ' || i, 'vn.p66.hoa_sua', ST_SetSRID(ST_Point(lon, lat), 4326), 'planned', 'fixed'
       FROM (SELECT i, ${place} FROM generate_series(0, $1::integer - 1) AS i) block
       RETURNING id, location)
     INSERT INTO aims (camera_id, name, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m, calibration)
     SELECT id, 'main', location, 5, (row_number() OVER ()) * 37 % 360, -15, 0, 80, 1920, 1080, 50, 'stated' FROM made`,
    values,
  );
}

async function measureDistrict({ say }: BenchContext, at: Installation, aims: number, north: number): Promise<number> {
  say(`${aims} aims and ${aims * BUILDINGS_AN_AIM} buildings`);
  await plantDistrict(at, aims, north);
  const started = performance.now();
  await until('every aim is measured', WITHIN_MS, async () => {
    const { rows } = await at.owner.query<{ left: number }>('SELECT count(*)::integer AS left FROM exposure_work');
    if (rows[0]?.left === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return false;
  });
  return (performance.now() - started) / aims;
}

export const bench: Bench = async (context) =>
  inInstallation(context, async (at) => {
    await at.owner.query(
      "INSERT INTO jurisdictions (path, name, kind) VALUES ('vn.p66.hoa_sua', 'Hoa Sữa', 'commune') ON CONFLICT DO NOTHING",
    );
    await at.startWorker();
    const sizes = context.quick ? [100, 200, 400] : [1000, 2000, 4000];
    // The first aims start processes and compile the code.
    await measureDistrict(context, at, 50, 20);
    const costs: number[] = [];
    for (const [i, aims] of sizes.entries()) costs.push(await measureDistrict(context, at, aims, 10 + i));
    const [small = 0, , large = 0] = costs;
    const note = sizes.map((aims, i) => `${aims} aims: ${costs[i]?.toFixed(1)} ms each`).join(', ');
    return [
      {
        what: `Cost of an aim in a city of ${sizes[2]} aims over one of ${sizes[0]}`,
        measured: Math.round((large / small) * 100) / 100,
        unit: 'ratio',
        budget: GROWTH,
        samples: sizes.length,
        note,
      },
      {
        what: `${COUNTRY.toLocaleString('en')} aims and ${(COUNTRY * BUILDINGS_AN_AIM).toLocaleString('en')} buildings at that rate`,
        measured: Math.round((large * COUNTRY) / 60_000),
        unit: 'min',
        samples: sizes[2]!,
      },
    ];
  });
