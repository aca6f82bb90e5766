// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomFillSync } from 'node:crypto';
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
  const [receipt] = await appendRecords(tx, [record]);
  return Receipt.parse(receipt);
}

/** A record with the bytes that are hashed. */
export interface EncodedRecord {
  readonly record: NewRecord;
  readonly at: string;
  readonly entry: Buffer;
  readonly digest: string;
}

const SALT_BYTES = 16;
/** Random bytes are cheap by the page and dear by the piece. */
const salts = { pool: Buffer.alloc(256 * SALT_BYTES), used: 256 * SALT_BYTES };

function nextSalt(): string {
  if (salts.used === salts.pool.length) {
    randomFillSync(salts.pool);
    salts.used = 0;
  }
  const salt = salts.pool.toString('base64', salts.used, salts.used + SALT_BYTES);
  salts.used += SALT_BYTES;
  return salt;
}

/** @throws EntryTooLarge above 65,535 bytes */
export function encodeRecord(record: NewRecord): EncodedRecord {
  const at = new Date().toISOString();
  const facts = {
    at,
    action: record.action,
    actor: record.actor?.accountId ?? null,
    role: record.actor?.role ?? null,
    subject: record.subject,
    camera: record.cameraId ?? null,
    jurisdiction: record.jurisdiction ?? null,
    purpose: record.purpose ?? null,
    caseReference: record.caseReference ?? null,
    detail: record.detail ?? {},
  };
  const entry = encodeEntry(facts, nextSalt());
  return { record, at, entry, digest: leafHash(entry).toString('hex') };
}

/**
 * Appends many in one statement, in their order: about as fast as COPY, which gives no receipts.
 * @returns a receipt for each, in the same order
 * @throws EntryTooLarge above 65,535 bytes
 */
export const appendRecords = async (tx: Tx, records: readonly NewRecord[]): Promise<Receipt[]> =>
  appendEncoded(tx, records.map(encodeRecord));

export async function appendEncoded(tx: Tx, encoded: readonly EncodedRecord[]): Promise<Receipt[]> {
  if (encoded.length === 0) return [];
  /** Of our own making, hence without anything that an array's text would have to escape. */
  const plain = (value: (encoded: EncodedRecord) => string) => `{${encoded.map(value).join(',')}}`;
  const column = (value: (encoded: EncodedRecord) => string | null) => encoded.map(value);
  // The rows are not parsed: they are many, and the digests tell whether each receipt is that of its record.
  const receipts = await tx.rows<Receipt>(sql`
    INSERT INTO records (at, action, account_id, role, subject, camera_id, jurisdiction, purpose, case_reference, detail, entry, digest)
    SELECT * FROM unnest(
      ${plain(({ at }) => at)}::timestamptz[],
      ${column(({ record }) => record.action)}::text[],
      ${column(({ record }) => record.actor?.accountId ?? null)}::uuid[],
      ${column(({ record }) => record.actor?.role ?? null)}::text[],
      ${column(({ record }) => record.subject)}::text[],
      ${column(({ record }) => record.cameraId ?? null)}::uuid[],
      ${column(({ record }) => record.jurisdiction ?? null)}::ltree[],
      ${column(({ record }) => record.purpose ?? null)}::text[],
      ${column(({ record }) => record.caseReference ?? null)}::text[],
      ${column(({ record }) => JSON.stringify(record.detail ?? {}))}::jsonb[],
      ${plain(({ entry }) => `\\\\x${entry.toString('hex')}`)}::bytea[],
      ${plain(({ digest }) => digest)}::text[]
    )
    RETURNING seq, digest
  `);
  const stray = receipts.findIndex(({ digest }, i) => digest !== encoded[i]?.digest);
  if (stray >= 0 || receipts.length !== encoded.length) throw new Error(`record ${stray} was stored in another order`);
  return receipts;
}
