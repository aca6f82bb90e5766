// SPDX-License-Identifier: AGPL-3.0-or-later
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

/** Histories that are read together. */
export const AT_ONCE = 100;

const History = z.object({
  complaintId: z.string(),
  rules: z.string(),
  filedAt: z.string(),
  events: z.array(z.looseObject({ at: z.string() })),
});
export type History = z.infer<typeof History>;

/** Filed before `until`, and open now or at some time since. */
export const findHistories = (tx: Tx, until: Date, after: string | null) =>
  tx.many(
    History,
    sql`
      SELECT c.id AS "complaintId", c.rules, c.filed_at AS "filedAt", h.events
      FROM complaints c JOIN complaint_standings s ON s.complaint_id = c.id JOIN complaint_histories h ON h.complaint_id = c.id
      WHERE c.filed_at < ${until} AND (NOT s.is_over OR s.last_at >= ${until}) AND (${after}::uuid IS NULL OR c.id > ${after}::uuid)
      ORDER BY c.id LIMIT ${AT_ONCE}
    `,
  );

export const countFiled = async (tx: Tx, until: Date): Promise<number> =>
  (
    await tx.one(
      z.object({ filed: z.number() }),
      sql`SELECT count(*)::integer AS filed FROM complaints WHERE filed_at < ${until}`,
    )
  ).filed;
