// SPDX-License-Identifier: AGPL-3.0-or-later
// What is written into a case.
import {
  CameraId,
  ComplaintId,
  ComplaintKind,
  JurisdictionPath,
  type AccountId,
  type ComplaintEventKind,
  type ComplaintForm,
  type ComplaintOutcome,
  type ComplaintProcedure,
  type LonLat,
  type PaperDraft,
} from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';
import type { Paper } from './paper.ts';
import type { CheckedPhoto } from './photos.ts';

/** From here on this transaction sees the case of the code, if there is one. */
export const showCaseOf = (tx: Tx, codeMac: Buffer) =>
  tx.run(sql`SELECT set_config('louver.case_mac', ${codeMac.toString('hex')}, true)`);

export const PartyRow = z.object({
  partyId: z.uuid(),
  complaintId: ComplaintId,
  label: z.number(),
  role: z.enum(['complainant', 'affected']),
  named: z.boolean(),
  language: z.enum(['vi', 'en']),
  text: z.string(),
  joinedAt: z.string(),
  leftAt: z.string().nullable(),
});
export type PartyRow = z.infer<typeof PartyRow>;

const partyColumns = sql`
  id AS "partyId", complaint_id AS "complaintId", label, role, named, language, text, joined_at AS "joinedAt", left_at AS "leftAt"
`;

export const findPartyByCode = (tx: Tx, codeMac: Buffer) =>
  tx.maybeOne(PartyRow, sql`SELECT ${partyColumns} FROM complaint_parties WHERE code_mac = ${codeMac}`);

export const findParties = (tx: Tx, complaintId: ComplaintId) =>
  tx.many(
    PartyRow,
    sql`SELECT ${partyColumns} FROM complaint_parties WHERE complaint_id = ${complaintId} ORDER BY label`,
  );

export const findTarget = (tx: Tx, cameraId: CameraId | undefined, place: LonLat | undefined) =>
  tx.one(
    z.object({ cameraFound: z.boolean(), jurisdiction: JurisdictionPath.nullable(), homeId: z.uuid().nullable() }),
    sql`
      SELECT camera_found AS "cameraFound", jurisdiction::text AS jurisdiction, home_id AS "homeId"
      FROM complaint_target(${cameraId ?? null}, ${place?.lon ?? null}, ${place?.lat ?? null})
    `,
  );

export const findNear = (
  tx: Tx,
  kind: ComplaintKind,
  cameraId: CameraId | undefined,
  place: LonLat | undefined,
  metres: number,
) =>
  tx.many(
    z.object({
      reference: z.string(),
      kind: ComplaintKind,
      filedAt: z.string(),
      sameCamera: z.boolean(),
      affected: z.number(),
    }),
    sql`
      SELECT reference, kind, filed_at AS "filedAt", same_camera AS "sameCamera", affected
      FROM complaints_near(${kind}, ${cameraId ?? null}, ${place?.lon ?? null}, ${place?.lat ?? null}, ${metres})
    `,
  );

export const findJoinable = (tx: Tx, reference: string) =>
  tx.maybeOne(
    z.object({
      complaintId: ComplaintId,
      kind: ComplaintKind,
      jurisdiction: JurisdictionPath,
      cameraId: CameraId.nullable(),
    }),
    sql`
      SELECT id AS "complaintId", kind, jurisdiction::text AS jurisdiction, camera_id AS "cameraId" FROM complaint_to_join(${reference})
    `,
  );

export interface NewComplaint {
  complaintId: ComplaintId;
  kind: ComplaintKind;
  form: ComplaintForm;
  procedure: ComplaintProcedure;
  rules: string;
  jurisdiction: JurisdictionPath;
  cameraId: CameraId | undefined;
  place: LonLat | undefined;
  homeId: string | null;
  request: string | null;
  source: 'page' | 'open311';
  at: Date;
}

export const insertComplaint = (tx: Tx, given: NewComplaint) =>
  tx.run(sql`
    INSERT INTO complaints (id, kind, form, procedure, rules, jurisdiction, camera_id, place, home_id, request, source, filed_at)
    VALUES (${given.complaintId}, ${given.kind}, ${given.form}, ${given.procedure}, ${given.rules}, ${given.jurisdiction}::ltree,
            ${given.cameraId ?? null},
            CASE WHEN ${given.place !== undefined} THEN ST_SetSRID(ST_MakePoint(${given.place?.lon ?? null}, ${given.place?.lat ?? null}), 4326) END,
            ${given.homeId}, ${given.request}, ${given.source}, ${given.at})
  `);

export const findReference = async (tx: Tx, complaintId: ComplaintId) =>
  (await tx.one(z.object({ reference: z.string() }), sql`SELECT reference FROM complaints WHERE id = ${complaintId}`))
    .reference;

