// SPDX-License-Identifier: AGPL-3.0-or-later
// Entries of the record, counted under one checkpoint. An entry belongs to the month of its time, a date that was missed to the
// first day after it. One that reached the log after its month's report is counted in the next: no entry is counted twice, and
// none gets out of the count by being late.
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';
import { ZONE } from './months.ts';

export interface Window {
  readonly from: Date;
  /** Not included. */
  readonly until: Date;
  /** Leaves of the tree from here on are not counted. */
  readonly size: number;
  /** Older entries below this leaf were counted in earlier reports. */
  readonly countedBefore: number;
}

/** A finding about a home has no kind in records of its end. */
const Tallied = z.object({
  action: z.string(),
  clock: z.string().nullable(),
  jurisdiction: z.string().nullable(),
  entries: z.number().int(),
  withCase: z.number().int(),
  stills: z.number().int(),
  seconds: z.number(),
  /** Of refusals, which are noted together when they come in numbers. */
  times: z.number().int(),
  late: z.number().int(),
});
export type Tallied = z.infer<typeof Tallied>;

const PLAIN = [
  ...['viewing.open', 'viewing.close', 'viewing.refuse', 'mask.approve', 'mask.reject', 'mask.enforce', 'mask.expire'],
  ...['finding.open', 'finding.close', 'lift.approve', 'export.create', 'complaint.receive', 'complaint.join'],
  ...['complaint.accept', 'complaint.decide', 'complaint.appeal', 'complaint.withdraw'],
];

const missedOn = sql`((r.detail ->> 'on')::date::timestamp AT TIME ZONE ${ZONE})`;

export const tallyRecords = (tx: Tx, { from, until, size, countedBefore }: Window) =>
  tx.many(
    Tallied,
    sql`
      WITH counted AS (
        SELECT r.action, r.detail, r.case_reference, r.jurisdiction, false AS late
        FROM records r JOIN record_leaves l ON l.record_seq = r.seq
        WHERE r.at >= ${from} AND r.at < ${until} AND r.action = ANY (${PLAIN}) AND l.leaf_index < ${size}
        UNION ALL
        SELECT r.action, r.detail, r.case_reference, r.jurisdiction, true
        FROM record_leaves l JOIN records r ON r.seq = l.record_seq
        WHERE l.leaf_index >= ${countedBefore} AND l.leaf_index < ${size} AND r.at < ${from} AND r.action = ANY (${PLAIN})
        UNION ALL
        SELECT r.action, r.detail, r.case_reference, r.jurisdiction, ${missedOn} < ${from}
        FROM records r JOIN record_leaves l ON l.record_seq = r.seq
        WHERE r.action = 'complaint.lapse' AND r.detail -> 'consequences' ? 'counted-as-missed' AND l.leaf_index < ${size}
          AND (${missedOn} >= ${from} OR l.leaf_index >= ${countedBefore}) AND ${missedOn} < ${until}
      )
      SELECT action, CASE action WHEN 'complaint.lapse' THEN detail ->> 'clock' END AS clock, jurisdiction::text AS jurisdiction,
             count(*)::integer AS entries, count(case_reference)::integer AS "withCase",
             (count(*) FILTER (WHERE detail ->> 'kind' = 'still'))::integer AS stills,
             coalesce(sum((detail ->> 'seconds')::float8) FILTER (WHERE action = 'viewing.close'), 0) AS seconds,
             sum(CASE action WHEN 'viewing.refuse' THEN coalesce((detail ->> 'count')::integer, 1) ELSE 1 END)::integer AS times,
             (count(*) FILTER (WHERE late))::integer AS late
      FROM counted
      WHERE (action NOT IN ('finding.open', 'finding.close') OR coalesce(detail ->> 'kind', 'home-exposed') = 'home-exposed')
        -- The same form, sent twice at once: it is on the record twice and is one complaint.
        AND (action <> 'complaint.receive' OR detail -> 'repeated' IS DISTINCT FROM 'true')
      GROUP BY 1, 2, 3
      ORDER BY 1, 2, 3
    `,
  );

/** Whether something of this time stands in the database and is not yet under the checkpoint. */
export const hasUnsealed = async (tx: Tx, { from, until, size }: Window): Promise<boolean> =>
  (
    await tx.one(
      z.object({ found: z.boolean() }),
      sql`
        SELECT EXISTS (
          SELECT FROM records r
          WHERE (r.at >= ${from} AND r.at < ${until} OR r.action = 'complaint.lapse')
            AND NOT EXISTS (SELECT FROM record_leaves l WHERE l.record_seq = r.seq AND l.leaf_index < ${size})
        ) AS found
      `,
    )
  ).found;

/** The tree that was signed last; undefined before the first checkpoint. */
export const findTree = (tx: Tx) =>
  tx.maybeOne(
    z.object({ checkpoint: z.string(), sealedAt: z.string() }),
    sql`SELECT checkpoint, sealed_at AS "sealedAt" FROM log_state WHERE checkpoint IS NOT NULL AND sealed_at IS NOT NULL`,
  );

/** When the first thing happened that is on the record. */
export const findFirst = async (tx: Tx): Promise<Date | undefined> => {
  const { at } = await tx.one(z.object({ at: z.string().nullable() }), sql`SELECT min(at) AS at FROM records`);
  return at === null ? undefined : new Date(at);
};
