// SPDX-License-Identifier: AGPL-3.0-or-later
// Only views that hold what anybody may know: a transaction on nobody's behalf reads nothing else.
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

const Notice = z.object({
  id: z.string(),
  kind: z.enum(['camera-planned', 'camera-new', 'camera-stopped', 'purpose-changed', 'clock-passed']),
  ward: z.string(),
  cameraCode: z.string().nullable(),
  holdsFrom: z.string().nullable(),
  commentsUntil: z.string().nullable(),
  publishedAt: z.string(),
});

/** Newest first. */
export const findNotices = (tx: Tx, limit: number, offset = 0) =>
  tx.many(
    Notice,
    sql`
      SELECT n.id, n.kind, j.name AS ward, n.camera_code AS "cameraCode", n.holds_from AS "holdsFrom",
             n.comments_until AS "commentsUntil", n.published_at AS "publishedAt"
      FROM public_notices n JOIN jurisdictions j ON j.path = n.jurisdiction
      ORDER BY n.published_at DESC, n.id DESC
      LIMIT ${limit} OFFSET ${offset}
    `,
  );

export const countNotices = async (tx: Tx): Promise<number> =>
  (await tx.one(z.object({ count: z.number() }), sql`SELECT count(*)::integer AS count FROM public_notices`)).count;

/** Planned ones are in `planned` alone; of those nobody is told where they will be unless they will be shown. */
export const countCameras = (tx: Tx) =>
  tx.one(
    z.object({ shown: z.number(), counted: z.number(), planned: z.number() }),
    sql`
      SELECT coalesce(sum(cameras) FILTER (WHERE status = 'live' AND publication = 'shown'), 0)::integer AS shown,
             coalesce(sum(cameras) FILTER (WHERE status = 'live' AND publication = 'counted'), 0)::integer AS counted,
             coalesce(sum(cameras) FILTER (WHERE status = 'planned'), 0)::integer AS planned
      FROM public_camera_counts
    `,
  );
