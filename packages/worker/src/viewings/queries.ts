// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  AccountId,
  type Action,
  CameraId,
  JurisdictionPath,
  Role,
  type TicketClaims,
  type ViewingEnd,
  ViewingId,
} from '@louver/contract';
import { appendRecord, emitAfterCommit, sql, type Tx } from '@louver/db';
import { z } from 'zod';

/**
 * Marks a viewing as begun. Undefined when it was closed, was begun before, or is not what the ticket states: then nothing
 * may be shown, whatever the ticket's signature says.
 */
export const beginViewing = (tx: Tx, { viewingId, cameraId, accountId, kind, seq }: TicketClaims) =>
  tx.maybeOne(
    z.object({ jurisdiction: JurisdictionPath }),
    sql`
      UPDATE viewings SET started_at = now()
      WHERE id = ${viewingId} AND camera_id = ${cameraId} AND account_id = ${accountId} AND kind = ${kind}
        AND record_seq = ${seq} AND started_at IS NULL AND closed_at IS NULL AND ends_at > now()
      RETURNING jurisdiction::text AS jurisdiction
    `,
  );

export const tellViewingChanged = (tx: Tx, viewingId: ViewingId, jurisdiction: JurisdictionPath) =>
  emitAfterCommit(tx, 'viewing.changed', { viewingId, jurisdiction });

export interface Closing {
  readonly viewingId: ViewingId;
  readonly end: ViewingEnd;
  readonly seconds: number;
  readonly frames: number;
}

/** Closes a viewing and records it, both or neither. False when somebody else has closed it. */
export async function closeViewing(tx: Tx, { viewingId, end, seconds, frames }: Closing): Promise<boolean> {
  const closed = await tx.maybeOne(
    z.object({
      cameraId: CameraId,
      accountId: AccountId,
      role: Role,
      jurisdiction: JurisdictionPath,
      purpose: z.string(),
      caseReference: z.string().nullable(),
    }),
    sql`
      UPDATE viewings
      SET closed_at = now(), end_reason = ${end}, seconds_delivered = ${seconds}, frames_delivered = ${frames}
      WHERE id = ${viewingId} AND closed_at IS NULL
      RETURNING camera_id AS "cameraId", account_id AS "accountId", role, jurisdiction::text AS jurisdiction, purpose,
                case_reference AS "caseReference"
    `,
  );
  if (!closed) return false;
  const { cameraId, accountId, role, jurisdiction, purpose, caseReference } = closed;
  await appendRecord(tx, {
    action: 'viewing.close',
    actor: { accountId, role },
    subject: viewingId,
    cameraId,
    jurisdiction,
    purpose,
    caseReference,
    detail: { end, seconds: Math.round(seconds * 1000) / 1000, frames },
  });
  await tellViewingChanged(tx, viewingId, jurisdiction);
  return true;
}

export interface Refusal {
  readonly slug: string;
  readonly cameraId: CameraId | null;
  /** Of a genuine ticket only: what a forged one says about persons is not written down. */
  readonly claims: TicketClaims | undefined;
  readonly count: number;
}

export async function recordRefusal(tx: Tx, { slug, cameraId, claims, count }: Refusal): Promise<void> {
  const account = claims
    ? await tx.maybeOne(z.object({ role: Role }), sql`SELECT role FROM accounts WHERE id = ${claims.accountId}`)
    : undefined;
  const camera = cameraId
    ? await tx.maybeOne(
        z.object({ jurisdiction: JurisdictionPath }),
        sql`SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = ${cameraId}`,
      )
    : undefined;
  const action: Action = 'viewing.refuse';
  await appendRecord(tx, {
    action,
    actor: claims && account ? { accountId: claims.accountId, role: account.role } : null,
    subject: claims?.viewingId ?? 'ticket',
    cameraId: camera ? cameraId : null,
    jurisdiction: camera?.jurisdiction ?? null,
    detail: { problem: slug, count },
  });
}

/** Of these viewings those whose picture must stop: closed by somebody else, or of an account that was disabled. */
export const findOver = (tx: Tx, viewingIds: readonly ViewingId[]) =>
  tx.many(
    z.object({ viewingId: ViewingId }),
    sql`
      SELECT viewings.id AS "viewingId" FROM viewings JOIN accounts ON accounts.id = viewings.account_id
      WHERE viewings.id = ANY(${[...viewingIds]}::uuid[])
        AND (viewings.closed_at IS NOT NULL OR accounts.disabled_at IS NOT NULL)
    `,
  );

/** Whether somebody holds a ticket for this camera that he may still begin to use. */
export const findAwaited = (tx: Tx, cameraIds: readonly CameraId[]) =>
  tx.many(
    z.object({ cameraId: CameraId }),
    sql`
      SELECT DISTINCT camera_id AS "cameraId" FROM viewings
      WHERE camera_id = ANY(${[...cameraIds]}::uuid[]) AND closed_at IS NULL AND started_at IS NULL AND start_before > now()
    `,
  );

/** Tickets that ran out, with a moment for what is on its way. */
export const findNeverStarted = (tx: Tx) =>
  tx.many(
    z.object({ viewingId: ViewingId }),
    sql`
      SELECT id AS "viewingId" FROM viewings
      WHERE closed_at IS NULL AND started_at IS NULL AND start_before < now() - interval '5 seconds'
      ORDER BY start_before LIMIT 1000
    `,
  );

export const findUnderWay = (tx: Tx) =>
  tx.many(
    z.object({ viewingId: ViewingId, startedAt: z.string() }),
    sql`
      SELECT id AS "viewingId", started_at AS "startedAt" FROM viewings
      WHERE closed_at IS NULL AND started_at < now() - interval '10 seconds'
      ORDER BY started_at LIMIT 5000
    `,
  );
