// SPDX-License-Identifier: AGPL-3.0-or-later
// What is read of a case. Row-level security decides whose cases these are.
import {
  AccountId,
  CameraId,
  CaseMeasurement,
  ComplaintEventKind,
  ComplaintForm,
  ComplaintId,
  ComplaintKind,
  ComplaintLevel,
  ComplaintOutcome,
  ComplaintProcedure,
  FixedMeasurement,
  JurisdictionPath,
  PersonId,
} from '@louver/contract';
import { sql, type Sql, type Tx } from '@louver/db';
import { z } from 'zod';

const Place = z.object({ path: JurisdictionPath, name: z.string(), nameEn: z.string().nullable() });
const Camera = z.object({ id: CameraId, code: z.string(), name: z.string() });

export const CaseRow = z.object({
  complaintId: ComplaintId,
  reference: z.string(),
  kind: ComplaintKind,
  form: ComplaintForm,
  procedure: ComplaintProcedure,
  rules: z.string(),
  filedAt: z.string(),
  jurisdiction: Place,
  handler: Place.nullable(),
  level: ComplaintLevel,
  affected: z.number(),
  cameraId: CameraId.nullable(),
  camera: Camera.nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  homeId: z.uuid().nullable(),
  nextDue: z.string().nullable(),
  lateSince: z.string().nullable(),
  events: z.array(z.unknown()),
  /** Of a decision that promises something, and whether it was kept. */
  promised: z.boolean(),
  kept: z.boolean(),
});
export type CaseRow = z.infer<typeof CaseRow>;

const place = (alias: Sql) =>
  sql`jsonb_build_object('path', ${alias}.path::text, 'name', ${alias}.name, 'nameEn', ${alias}.name_en)`;

/** `shownOnly`: a citizen is told no camera that the register does not show. */
const caseColumns = sql`
  c.id AS "complaintId", c.reference, c.kind, c.form, c.procedure, c.rules, c.filed_at AS "filedAt",
  ${place(sql`j`)} AS jurisdiction, CASE WHEN h.path IS NOT NULL THEN ${place(sql`h`)} END AS handler, s.level,
  (SELECT count(*)::integer FROM complaint_parties p WHERE p.complaint_id = c.id AND p.left_at IS NULL) AS affected,
  c.camera_id AS "cameraId", ST_X(c.place) AS lon, ST_Y(c.place) AS lat, c.home_id AS "homeId", s.next_due::text AS "nextDue",
  s.late_since::text AS "lateSince",
  (SELECT events FROM complaint_histories history WHERE history.complaint_id = c.id) AS events,
  EXISTS (SELECT FROM complaint_events e WHERE e.complaint_id = c.id AND e.outcome IN ('founded', 'partly-founded')) AS promised,
  EXISTS (SELECT FROM complaint_events e WHERE e.complaint_id = c.id AND (e.kind = 'fixed' OR e.outcome = 'fixed')) AS kept
`;
const caseTables = sql`
  complaints c JOIN complaint_standings s ON s.complaint_id = c.id JOIN jurisdictions j ON j.path = c.jurisdiction
  LEFT JOIN jurisdictions h ON h.path = s.handler
`;
const ofDesk = sql`CASE WHEN k.id IS NOT NULL THEN jsonb_build_object('id', k.id, 'code', k.code, 'name', k.name) END AS camera`;

/** For the desk: the camera as far as the actor may see it. */
export const findCase = (tx: Tx, complaintId: ComplaintId) =>
  tx.maybeOne(
    CaseRow,
    sql`SELECT ${caseColumns}, ${ofDesk} FROM ${caseTables} LEFT JOIN cameras k ON k.id = c.camera_id WHERE c.id = ${complaintId}`,
  );

/** For a citizen: a camera that is counted and not shown stays unnamed. */
export const findCaseOfCitizen = (tx: Tx, complaintId: ComplaintId) =>
  tx.maybeOne(
    CaseRow,
    sql`SELECT ${caseColumns}, ${ofDesk} FROM ${caseTables} LEFT JOIN public_cameras k ON k.id = c.camera_id WHERE c.id = ${complaintId}`,
  );

export interface DeskFilter {
  where: Sql[];
  after: { late: string | null; due: string | null; id: string } | undefined;
  limit: number;
}

