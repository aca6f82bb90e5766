// SPDX-License-Identifier: AGPL-3.0-or-later
import { sql } from '@louver/db';
import type { ClientBase } from 'pg';
import type { SweptRow } from './sweep/compare.ts';

export interface LogState {
  readonly term: number;
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
  readonly checkpoint: string | null;
  readonly sealedAt: string | null;
}

/** A record as it is sealed. Rows are not parsed by a schema: this is the hot path, and every entry is hashed anyway. */
export interface StoredRecord {
  readonly seq: string;
  readonly entry: Buffer;
  /** The leaf hash that whoever wrote it has stored, 64 hex digits. */
  readonly digest: string;
}

const stateColumns = sql`term::float8, size::float8, root, checkpoint, sealed_at::text AS "sealedAt"`;

export const findState = async (client: ClientBase): Promise<LogState> =>
  (await client.query<LogState>(sql`SELECT ${stateColumns} FROM log_state`)).rows[0]!;

/** The one lock of sealing: whoever holds it is the only one who may sign, as long as the term is its own. */
export const lockState = async (client: ClientBase): Promise<LogState> =>
  (await client.query<LogState>(sql`SELECT ${stateColumns} FROM log_state FOR UPDATE`)).rows[0]!;

export const takeTerm = async (client: ClientBase): Promise<void> => {
  await client.query(sql`UPDATE log_state SET term = term + 1`);
};

/** What a snapshot of the database does not show yet: transactions from `xmax` on, and those under way. */
export interface Snapshot {
  readonly xmax: string;
  readonly underWay: readonly string[];
}

/**
 * Committed records that are no leaves yet, in their order, and the snapshot that shows them. With `seen` only those which
 * that snapshot did not show: whoever has sealed all of it never looks at them again, however long other transactions take.
 * At most `count` of them, and only those behind `after`.
 */
export async function findUnsealed(
  client: ClientBase,
  seen: Snapshot | undefined,
  after: string | undefined,
  count: number,
): Promise<{ seqs: string[]; snapshot: Snapshot; state: LogState }> {
  // Bounded above as well: records of a database that was dumped and loaded have numbers of transactions yet to come.
  const unseen = seen
    ? sql`(xact >= ${seen.xmax}::xid8 AND xact < pg_snapshot_xmax(pg_current_snapshot())
           OR xact = ANY(${seen.underWay}::xid8[]))`
    : sql`true`;
  const { rows } = await client.query<LogState & { snapshot: string; seqs: string | null }>(sql`
    SELECT ${stateColumns}, pg_current_snapshot()::text AS snapshot,
           (SELECT string_agg(seq::text, ',' ORDER BY seq) FROM (
              SELECT seq FROM records
              WHERE ${unseen} AND ${after === undefined ? sql`true` : sql`seq > ${after}`}
                AND NOT EXISTS (SELECT FROM record_leaves WHERE record_seq = seq)
              ORDER BY seq LIMIT ${count}
            ) AS unsealed) AS seqs
    FROM log_state
  `);
  const { snapshot, seqs, ...state } = rows[0]!;
  const [, xmax, underWay] = snapshot.split(':') as [string, string, string];
  return {
    seqs: seqs ? seqs.split(',') : [],
    snapshot: { xmax, underWay: underWay ? underWay.split(',') : [] },
    state,
  };
}

/** Numbers only: the driver would look at each for signs to escape. */
const bigints = (seqs: readonly string[]): string => `{${seqs.join(',')}}`;

/** Those of the records that are there, in the order of their numbers. */
export const findRecords = async (client: ClientBase, seqs: readonly string[]): Promise<StoredRecord[]> =>
  (
    await client.query<StoredRecord>(
      sql`SELECT seq, entry, digest FROM records WHERE seq = ANY(${bigints(seqs)}::bigint[]) ORDER BY seq`,
    )
  ).rows;

/** Leaves and the state that they lead to, in one statement. */
export async function insertLeaves(
  client: ClientBase,
  from: number,
  seqs: readonly string[],
  after: { size: number; root: string; checkpoint: string },
): Promise<void> {
  await client.query(sql`
    WITH leaves AS (
      INSERT INTO record_leaves (leaf_index, record_seq)
      SELECT ${from}::bigint + place - 1, seq FROM unnest(${bigints(seqs)}::bigint[]) WITH ORDINALITY AS sealed (seq, place)
    )
    UPDATE log_state
    SET size = ${after.size}, root = ${after.root}, checkpoint = ${after.checkpoint}, sealed_at = clock_timestamp()
  `);
}

