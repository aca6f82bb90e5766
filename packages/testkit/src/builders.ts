// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows with sensible values, made by the database's owner: a test names only what it is about.
import { Tx, appendRecord } from '@louver/db';
import { digestOf } from '@louver/ledger';
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { AccountId, AimId, CameraId, MaskSetId, PersonId, Role } from '@louver/contract';

/** A pool or a client of the owner. */
export interface Database {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

export const PASSWORD = 'louver-test-password';
/** argon2id of PASSWORD with the parameters that accounts are made with. */
const PASSWORD_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$5iKVohqZiqXuQ0Q+BweZ1w$WmVauH5XDxiqvVPFVmLZdKnu0IfhSK3q6MuRvBWHy3o';

async function insert<Id extends string>(db: Database, text: string, values: unknown[]): Promise<Id> {
  const { rows } = await db.query(`${text} RETURNING id`, values);
  return String(rows[0]?.id) as Id;
}

/** The place and every place above it. */
export async function aJurisdiction(db: Database, path: string): Promise<string> {
  const labels = path.split('.');
  for (const [i, label] of labels.entries()) {
    const kind = ['country', 'province'][i] ?? 'commune';
    const text = 'INSERT INTO jurisdictions (path, kind, name) VALUES ($1, $2, $3) ON CONFLICT (path) DO NOTHING';
    await db.query(text, [labels.slice(0, i + 1).join('.'), kind, label]);
  }
  return path;
}

export interface GivenAccount {
  role?: Role;
  jurisdictions?: string[];
  name?: string;
  /** Another account of somebody who has one already. */
  personId?: PersonId;
  email?: string;
  disabled?: boolean;
}

/** Its password is PASSWORD. */
export async function anAccount(db: Database, given: GivenAccount = {}) {
  const role = given.role ?? 'operator';
  const personId =
    given.personId ??
    (await insert<PersonId>(db, 'INSERT INTO persons (name) VALUES ($1)', [given.name ?? `Trần Thị ${role}`]));
  const email = given.email ?? `${role}-${randomUUID()}@louver.example`;
  const jurisdictions = given.jurisdictions ?? ['vn'];
  const accountId = await insert<AccountId>(
    db,
    `INSERT INTO accounts (person_id, email, password_hash, role, jurisdictions, disabled_at)
     VALUES ($1, $2, $3, $4, $5::text[]::ltree[], CASE WHEN $6 THEN now() END)`,
    [personId, email, PASSWORD_HASH, role, jurisdictions, given.disabled ?? false],
  );
  return { accountId, personId, email, role, jurisdictions, password: PASSWORD };
}

export interface GivenCamera {
  code?: string;
  name?: string;
  jurisdiction?: string;
  status?: 'planned' | 'live' | 'retired';
  lon?: number;
  lat?: number;
  /** False: nobody said where its stream is. What is sealed opens nothing. */
  stream?: boolean;
  frame?: { width: number; height: number };
  /** By default somebody has said that the numbers of its aim are its own. */
  calibration?: 'measured' | 'stated' | 'assumed';
}

/** A live fixed camera with a stream and one aim, and no masks. */
export async function aCamera(
  db: Database,
  given: GivenCamera = {},
): Promise<{ cameraId: CameraId; aimId: AimId; code: string }> {
  const jurisdiction = await aJurisdiction(db, given.jurisdiction ?? 'vn.p66.hoa_sua');
  const code = given.code ?? `T-${randomUUID().slice(0, 8)}`;
  const [lon, lat] = [given.lon ?? 108.05, given.lat ?? 12.68];
  const cameraId = await insert<CameraId>(
    db,
    `INSERT INTO cameras (code, name, jurisdiction, location, status, mobility)
     VALUES ($1, $2, $3, ST_SetSRID(ST_MakePoint($4, $5), 4326), $6, 'fixed')`,
    [code, given.name ?? `Camera ${code}`, jurisdiction, lon, lat, given.status ?? 'live'],
  );
  const { width, height } = given.frame ?? { width: 1280, height: 720 };
  const aimId = await insert<AimId>(
    db,
    `INSERT INTO aims (camera_id, name, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m, calibration)
     VALUES ($1, 'main', ST_SetSRID(ST_MakePoint($2, $3), 4326), 6, 45, -10, 0, 80, $4, $5, 60, $6)`,
    [cameraId, lon, lat, width, height, given.calibration ?? 'stated'],
  );
  if (given.stream ?? true)
    await db.query('INSERT INTO camera_streams (camera_id, sealed, address_mac) VALUES ($1, $2, $3)', [
      cameraId,
      Buffer.from('sealed'),
      'of no address',
    ]);
  return { cameraId, aimId, code };
}

export interface GivenMaskSet {
  aimId: AimId;
  cameraId: CameraId;
  version?: number;
  state?: 'proposed' | 'approved' | 'active';
  polygons?: [number, number][][];
  frame?: { width: number; height: number };
  author?: { accountId: AccountId };
}

/** Goes through the same steps as a real one, by two people, with the record of the approval. */
export async function aMaskSet(db: Database, given: GivenMaskSet): Promise<{ maskSetId: MaskSetId; version: number }> {
  const author = given.author ?? (await anAccount(db, { role: 'supervisor' }));
  const version = given.version ?? 1;
  const { width, height } = given.frame ?? { width: 1280, height: 720 };
  const polygons = given.polygons ?? [
    [
      [0.1, 0.1],
      [0.4, 0.1],
      [0.4, 0.5],
      [0.1, 0.5],
    ],
  ];
  const digest = digestOf({ aimId: given.aimId, frame: { width, height }, polygons });
  const maskSetId = await insert<MaskSetId>(
    db,
    `INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, author_id)
     VALUES ($1, $2, $3, 'proposed', $4::jsonb, $5, $6, $7, 'windows of a house', $8)`,
    [given.aimId, given.cameraId, version, JSON.stringify(polygons), width, height, digest, author.accountId],
  );
  const state = given.state ?? 'active';
  if (state === 'proposed') return { maskSetId, version };
  const reviewer = await anAccount(db, { role: 'reviewer' });
  // Before the set is approved: at no moment is there an approved one that nobody approved.
  await recordApproval(db, { ...given, maskSetId, version, digest, reviewer: reviewer.accountId });
  await db.query(
    "UPDATE mask_sets SET state = 'approved', decided_by = $2, decided_at = now(), decision_note = 'seen' WHERE id = $1",
    [maskSetId, reviewer.accountId],
  );
  if (state === 'active') {
    await db.query("UPDATE mask_sets SET state = 'retired' WHERE aim_id = $1 AND state = 'active'", [given.aimId]);
    await db.query("UPDATE mask_sets SET state = 'active', activated_at = now() WHERE id = $1", [maskSetId]);
  }
  return { maskSetId, version };
}

interface Approval {
  maskSetId: MaskSetId;
  cameraId: CameraId;
  aimId: AimId;
  version: number;
  digest: string;
  reviewer: AccountId;
}

/** What a reviewer's yes leaves in the access record. */
export async function recordApproval(db: Database, given: Approval): Promise<void> {
  const { maskSetId, cameraId, aimId, version, digest, reviewer } = given;
  const { rows } = await db.query('SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = $1', [cameraId]);
  // Statements of one line each: a pool does as well as a client.
  await appendRecord(new Tx(db as unknown as PoolClient), {
    action: 'mask.approve',
    actor: { accountId: reviewer, role: 'reviewer' },
    subject: maskSetId,
    cameraId,
    jurisdiction: String(rows[0]?.['jurisdiction']),
    detail: { aimId, version, digest, note: 'seen', superseded: [] },
  });
}
