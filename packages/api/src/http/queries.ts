// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraCode } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

/** PostgreSQL gives a transaction a number at its first write (or row lock), and not before. */
export const hasWritten = async (tx: Tx): Promise<boolean> => {
  const { written } = await tx.one(
    z.object({ written: z.boolean() }),
    sql`SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS written`,
  );
  return written;
};

export const findDemo = (tx: Tx) =>
  tx.maybeOne(
    z.object({ value: z.object({ streamingCodes: z.array(CameraCode) }) }),
    sql`SELECT value FROM settings WHERE key = 'demo'`,
  );

export const rootJurisdictions = (tx: Tx) =>
  tx.many(z.object({ path: z.string() }), sql`SELECT path::text FROM jurisdictions WHERE nlevel(path) = 1`);

/** Codes of these cameras that do not answer. */
export const silentCameras = (tx: Tx, codes: readonly string[]) =>
  tx.many(
    z.object({ code: z.string() }),
    sql`
      SELECT wanted.code
      FROM unnest(${[...codes]}::text[]) AS wanted (code)
      LEFT JOIN cameras ON cameras.code = wanted.code
      LEFT JOIN camera_health ON camera_health.camera_id = cameras.id
      WHERE camera_health.state IS NULL OR camera_health.state NOT IN ('reachable', 'streaming')
      ORDER BY wanted.code
    `,
  );
