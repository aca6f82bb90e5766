// SPDX-License-Identifier: AGPL-3.0-or-later
// Measurements and findings as the worker leaves them, with what a test is about.
import type { AimId, CameraId, ExposureRunId, FindingId, FlaggedHome, MaskSetId } from '@louver/contract';
import { digestOf } from '@louver/ledger';
import type { Database } from '@louver/testkit';
import { randomUUID } from 'node:crypto';

const SQUARE = [
  [0.5, 0.5],
  [0.9, 0.5],
  [0.9, 0.9],
];
const FRAME = { width: 1280, height: 720 };
const LEVELS = ['none', 'detect', 'observe', 'recognise', 'identify'];

interface Aim {
  aimId: AimId;
  cameraId: CameraId;
}

async function idOf<Id>(db: Database, text: string, values: unknown[]): Promise<Id> {
  return (await db.query(`${text} RETURNING id`, values)).rows[0]!.id as Id;
}

export const aBuilding = (db: Database, name = 'Nhà số 7'): Promise<string> =>
  idOf(
    db,
    `INSERT INTO buildings (source_id, use, is_home, name, height_m, footprint)
     VALUES ($1, 'house', true, $2, 7, ST_Multi(ST_MakeEnvelope(108.0501, 12.6801, 108.0502, 12.6802, 4326)))`,
    [`t/${randomUUID()}`, name],
  );

export const aHome = (given: Partial<FlaggedHome> = {}): FlaggedHome => ({
  buildingId: randomUUID(),
  frameShare: 0.1,
  pixelsPerMetre: 140,
  dori: 'recognise',
  distanceMetres: 9.5,
  facadeMetres: 9,
  breaches: ['dori', 'frame-share', 'facade'],
  coveredShare: 0,
  ...given,
});

export async function aRun(
  db: Database,
  { aimId, cameraId, range = 60 }: Aim & { range?: number },
  homes: readonly FlaggedHome[],
): Promise<ExposureRunId> {
  const aim = {
    ...{ position: { lon: 108.05, lat: 12.68, height: 6 }, heading: 45, tilt: -10, roll: 0, hfov: 80 },
    ...{ image: FRAME, range },
  };
  const around = { count: homes.length, digest: digestOf(homes.map(({ buildingId }) => buildingId)) };
  const inputs = { aim, buildings: around, policyVersion: 1, algorithm: 'sightline/2' };
  await db.query('UPDATE exposure_runs SET superseded_at = now() WHERE aim_id = $1 AND superseded_at IS NULL', [aimId]);
  const runId = await idOf<ExposureRunId>(
    db,
    `INSERT INTO exposure_runs (aim_id, camera_id, inputs_digest, inputs, aim_digest, policy_version, viewshed)
     VALUES ($1, $2, $3, $4, $5, 1, ST_Multi(ST_MakeEnvelope(108.05, 12.68, 108.0501, 12.6801, 4326)))`,
    [aimId, cameraId, digestOf(inputs), JSON.stringify(inputs), digestOf(aim)],
  );
  for (const [place, home] of homes.entries())
    await db.query(
      `INSERT INTO exposures (run_id, building_id, place, frame_share, pixels_per_metre, dori, distance_metres, facade_metres, breaches)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING run_id AS id`,
      [
        runId,
        home.buildingId,
        place + 1,
        home.frameShare,
        home.pixelsPerMetre,
        home.dori,
        home.distanceMetres,
        home.facadeMetres,
        home.breaches,
      ],
    );
  return runId;
}

interface GivenFinding extends Aim {
  homes?: FlaggedHome[];
  /** The approved set that the proposal extends: then it lies over the picture. */
  over?: MaskSetId;
  due?: string;
}

export async function aFinding(db: Database, given: GivenFinding) {
  const { aimId, cameraId, over, homes = [aHome()] } = given;
  const runId = await aRun(db, given, homes);
  const base = over
    ? ((await db.query('SELECT polygons FROM mask_sets WHERE id = $1', [over])).rows[0]!.polygons as number[][][])
    : [];
  const polygons = [...base, SQUARE];
  const maskSetId = await idOf<MaskSetId>(
    db,
    `INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, origin, run_id,
                            extends_id, enforced_at)
     VALUES ($1, $2, (SELECT coalesce(max(version), 0) + 1 FROM mask_sets WHERE aim_id = $1), 'proposed', $3, 1280, 720, $4,
             'from geometry', 'geometry', $5, $6, CASE WHEN $6::uuid IS NOT NULL THEN now() END)`,
    [aimId, cameraId, JSON.stringify(polygons), digestOf({ aimId, frame: FRAME, polygons }), runId, over ?? null],
  );
  const findingId = await idOf<FindingId>(
    db,
    `INSERT INTO findings (aim_id, camera_id, aim_digest, policy_version, run_id, homes, worst_dori, worst_share, mask_set_id, due_at)
     SELECT $1, $2, aim_digest, 1, id, $4, $5, $6, $7, now() + $8::interval FROM exposure_runs WHERE id = $3`,
    [
      ...[
        aimId,
        cameraId,
        runId,
        JSON.stringify(homes),
        LEVELS.indexOf(homes[0]!.dori),
        homes[0]!.frameShare,
        maskSetId,
      ],
      given.due ?? '72 hours',
    ],
  );
  return { findingId, maskSetId, runId };
}