/** What has been late longest comes first, then what is due next; what has no date comes last. */
export const listCases = (tx: Tx, { where, after, limit }: DeskFilter) => {
  const due = sql`coalesce(s.next_due, 'infinity'::date)`;
  const late = sql`coalesce(s.late_since, 'infinity'::date)`;
  const conditions = [...where];
  if (after)
    conditions.push(sql`
      (${late}, ${due}, c.id) >
      (coalesce(${after.late}::date, 'infinity'::date), coalesce(${after.due}::date, 'infinity'::date), ${after.id}::uuid)`);
  const filter = conditions.reduce((all, next) => sql`${all} AND ${next}`, sql`true`);
  return tx.many(
    CaseRow,
    sql`
      SELECT ${caseColumns}, ${ofDesk} FROM ${caseTables} LEFT JOIN cameras k ON k.id = c.camera_id
      WHERE ${filter} ORDER BY ${late}, ${due}, c.id LIMIT ${limit}
    `,
  );
};

export const EventRow = z.object({
  kind: ComplaintEventKind,
  at: z.string(),
  noticedAt: z.string(),
  level: ComplaintLevel,
  body: Place.nullable(),
  reason: z.string().nullable(),
  outcome: ComplaintOutcome.nullable(),
  clock: z.string().nullable(),
  due: z.string().nullable(),
  consequences: z.array(z.string()).nullable(),
  paper: z
    .object({ id: z.uuid(), number: z.string(), title: z.string(), sha256: z.string(), at: z.string() })
    .nullable(),
  by: z.object({ id: AccountId, name: z.string().nullable() }).nullable(),
  personId: PersonId.nullable(),
  partyId: z.uuid().nullable(),
  measured: z.array(FixedMeasurement.extend({ cameraCode: z.string(), shown: z.boolean() })).nullable(),
});
export type EventRow = z.infer<typeof EventRow>;

export const findEvents = (tx: Tx, complaintId: ComplaintId) =>
  tx.many(
    EventRow,
    sql`
      SELECT e.kind, e.at, e.noticed_at AS "noticedAt", e.level, e.reason, e.outcome, e.clock, e.due::text AS due, e.consequences,
             CASE WHEN j.path IS NOT NULL THEN ${place(sql`j`)} END AS body,
             CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'number', p.number, 'title', p.title, 'sha256', p.sha256,
               'at', to_char(p.made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS paper,
             CASE WHEN e.account_id IS NOT NULL THEN jsonb_build_object('id', e.account_id, 'name', persons.name) END AS by,
             e.person_id AS "personId", e.party_id AS "partyId", e.measured
      FROM complaint_events e
      LEFT JOIN jurisdictions j ON j.path = e.body
      LEFT JOIN complaint_papers p ON p.id = e.paper_id
      LEFT JOIN persons ON persons.id = e.person_id
      WHERE e.complaint_id = ${complaintId} ORDER BY e.at, e.seq
    `,
  );

const MessageRow = z.object({
  id: z.uuid(),
  partyId: z.uuid().nullable(),
  party: z.number().nullable(),
  by: z.object({ id: AccountId, name: z.string().nullable() }).nullable(),
  text: z.string(),
  at: z.string(),
});

export const findMessages = (tx: Tx, complaintId: ComplaintId) =>
  tx.many(
    MessageRow,
    sql`
      SELECT m.id, m.party_id AS "partyId", p.label AS party, m.text, m.at,
             CASE WHEN m.account_id IS NOT NULL THEN jsonb_build_object('id', m.account_id, 'name', persons.name) END AS by
      FROM complaint_messages m
      LEFT JOIN complaint_parties p ON p.id = m.party_id
      LEFT JOIN accounts ON accounts.id = m.account_id
      LEFT JOIN persons ON persons.id = accounts.person_id
      WHERE m.complaint_id = ${complaintId} ORDER BY m.at, m.id
    `,
  );

export const findPhotos = (tx: Tx, complaintId: ComplaintId) =>
  tx.many(
    z.object({
      id: z.uuid(),
      partyId: z.uuid(),
      party: z.number(),
      width: z.number(),
      height: z.number(),
      at: z.string(),
    }),
    sql`
      SELECT f.id, f.party_id AS "partyId", p.label AS party, f.width, f.height, f.added_at AS at
      FROM complaint_photos f JOIN complaint_parties p ON p.id = f.party_id
      WHERE f.complaint_id = ${complaintId} ORDER BY f.added_at, f.id
    `,
  );