interface NewParty {
  partyId: string;
  complaintId: ComplaintId;
  named: boolean;
  language: 'vi' | 'en';
  text: string;
  codeMac: Buffer;
  formMac: Buffer;
  at: Date;
}

/** @returns false when the form or the code is there already */
export const insertParty = async (tx: Tx, given: NewParty) =>
  (await tx.run(sql`
    INSERT INTO complaint_parties (id, complaint_id, named, language, text, code_mac, form_mac, joined_at)
    VALUES (${given.partyId}, ${given.complaintId}, ${given.named}, ${given.language}, ${given.text}, ${given.codeMac}, ${given.formMac}, ${given.at})
    ON CONFLICT DO NOTHING
  `)) > 0;

export const insertIdentity = (tx: Tx, partyId: string, sealed: Buffer) =>
  tx.run(sql`INSERT INTO complaint_identities (party_id, sealed) VALUES (${partyId}, ${sealed})`);

/** Visible only in a transaction that has written why (`identified`). */
export const findIdentity = (tx: Tx, partyId: string) =>
  tx.maybeOne(
    z.object({ sealed: z.instanceof(Buffer) }),
    sql`SELECT sealed FROM complaint_identities WHERE party_id = ${partyId}`,
  );

export interface NewEvent {
  complaintId: ComplaintId;
  kind: ComplaintEventKind;
  at: Date;
  accountId?: AccountId;
  partyId?: string;
  paperId?: string;
  reason?: string | undefined;
  outcome?: ComplaintOutcome;
  amount?: number | undefined;
  forwardedTo?: JurisdictionPath;
}

export const insertEvent = (tx: Tx, given: NewEvent) =>
  tx.run(sql`
    INSERT INTO complaint_events (complaint_id, kind, at, account_id, party_id, paper_id, reason, outcome, amount, forwarded_to)
    VALUES (${given.complaintId}, ${given.kind}, ${given.at}, ${given.accountId ?? null}, ${given.partyId ?? null}, ${given.paperId ?? null},
            ${given.reason ?? null}, ${given.outcome ?? null}, ${given.amount ?? null}, ${given.forwardedTo ?? null}::ltree)
  `);

export const insertPaper = async (
  tx: Tx,
  complaintId: ComplaintId,
  draft: PaperDraft,
  title: string,
  paper: Paper,
  at: Date,
) =>
  (
    await tx.one(
      z.object({ id: z.uuid() }),
      sql`
        INSERT INTO complaint_papers (complaint_id, number, title, pdf, sha256, made_at)
        VALUES (${complaintId}, ${draft.number}, ${title}, ${paper.pdf}, ${paper.sha256}, ${at}) RETURNING id
      `,
    )
  ).id;

interface NewPhoto {
  photoId: string;
  complaintId: ComplaintId;
  partyId: string;
  photo: CheckedPhoto;
  sealed: Buffer;
  at: Date;
}

export const insertPhoto = (tx: Tx, { photoId, complaintId, partyId, photo, sealed, at }: NewPhoto) =>
  tx.run(sql`
    INSERT INTO complaint_photos (id, complaint_id, party_id, media_type, bytes, sha256, sealed, picture, width, height, added_at)
    VALUES (${photoId}, ${complaintId}, ${partyId}, ${photo.mediaType}, ${photo.original.length}, ${photo.sha256}, ${sealed}, ${photo.picture},
            ${photo.width}, ${photo.height}, ${at})
  `);

export const countPhotosOf = async (tx: Tx, partyId: string) =>
  (
    await tx.one(
      z.object({ n: z.number() }),
      sql`SELECT count(*)::integer AS n FROM complaint_photos WHERE party_id = ${partyId}`,
    )
  ).n;

export interface NewMessage {
  complaintId: ComplaintId;
  partyId: string | null;
  accountId: AccountId | null;
  text: string;
  at: Date;
}

export const insertMessage = (tx: Tx, { complaintId, partyId, accountId, text, at }: NewMessage) =>
  tx.run(sql`
    INSERT INTO complaint_messages (complaint_id, party_id, account_id, text, at)
    VALUES (${complaintId}, ${partyId}, ${accountId}, ${text}, ${at})
  `);

export const leaveCase = (tx: Tx, partyId: string, at: Date) =>
  tx.run(sql`UPDATE complaint_parties SET left_at = ${at} WHERE id = ${partyId} AND left_at IS NULL`);

export const readFigures = (tx: Tx) =>
  tx.one(
    z.object({
      figures: z.object({
        filed: z.number(),
        open: z.number(),
        byStage: z.record(z.string(), z.number()),
        missed: z.object({ total: z.number(), byClock: z.record(z.string(), z.number()) }),
      }),
    }),
    sql`SELECT complaint_figures() AS figures`,
  );
