// SPDX-License-Identifier: AGPL-3.0-or-later
// What the worker has counted. Public as it is: these two tables hold nothing else.
import { Figures, Month } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

/** The month under way, as it was counted last. */
export const findCurrent = async (tx: Tx): Promise<Figures | undefined> =>
  (await tx.maybeOne(z.object({ figures: Figures }), sql`SELECT figures FROM current_figures`))?.figures;

const Report = z.object({ figures: Figures, digest: z.string() });

export const findReport = (tx: Tx, month: Month) =>
  tx.maybeOne(Report, sql`SELECT figures, digest FROM monthly_reports WHERE month = ${month}`);

/** Newest first. */
export const listReports = (tx: Tx) =>
  tx.many(
    z.object({ month: Month, viewings: z.number().int() }),
    sql`
      SELECT month, (figures #>> '{record,viewings,opened}')::integer AS viewings FROM monthly_reports ORDER BY month DESC
    `,
  );
