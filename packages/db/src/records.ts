// SPDX-License-Identifier: AGPL-3.0-or-later
import { encodeEntry, leafHash, type Json } from '@louver/ledger';
import type { Action, CameraId, Role } from '@louver/contract';
import { Receipt } from '@louver/contract';
import sql from 'sql-template-tag';
import type { Tx } from './transaction.ts';

/** What is about to stand in the access record. */
export interface NewRecord {
  action: Action;
  actor: { accountId: string; role: Role } | null;
  subject: string;
  cameraId?: CameraId | null;
  jurisdiction?: string | null;
  purpose?: string | null;
  caseReference?: string | null;
  /** Small facts and digests, never names. */
  detail?: { readonly [key: string]: Json };
}

/**
 * Appends to the access record in the transaction of what it records: neither can be without the other.
 * @throws EntryTooLarge above 65,535 bytes
 */
export async function appendRecord(tx: Tx, record: NewRecord): Promise<Receipt> {
  const at = new Date().toISOString();
  const detail = record.detail ?? {};
  const entry = encodeEntry({
    at,
    action: record.action,
    actor: record.actor?.accountId ?? null,
    role: record.actor?.role ?? null,
    subject: record.subject,
    camera: record.cameraId ?? null,
    jurisdiction: record.jurisdiction ?? null,
    purpose: record.purpose ?? null,
    caseReference: record.caseReference ?? null,
    detail,
  });
  const digest = leafHash(entry).toString('hex');
  return tx.one(
    Receipt,
    sql`
      INSERT INTO records (at, action, account_id, role, subject, camera_id, jurisdiction, purpose, case_reference, detail, entry, digest)
      VALUES (${at}, ${record.action}, ${record.actor?.accountId ?? null}, ${record.actor?.role ?? null}, ${record.subject},
              ${record.cameraId ?? null}, ${record.jurisdiction ?? null}::ltree, ${record.purpose ?? null}, ${record.caseReference ?? null},
              ${JSON.stringify(detail)}::jsonb, ${entry}, ${digest})
      RETURNING seq, digest
    `,
  );
}
