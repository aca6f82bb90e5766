// SPDX-License-Identifier: AGPL-3.0-or-later
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

/** Those of the records that the sealer has given a place in the tree. */
export const findLeaves = (tx: Tx, seqs: readonly string[]) =>
  tx.many(
    z.object({ seq: z.string(), leafIndex: z.coerce.number().int() }),
    sql`
      SELECT record_seq::text AS seq, leaf_index::text AS "leafIndex"
      FROM record_leaves WHERE record_seq = ANY (${[...seqs]}::bigint[])
    `,
  );

/** As far as the actor may see it. */
export const findRecord = (tx: Tx, seq: string) =>
  tx.maybeOne(
    z.object({ digest: z.string(), jurisdiction: z.string().nullable() }),
    sql`SELECT digest, jurisdiction::text AS jurisdiction FROM records WHERE seq = ${seq}::bigint`,
  );

/** What the sealer committed last, and how long the oldest record after it has been waiting. */
export const readSealing = (tx: Tx) =>
  tx.one(
    z.object({
      size: z.coerce.number().int(),
      sealedSecondsAgo: z.number().nullable(),
      waitingSeconds: z.number().nullable(),
    }),
    // Behind the newest of the last leaves; of several, because records get their numbers before they are committed.
    sql`
      SELECT log_state.size::text AS size,
             extract(epoch FROM clock_timestamp() - log_state.sealed_at)::float8 AS "sealedSecondsAgo",
             (
               SELECT extract(epoch FROM clock_timestamp() - records.at)::float8
               FROM records
               WHERE records.seq > (
                 SELECT coalesce(max(last.record_seq), 0)
                 FROM (SELECT record_seq FROM record_leaves ORDER BY leaf_index DESC LIMIT 100) AS last
               )
               ORDER BY records.seq
               LIMIT 1
             ) AS "waitingSeconds"
      FROM log_state
    `,
  );
