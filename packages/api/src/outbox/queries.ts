// SPDX-License-Identifier: AGPL-3.0-or-later
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

export interface OutboxRow {
  id: string;
  message: unknown;
}

/** Taken with the transaction: whoever fails to deliver leaves them where they were. Rows that another relay holds are its own. */
export async function takeMessages(tx: Tx, limit: number): Promise<OutboxRow[]> {
  const rows = await tx.many(
    z.object({ id: z.string(), message: z.unknown() }),
    sql`
      DELETE FROM outbox
      WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING id::text AS id, message
    `,
  );
  return rows.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

export const setAside = (tx: Tx, { id, message }: OutboxRow, reason: string) =>
  tx.run(sql`
    INSERT INTO outbox_set_aside (id, message, reason) VALUES (${id}, ${JSON.stringify(message)}::jsonb, ${reason})
  `);

/** Seconds that the oldest message has waited; 0 when none does. */
export const readLag = async (tx: Tx): Promise<number> => {
  const { seconds } = await tx.one(
    z.object({ seconds: z.number() }),
    sql`SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS seconds FROM outbox`,
  );
  return Math.max(0, seconds);
};
