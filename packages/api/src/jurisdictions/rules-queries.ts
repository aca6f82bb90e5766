// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  AccountId,
  type AccountId as Account,
  type JurisdictionPath,
  type JurisdictionRulesDraft,
} from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

const stated = {
  remote: z.boolean().nullable(),
  noticeDays: z.number().nullable(),
  commentDays: z.number().nullable(),
};

export const placeExists = async (tx: Tx, path: JurisdictionPath) =>
  (await tx.maybeOne(
    z.object({ path: z.string() }),
    sql`SELECT path::text FROM jurisdictions WHERE path = ${path}::ltree`,
  )) !== undefined;

export const rulesInForce = (tx: Tx, path: JurisdictionPath) =>
  tx.one(
    z.object({ remote: z.boolean(), noticeDays: z.number(), commentDays: z.number() }),
    sql`SELECT remote, notice_days AS "noticeDays", comment_days AS "commentDays" FROM rules_of(${path}::ltree)`,
  );

/** What was stated for this place itself, newest first. */
export const rulesStated = (tx: Tx, path: JurisdictionPath) =>
  tx.many(
    z.object({
      ...stated,
      reason: z.string(),
      since: z.string(),
      by: z.object({ id: AccountId, name: z.string().nullable() }),
    }),
    sql`
      SELECT r.remote, r.notice_days AS "noticeDays", r.comment_days AS "commentDays", r.reason, r.since,
             jsonb_build_object('id', r.account_id, 'name', persons.name) AS by
      FROM jurisdiction_rules r
      JOIN accounts ON accounts.id = r.account_id
      LEFT JOIN persons ON persons.id = accounts.person_id
      WHERE r.jurisdiction = ${path}::ltree ORDER BY r.id DESC
    `,
  );

export const insertRules = (tx: Tx, path: JurisdictionPath, accountId: Account, draft: JurisdictionRulesDraft) =>
  tx.run(sql`
    INSERT INTO jurisdiction_rules (jurisdiction, remote, notice_days, comment_days, reason, account_id)
    VALUES (${path}::ltree, ${draft.remote}, ${draft.noticeDays}, ${draft.commentDays}, ${draft.reason}, ${accountId})
  `);