export const storeCheckpoint = async (client: ClientBase, checkpoint: string): Promise<void> => {
  await client.query(
    sql`UPDATE log_state SET checkpoint = ${checkpoint}, sealed_at = coalesce(sealed_at, clock_timestamp())`,
  );
};

/** Leaves from `from` up to `to`, with their records. */
export const findLeaves = async (
  client: ClientBase,
  from: number,
  to: number,
): Promise<(StoredRecord & { leafIndex: number })[]> =>
  (
    await client.query<StoredRecord & { leafIndex: number }>(sql`
      SELECT leaf_index::float8 AS "leafIndex", seq, entry, digest
      FROM record_leaves JOIN records ON seq = record_seq
      WHERE leaf_index >= ${from} AND leaf_index < ${to}
      ORDER BY leaf_index
    `)
  ).rows;

/** No column of a true record is longer: what an owner of the database makes of one must not fill the memory. */
const MAX_TEXT = sql`140000`;

/** Leaves from `from` up to `to` with all that is readable of their records, also where there is none. */
export const findSwept = async (client: ClientBase, from: number, to: number): Promise<SweptRow[]> =>
  (
    await client.query<SweptRow>(sql`
      SELECT leaf_index::float8 AS "leafIndex", record_seq AS seq, seq IS NOT NULL AS "isThere",
             CASE WHEN octet_length(entry) <= 65535 THEN entry END AS entry, left(digest, ${MAX_TEXT}) AS digest,
             extract(epoch FROM at)::text AS at, left(action, ${MAX_TEXT}) AS action, account_id::text,
             left(role, ${MAX_TEXT}) AS role, left(subject, ${MAX_TEXT}) AS subject, camera_id::text,
             left(jurisdiction::text, ${MAX_TEXT}) AS jurisdiction, left(purpose, ${MAX_TEXT}) AS purpose,
             left(case_reference, ${MAX_TEXT}) AS case_reference, left(detail::text, ${MAX_TEXT}) AS detail
      FROM record_leaves LEFT JOIN records ON seq = record_seq
      WHERE leaf_index >= ${from} AND leaf_index < ${to}
      ORDER BY leaf_index
    `)
  ).rows;

export const findNewestSeq = async (client: ClientBase): Promise<string | null> =>
  (await client.query<{ seq: string | null }>(sql`SELECT max(seq) AS seq FROM records`)).rows[0]!.seq;

/**
 * Of the next records behind `after` those that are no leaf of the tree of this size.
 * @returns null for `upTo` when there are no more records
 */
export async function findUnleafed(
  client: ClientBase,
  after: string | null,
  count: number,
  size: number,
): Promise<{ upTo: string | null; seqs: string[] }> {
  const { rows } = await client.query<{ upTo: string | null; seqs: string | null }>(sql`
    WITH page AS (
      SELECT seq FROM records WHERE ${after}::bigint IS NULL OR seq > ${after}::bigint ORDER BY seq LIMIT ${count}
    )
    SELECT max(seq)::text AS "upTo",
           string_agg(seq::text, ',' ORDER BY seq) FILTER (
             WHERE NOT EXISTS (SELECT FROM record_leaves WHERE record_seq = seq AND leaf_index < ${size})
           ) AS seqs
    FROM page
  `);
  const { upTo, seqs } = rows[0]!;
  return { upTo, seqs: seqs ? seqs.split(',') : [] };
}

/** Those of the records that are there and still no leaf of the tree of this size. */
export const findStillUnleafed = async (client: ClientBase, seqs: readonly string[], size: number): Promise<string[]> =>
  (
    await client.query<{ seq: string }>(sql`
      SELECT seq FROM records
      WHERE seq = ANY(${bigints(seqs)}::bigint[])
        AND NOT EXISTS (SELECT FROM record_leaves WHERE record_seq = seq AND leaf_index < ${size})
      ORDER BY seq
    `)
  ).rows.map(({ seq }) => seq);
