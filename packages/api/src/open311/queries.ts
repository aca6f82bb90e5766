// SPDX-License-Identifier: AGPL-3.0-or-later
import { type AccountId, CameraId, ComplaintKind, ComplaintStage, Open311Key } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

const keyColumns = sql`
  id, label, created_at AS "createdAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"
`;

export const listKeys = (tx: Tx) =>
  tx.many(Open311Key, sql`SELECT ${keyColumns} FROM open311_keys ORDER BY created_at DESC, id`);

export const insertKey = (tx: Tx, label: string, sha256: Buffer, accountId: AccountId) =>
  tx.one(
    Open311Key,
    sql`INSERT INTO open311_keys (label, key_sha256, account_id) VALUES (${label}, ${sha256}, ${accountId}) RETURNING ${keyColumns}`,
  );

export const revokeKey = (tx: Tx, id: string) =>
  tx.maybeOne(
    Open311Key,
    sql`UPDATE open311_keys SET revoked_at = now() WHERE id = ${id} AND revoked_at IS NULL RETURNING ${keyColumns}`,
  );

/** Undefined for a key that was never issued, or was revoked. */
export const useKey = (tx: Tx, sha256: Buffer) =>
  tx.maybeOne(
    z.object({ id: z.uuid() }),
    sql`UPDATE open311_keys SET last_used_at = now() WHERE key_sha256 = ${sha256} AND revoked_at IS NULL RETURNING id`,
  );

export const findShownCamera = (tx: Tx, code: string) =>
  tx.maybeOne(z.object({ id: CameraId }), sql`SELECT id FROM public_cameras WHERE code = ${code}`);

export const hasJurisdiction = async (tx: Tx, path: string) =>
  (await tx.maybeOne(
    z.object({ path: z.string() }),
    sql`SELECT path::text FROM jurisdictions WHERE path::text = ${path}`,
  )) !== undefined;

export const RequestRow = z.object({
  reference: z.string(),
  kind: ComplaintKind,
  agency: z.string(),
  filedAt: z.string(),
  updatedAt: z.string(),
  stage: ComplaintStage,
  isOver: z.boolean(),
  nextDue: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
});
export type RequestRow = z.infer<typeof RequestRow>;

const requestColumns = sql`
  reference, kind, agency, filed_at AS "filedAt", updated_at AS "updatedAt", stage, is_over AS "isOver", next_due::text AS "nextDue", lon, lat
`;

export const findRequests = (tx: Tx, references: readonly string[]) =>
  tx.many(
    RequestRow,
    sql`SELECT ${requestColumns} FROM open311_requests WHERE reference = ANY(${[...references]}::text[]) ORDER BY filed_at DESC, reference`,
  );

export interface RequestFilter {
  kinds: readonly string[];
  from: Date;
  to: Date;
  open: boolean | undefined;
  jurisdiction: string | undefined;
  limit: number;
  offset: number;
}

export const listRequests = (tx: Tx, { kinds, from, to, open, jurisdiction, limit, offset }: RequestFilter) =>
  tx.many(
    RequestRow,
    sql`
      SELECT ${requestColumns} FROM open311_requests
      WHERE kind = ANY(${[...kinds]}::text[]) AND filed_at BETWEEN ${from} AND ${to}
        AND (${open ?? null}::boolean IS NULL OR is_over = NOT ${open ?? null}::boolean)
        AND (${jurisdiction ?? null}::text IS NULL OR jurisdiction <@ ${jurisdiction ?? 'none'}::ltree)
      ORDER BY filed_at DESC, reference LIMIT ${limit} OFFSET ${offset}
    `,
  );
