// SPDX-License-Identifier: AGPL-3.0-or-later
import type { NoticeKind } from '@louver/contract';
import sql from 'sql-template-tag';
import type { Tx } from './transaction.ts';

export interface NewNotice {
  /** Names the event, e.g. `clock:<case id>:<clock>`: the same event is told once, however often this is called. */
  key: string;
  kind: NoticeKind;
  /** The ward that it is about, e.g. `vn.p66.hoa_sua`. */
  jurisdiction: string;
  cameraId?: string;
  /** Dates, stages and numbers for the sentence. Never persons, and never text that somebody typed. */
  detail?: Record<string, string | number | boolean | null>;
  /** From when what is announced holds. */
  holdsFrom?: Date;
  /** Until when anybody may say something about it. */
  commentsUntil?: Date;
}

/**
 * Tells the public something, once this transaction is committed. What is known of a camera that is not shown is left
 * out where notices are read.
 * @returns whether it was told now, and not before
 */
export const publishNotice = async (tx: Tx, notice: NewNotice): Promise<boolean> =>
  (await tx.run(sql`
    INSERT INTO notices (key, kind, jurisdiction, camera_id, detail, holds_from, comments_until)
    VALUES (${notice.key}, ${notice.kind}, ${notice.jurisdiction}::ltree, ${notice.cameraId ?? null},
            ${JSON.stringify(notice.detail ?? {})}::jsonb, ${notice.holdsFrom ?? null}, ${notice.commentsUntil ?? null})
    ON CONFLICT (key) DO NOTHING
  `)) > 0;
