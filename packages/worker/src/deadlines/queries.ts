// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, ComplaintId, JurisdictionPath } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

/** Open cases that nobody has looked at on this day of the law's zone, longest waiting first. */
export const findUnlooked = (tx: Tx, today: string, limit: number) =>
  tx.many(
    z.object({ complaintId: ComplaintId }),
    sql`
      SELECT complaint_id AS "complaintId" FROM complaint_standings
      WHERE NOT is_over AND computed_for IS DISTINCT FROM ${today}::date
      ORDER BY computed_for NULLS FIRST, next_due NULLS LAST, complaint_id LIMIT ${limit}
    `,
  );

/** Held until the end of the transaction: the API may be writing an event of the same case. */
export const lockCase = (tx: Tx, complaintId: ComplaintId) =>
  tx.one(
    z.object({
      complaintId: ComplaintId,
      reference: z.string(),
      kind: z.string(),
      jurisdiction: JurisdictionPath,
      cameraId: CameraId.nullable(),
    }),
    sql`
      SELECT c.id AS "complaintId", c.reference, c.kind, c.jurisdiction::text AS jurisdiction, c.camera_id AS "cameraId"
      FROM complaints c JOIN complaint_standings s ON s.complaint_id = c.id WHERE c.id = ${complaintId} FOR UPDATE OF s
    `,
  );