/** What people see of a photo, or a paper. */
export const findFile = (tx: Tx, complaintId: ComplaintId, fileId: string) =>
  tx.maybeOne(
    z.object({ mediaType: z.string(), bytes: z.instanceof(Buffer) }),
    sql`
      SELECT 'image/webp' AS "mediaType", picture AS bytes FROM complaint_photos WHERE id = ${fileId} AND complaint_id = ${complaintId}
      UNION ALL
      SELECT 'application/pdf', pdf FROM complaint_papers WHERE id = ${fileId} AND complaint_id = ${complaintId}
    `,
  );

/** By an address with a signature of ours: whoever follows it has no scope and no code. */
export const findFileGivenOut = (tx: Tx, { complaintId, fileId }: { complaintId: string; fileId: string }) =>
  tx.maybeOne(
    z.object({ mediaType: z.string(), bytes: z.instanceof(Buffer) }),
    sql`SELECT media_type AS "mediaType", bytes FROM complaint_file_given_out(${complaintId}, ${fileId})`,
  );

export const findOriginal = (tx: Tx, complaintId: ComplaintId, photoId: string) =>
  tx.maybeOne(
    z.object({ mediaType: z.string(), sha256: z.string(), sealed: z.instanceof(Buffer) }),
    sql`
      SELECT media_type AS "mediaType", sha256, sealed FROM complaint_photos WHERE id = ${photoId} AND complaint_id = ${complaintId}
    `,
  );

export const findMeasurements = (tx: Tx, { homeId, cameraId, filedAt }: CaseRow) =>
  tx.many(
    CaseMeasurement,
    sql`
      SELECT camera_id AS "cameraId", camera_code AS "cameraCode", measured_at AS "measuredAt", dori, frame_share AS "frameShare",
             distance_metres AS "distanceMetres", breaches, home_is_covered(${homeId}, aim_id, ${filedAt}) AS covered
      FROM home_sights(${homeId}, ${cameraId}) WHERE run_id IS NOT NULL
    `,
  );

export const findHome = (tx: Tx, complaintId: ComplaintId) =>
  tx.one(
    z.object({
      home: z.object({ buildingId: z.uuid(), name: z.string().nullable(), use: z.string().nullable() }).nullable(),
      basis: z.array(CaseMeasurement.omit({ covered: true })),
      fixedRefused: z.enum(['still-seen', 'not-measured']).nullable(),
    }),
    sql`
      SELECT CASE WHEN c.home_id IS NOT NULL THEN jsonb_build_object('buildingId', c.home_id, 'name', b.name, 'use', b.use) END AS home,
             c.basis, fixed_refused(c.id) AS "fixedRefused"
      FROM complaints c LEFT JOIN buildings b ON b.id = c.home_id WHERE c.id = ${complaintId}
    `,
  );

export const jurisdictionExists = async (tx: Tx, path: JurisdictionPath) =>
  (await tx.maybeOne(
    z.object({ path: z.string() }),
    sql`SELECT path::text FROM jurisdictions WHERE path = ${path}::ltree`,
  )) !== undefined;

/** Kept of what the search needs, since only queries know columns. */
export const deskConditions = {
  stage: (stages: readonly string[]) => sql`s.stage = ANY(${[...stages]}::text[])`,
  kind: (kinds: readonly string[]) => sql`c.kind = ANY(${[...kinds]}::text[])`,
  level: (levels: readonly string[]) => sql`s.level = ANY(${[...levels]}::text[])`,
  jurisdiction: (path: string) => sql`(c.jurisdiction <@ ${path}::ltree OR s.handler <@ ${path}::ltree)`,
  open: (open: boolean) => sql`s.is_over = ${!open}`,
  late: (late: boolean) =>
    sql`EXISTS (SELECT FROM complaint_events e WHERE e.complaint_id = c.id AND e.kind = 'lapsed' AND 'counted-as-missed' = ANY (e.consequences)) = ${late}`,
  cameraId: (id: string) => sql`c.camera_id = ${id}`,
  q: (text: string) =>
    sql`(c.reference ILIKE ${`%${text.replaceAll(/[%_\\]/g, '\\$&')}%`} OR j.name ILIKE ${`%${text.replaceAll(/[%_\\]/g, '\\$&')}%`})`,
} as const;
