// SPDX-License-Identifier: AGPL-3.0-or-later
import { RecordEntry, Viewing, type routes } from '@louver/contract';
import { empty, join, sql, type Sql, type Tx } from '@louver/db';
import { z } from 'zod';
import { instantOf, microsecondsOf } from '../http/cursor.ts';

type ViewingQuery = z.output<typeof routes.listViewings.query>;
type RecordQuery = z.output<typeof routes.listRecords.query>;

const where = (conditions: Sql[]): Sql => (conditions.length === 0 ? empty : sql`WHERE ${join(conditions, ' AND ')}`);

/** Text that somebody searches for, with the signs of LIKE taken literally. */
const containing = (text: string): Sql =>
  sql`'%' || search_text(${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}) || '%'`;

/**
 * Newest first. A camera that went over to another jurisdiction is hidden from this auditor, the looks at it are not: such a
 * one is called by its id. `before` is the place of the last row of the page before: its instant in microseconds, and its id.
 */
export function listViewings(tx: Tx, query: ViewingQuery, before: readonly [string, string] | undefined) {
  const { camera, person, account, q, from, to, limit } = query;
  const wanted: Sql[] = [];
  if (camera) wanted.push(sql`viewings.camera_id = ${camera}`);
  if (person) wanted.push(sql`viewings.person_id = ${person}`);
  if (account) wanted.push(sql`viewings.account_id = ${account}`);
  if (from) wanted.push(sql`viewings.opened_at >= ${from}`);
  if (to) wanted.push(sql`viewings.opened_at < ${to}`);
  if (before) wanted.push(sql`(viewings.opened_at, viewings.id) < (${instantOf(before[0])}, ${before[1]}::uuid)`);
  if (q)
    wanted.push(sql`(
      cameras.search LIKE ${containing(q)}
      OR search_text(persons.name, viewings.purpose, viewings.case_reference) LIKE ${containing(q)}
    )`);
  return tx.many(
    Viewing.extend({ place: z.string() }),
    sql`
      SELECT viewings.id, viewings.kind, viewings.purpose, viewings.case_reference AS "caseReference",
             json_build_object('id', viewings.camera_id, 'code', coalesce(cameras.code, viewings.camera_id::text),
                               'name', coalesce(cameras.name, '')) AS camera,
             json_build_object('id', viewings.account_id, 'name', persons.name, 'role', viewings.role) AS account,
             viewings.person_id AS person, viewings.opened_at AS "openedAt", viewings.started_at AS "startedAt",
             viewings.closed_at AS "closedAt", viewings.end_reason AS end,
             viewings.seconds_delivered AS "secondsDelivered", viewings.frames_delivered AS "framesDelivered",
             json_build_object('seq', viewings.record_seq::text, 'digest', records.digest) AS receipt,
             ${microsecondsOf(sql`viewings.opened_at`)} AS place
      FROM viewings
      LEFT JOIN cameras ON cameras.id = viewings.camera_id
      JOIN persons ON persons.id = viewings.person_id
      JOIN records ON records.seq = viewings.record_seq
      ${where(wanted)}
      ORDER BY viewings.opened_at DESC, viewings.id DESC
      LIMIT ${limit}
    `,
  );
}

/** Newest first. A camera that this auditor may not see, or that never was, is left out of its entry. */
export function listRecords(tx: Tx, query: RecordQuery, before: string | undefined) {
  const { action, subject, camera, account, from, to, limit } = query;
  const wanted: Sql[] = [];
  if (action) wanted.push(sql`records.action = ANY (${action}::text[])`);
  if (subject) wanted.push(sql`records.subject = ${subject}`);
  if (camera) wanted.push(sql`records.camera_id = ${camera}`);
  if (account) wanted.push(sql`records.account_id = ${account}`);
  if (from) wanted.push(sql`records.at >= ${from}`);
  if (to) wanted.push(sql`records.at < ${to}`);
  if (before) wanted.push(sql`records.seq < ${before}::bigint`);
  return tx.many(
    RecordEntry,
    sql`
      SELECT records.seq::text AS seq, records.at, records.action,
             json_build_object('id', records.account_id, 'name', persons.name, 'role', records.role) AS actor,
             records.subject, records.jurisdiction::text AS jurisdiction, records.purpose,
             CASE WHEN cameras.id IS NOT NULL THEN json_build_object('id', cameras.id, 'code', cameras.code) END AS camera,
             records.case_reference AS "caseReference", records.detail, records.digest
      FROM records
      LEFT JOIN accounts ON accounts.id = records.account_id
      LEFT JOIN persons ON persons.id = accounts.person_id
      LEFT JOIN cameras ON cameras.id = records.camera_id
      ${where(wanted)}
      ORDER BY records.seq DESC
      LIMIT ${limit}
    `,
  );
}
