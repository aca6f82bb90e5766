// SPDX-License-Identifier: AGPL-3.0-or-later
import { Month, type Figures } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

/** Months that have a report, and the size of the tree that each was counted under. */
export const findReports = (tx: Tx) =>
  tx.many(
    z.object({ month: Month, size: z.number() }),
    sql`SELECT month, (figures -> 'checkpoint' ->> 'size')::float8 AS size FROM monthly_reports ORDER BY month`,
  );

/** False when there is one already. */
export const insertReport = async (tx: Tx, figures: Figures, digest: string): Promise<boolean> =>
  (await tx.run(sql`
    INSERT INTO monthly_reports (month, figures, digest) VALUES (${figures.month}, ${JSON.stringify(figures)}::jsonb, ${digest})
    ON CONFLICT (month) DO NOTHING
  `)) > 0;

export const findCurrent = (tx: Tx) =>
  tx.maybeOne(
    z.object({ countedAt: z.string(), tookMs: z.number() }),
    sql`SELECT counted_at AS "countedAt", took_ms AS "tookMs" FROM current_figures`,
  );

/** Whoever counted later wins, whoever writes later. */
export const putCurrent = (tx: Tx, figures: Figures, tookMs: number) =>
  tx.run(sql`
    INSERT INTO current_figures (figures, counted_at, took_ms) VALUES (${JSON.stringify(figures)}::jsonb, ${figures.at}, ${tookMs})
    ON CONFLICT (only_row) DO UPDATE
    SET figures = EXCLUDED.figures, counted_at = EXCLUDED.counted_at, took_ms = EXCLUDED.took_ms
    WHERE current_figures.counted_at < EXCLUDED.counted_at
  `);
