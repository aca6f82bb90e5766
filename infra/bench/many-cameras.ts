// SPDX-License-Identifier: AGPL-3.0-or-later
// 100,000 cameras as a country has them: dense in cities, in rows along streets, a few along the roads between.
import { demoCity } from '@louver/camsim';
import type { Pool } from '@louver/db';

export const COUNT = 100_000;
const BATCH = 5_000;

interface Town {
  readonly path: string;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  /** Of all cameras. */
  readonly share: number;
  /** Degrees in which two thirds of them lie. */
  readonly size: number;
}

/** Where the demo city's streets and buildings are as well: what is moved over them is moved over a drawn map. */
export const HOME: Town = { path: 'vn.p66', name: 'Đắk Lắk', lon: 108.05, lat: 12.68, share: 0.09, size: 0.018 };

const TOWNS: readonly Town[] = [
  HOME,
  { path: 'vn.p01', name: 'Hà Nội', lon: 105.852, lat: 21.028, share: 0.24, size: 0.07 },
  { path: 'vn.p79', name: 'Thành phố Hồ Chí Minh', lon: 106.7, lat: 10.776, share: 0.3, size: 0.08 },
  { path: 'vn.p31', name: 'Hải Phòng', lon: 106.683, lat: 20.865, share: 0.08, size: 0.04 },
  { path: 'vn.p48', name: 'Đà Nẵng', lon: 108.202, lat: 16.054, share: 0.09, size: 0.04 },
  { path: 'vn.p46', name: 'Huế', lon: 107.585, lat: 16.463, share: 0.04, size: 0.025 },
  { path: 'vn.p56', name: 'Khánh Hòa', lon: 109.19, lat: 12.245, share: 0.05, size: 0.025 },
  { path: 'vn.p92', name: 'Cần Thơ', lon: 105.77, lat: 10.034, share: 0.06, size: 0.035 },
  { path: 'vn.p38', name: 'Thanh Hóa', lon: 105.776, lat: 19.807, share: 0.05, size: 0.03 },
];
const WARDS = 12;

