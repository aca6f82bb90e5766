// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomBytes, randomUUID } from 'node:crypto';
import { CameraId, ComplaintId, JurisdictionPath } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

export const countComplaints = async (tx: Tx) =>
  (await tx.one(z.object({ n: z.number() }), sql`SELECT count(*)::integer AS n FROM complaints`)).n;

/** Live cameras with the home that is nearest to each, always the same ones. */
export const findSpots = (tx: Tx, limit: number) =>
  tx.many(
    z.object({
      cameraId: CameraId,
      jurisdiction: JurisdictionPath,
      lon: z.number(),
      lat: z.number(),
      homeId: z.uuid(),
    }),
    sql`
      SELECT c.id AS "cameraId", c.jurisdiction::text AS jurisdiction, ST_X(ST_PointOnSurface(b.footprint)) AS lon,
             ST_Y(ST_PointOnSurface(b.footprint)) AS lat, b.id AS "homeId"
      FROM cameras c
      CROSS JOIN LATERAL (SELECT id, footprint FROM buildings WHERE is_home ORDER BY footprint <-> c.location LIMIT 1) b
      WHERE c.status = 'live' ORDER BY c.code LIMIT ${limit}
    `,
  );

export const findOfficer = (tx: Tx, email: string) =>
  tx.one(z.object({ id: z.uuid() }), sql`SELECT id FROM accounts WHERE email = ${email}`);

export interface DemoComplaint {
  spot: Awaited<ReturnType<typeof findSpots>>[number];
  kind: string;
  named: boolean;
  procedure: string;
  rules: string;
  text: string;
  at: Date;
}

/** Nobody holds its code: it was never made. What is sealed of the complainant is nothing at all. */
export async function insertDemoComplaint(tx: Tx, { spot, kind, named, procedure, rules, text, at }: DemoComplaint) {
  const [id, partyId] = [ComplaintId.parse(randomUUID()), randomUUID()];
  await tx.run(sql`
    INSERT INTO complaints (id, kind, form, procedure, rules, jurisdiction, camera_id, place, home_id, source, filed_at)
    VALUES (${id}, ${kind}, ${named ? 'named' : 'anonymous'}, ${procedure}, ${rules}, ${spot.jurisdiction}::ltree, ${spot.cameraId},
            ST_SetSRID(ST_MakePoint(${spot.lon}, ${spot.lat}), 4326), ${kind === 'faces-home' ? spot.homeId : null}, 'page', ${at})
  `);
  await tx.run(sql`
    INSERT INTO complaint_parties (id, complaint_id, named, language, text, code_mac, form_mac, joined_at)
    VALUES (${partyId}, ${id}, ${named}, 'vi', ${text}, ${randomBytes(32)}, ${randomBytes(32)}, ${at})
  `);
  return { id, partyId };
}

export interface DemoEvent {
  kind: string;
  at: Date;
  accountId?: string;
  partyId?: string;
  paperId?: string;
  reason?: string | undefined;
  outcome?: string | undefined;
}

export const insertDemoEvent = (tx: Tx, complaintId: ComplaintId, event: DemoEvent) =>
  tx.run(sql`
    INSERT INTO complaint_events (complaint_id, kind, at, account_id, party_id, paper_id, reason, outcome)
    VALUES (${complaintId}, ${event.kind}, ${event.at}, ${event.accountId ?? null}, ${event.partyId ?? null}, ${event.paperId ?? null},
            ${event.reason ?? null}, ${event.outcome ?? null})
  `);

export const insertDemoPaper = async (
  tx: Tx,
  complaintId: ComplaintId,
  number: string,
  title: string,
  pdf: Buffer,
  at: Date,
) =>
  (
    await tx.one(
      z.object({ id: z.uuid() }),
      sql`
        INSERT INTO complaint_papers (complaint_id, number, title, pdf, sha256, made_at)
        VALUES (${complaintId}, ${number}, ${title}, ${pdf}, encode(sha256(${pdf}), 'hex'), ${at}) RETURNING id
      `,
    )
  ).id;