/** The same cameras in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Row {
  readonly code: string;
  readonly name: string;
  readonly jurisdiction: string;
  readonly lon: number;
  readonly lat: number;
  readonly heading: number;
  readonly status: string;
  readonly mobility: string;
  readonly streams: boolean;
}

function* rows(): Generator<Row> {
  const random = seeded(20_261_121);
  const bell = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let number = 0;
  for (const town of TOWNS) {
    const count = town === TOWNS.at(-1) ? COUNT - number : Math.round(COUNT * town.share);
    let street = { lon: 0, lat: 0, heading: 0, left: 0 };
    for (let i = 0; i < count; i++) {
      if (street.left === 0) {
        const [lon, lat] = [town.lon + bell() * town.size, town.lat + bell() * town.size];
        street = { lon, lat, heading: random() * 360, left: 5 + Math.floor(random() * 20) };
      }
      street.left--;
      const step = (0.0004 + random() * 0.0004) * (street.left + 1);
      const along = (street.heading * Math.PI) / 180;
      number++;
      const roll = random();
      yield {
        code: `N-${String(number).padStart(6, '0')}`,
        name: `${town.name} ${Math.ceil(number / 12)}, cột ${(number % 12) + 1}`,
        jurisdiction: `${town.path}.w${Math.floor(random() * WARDS)}`,
        lon: street.lon + Math.sin(along) * step,
        lat: street.lat + Math.cos(along) * step,
        heading: (street.heading + (random() < 0.5 ? 90 : 270) + bell() * 20 + 720) % 360,
        status: roll < 0.9 ? 'live' : roll < 0.97 ? 'planned' : 'retired',
        mobility: random() < 0.75 ? 'fixed' : random() < 0.6 ? 'ptz' : 'dome',
        streams: roll < 0.6,
      };
    }
  }
}

async function insert(owner: Pool, batch: readonly Row[]): Promise<void> {
  await owner.query(
    `WITH given AS (
       SELECT gen_random_uuid() AS id, * FROM jsonb_to_recordset($1::jsonb)
         AS r(code text, name text, jurisdiction text, lon float8, lat float8, heading float8, status text, mobility text, streams boolean)
     ), made AS (
       INSERT INTO cameras (id, code, name, jurisdiction, location, status, mobility, host_premises, operator)
       SELECT id, code, name, jurisdiction::ltree, ST_SetSRID(ST_Point(lon, lat), 4326), status, mobility, 'public-pole', 'Công an phường'
       FROM given RETURNING id
     ), aimed AS (
       INSERT INTO aims (camera_id, name, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m, calibration)
       SELECT given.id, 'main', ST_SetSRID(ST_Point(lon, lat), 4326), 6, heading, -12, 0, 75, 1920, 1080, 60, 'stated'
       FROM given JOIN made USING (id)
     ), streaming AS (
       INSERT INTO camera_streams (camera_id, sealed, address_mac) SELECT given.id, 'sealed', 'none' FROM given JOIN made USING (id) WHERE streams
     )
     INSERT INTO camera_health (camera_id, state)
     SELECT given.id, CASE WHEN random() < 0.9 THEN 'reachable' ELSE 'unreachable' END
     FROM given JOIN made USING (id) WHERE streams`,
    [JSON.stringify(batch)],
  );
}

/** Places, cameras, and the demo city's ground. Inserted, not imported: how fast an import is is another question. */
export async function plantCameras(owner: Pool, say: (text: string) => void): Promise<void> {
  const places = [{ path: 'vn', kind: 'country', name: 'Việt Nam' }];
  for (const { path, name } of TOWNS) {
    places.push({ path, kind: 'province', name });
    for (let i = 0; i < WARDS; i++) places.push({ path: `${path}.w${i}`, kind: 'commune', name: `Phường ${i + 1}` });
  }
  for (const { path, kind, name } of places)
    await owner.query('INSERT INTO jurisdictions (path, kind, name) VALUES ($1, $2, $3)', [path, kind, name]);
  let batch: Row[] = [];
  let done = 0;
  for (const row of rows()) {
    batch.push(row);
    if (batch.length < BATCH && done + batch.length < COUNT) continue;
    await insert(owner, batch);
    done += batch.length;
    batch = [];
    if (done % (BATCH * 5) === 0) say(`${done.toLocaleString('en')} cameras`);
  }
  await plantGround(owner);
  await owner.query('VACUUM ANALYZE');
}

async function plantGround(owner: Pool): Promise<void> {
  const { buildings, streets, areas } = demoCity();
  const each = async (text: string, items: readonly unknown[]) => owner.query(text, [JSON.stringify(items)]);
  await each(
    `INSERT INTO buildings (source_id, use, is_home, height_m, footprint)
     SELECT id, 'residential', true, 8, ST_Multi(ST_GeomFromGeoJSON(shape::text))
     FROM jsonb_to_recordset($1::jsonb) AS r(id text, shape jsonb)`,
    buildings.map(({ id, footprint }) => ({ id, shape: footprint })),
  );
  await each(
    `INSERT INTO streets (source_id, name, class, line) SELECT id, name, class, ST_Multi(ST_GeomFromGeoJSON(shape::text))
     FROM jsonb_to_recordset($1::jsonb) AS r(id text, name text, class text, shape jsonb)`,
    streets.map(({ id, name, class: kind, line }) => ({ id, name, class: kind, shape: line })),
  );
  await each(
    `INSERT INTO areas (source_id, kind, name, outline) SELECT id, kind, name, ST_Multi(ST_GeomFromGeoJSON(shape::text))
     FROM jsonb_to_recordset($1::jsonb) AS r(id text, kind text, name text, shape jsonb)`,
    areas.map(({ id, kind, name, polygon }) => ({ id, kind, name, shape: polygon })),
  );
}
