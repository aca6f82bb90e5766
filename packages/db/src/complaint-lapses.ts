// SPDX-License-Identifier: AGPL-3.0-or-later
// Legal dates of a case that have passed, written down once, whoever notices first: the worker's sweep, or the API before
// it lets anybody act. What passed follows from packages/clocks; nothing here decides about time.
import type { CameraId, ComplaintId, ComplaintStage } from '@louver/contract';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { publishNotice } from './notices.ts';
import { emitAfterCommit } from './outbox.ts';
import type { NewRecord } from './records.ts';
import type { Tx } from './transaction.ts';

export interface LapsedCase {
  complaintId: ComplaintId;
  reference: string;
  kind: string;
  jurisdiction: string;
  cameraId: CameraId | null;
}

/** A clock that ran out: `on` is the first day after the date, in the zone of the law. */
export interface Lapse {
  clock: string;
  on: string;
  consequences: readonly string[];
}

/** Where a case stands, kept beside it for sorting and counting. */
export interface Standing {
  stage: ComplaintStage;
  nextDue: string | null;
  late: boolean;
  /** The first local day on which the oldest date that is missed and open was missed. */
  lateSince: string | null;
  isOver: boolean;
  /** The local day it was computed for. */
  on: string;
}

/** Consequences of a timeline, one entry a date. */
export function lapsesOf(consequences: readonly { kind: string; on: string; clock: string }[]): Lapse[] {
  const found = new Map<string, Lapse & { consequences: string[] }>();
  for (const { kind, on, clock } of consequences) {
    const lapse = found.get(`${clock} ${on}`) ?? { clock, on, consequences: [] };
    lapse.consequences.push(kind);
    found.set(`${clock} ${on}`, lapse);
  }
  return [...found.values()];
}

/**
 * Writes what was not written before: event, record, who is told, public notice. Safe to run twice and at once.
 * @param record appends to the access record in this transaction
 * @returns those that were written now
 */
export async function recordLapses(
  tx: Tx,
  theCase: LapsedCase,
  lapses: readonly Lapse[],
  zone: string,
  record: (record: NewRecord) => Promise<unknown>,
): Promise<Lapse[]> {
  const written: Lapse[] = [];
  for (const lapse of lapses) {
    if (!(await insertLapse(tx, theCase, lapse, zone))) continue;
    written.push(lapse);
    const { complaintId, reference, jurisdiction, cameraId } = theCase;
    const { clock, on, consequences } = lapse;
    await record({
      action: 'complaint.lapse',
      actor: null,
      subject: complaintId,
      cameraId,
      jurisdiction,
      caseReference: reference,
      detail: { clock, on, consequences: [...consequences] },
    });
    await tell(tx, theCase, lapse);
  }
  return written;
}

const insertLapse = async (tx: Tx, { complaintId }: LapsedCase, { clock, on, consequences }: Lapse, zone: string) =>
  (await tx.run(sql`
    INSERT INTO complaint_events (complaint_id, kind, at, clock, due, consequences)
    VALUES (${complaintId}, 'lapsed', ${on}::date::timestamp AT TIME ZONE ${zone}, ${clock}, ${on}::date - 1, ${[...consequences]})
    ON CONFLICT (complaint_id, clock, due) WHERE kind = 'lapsed' DO NOTHING
  `)) > 0;

const AUDIENCES = [
  ['superior-notified', 'superior'],
  ['oversight-notified', 'oversight'],
  ['oversight-takes-over', 'oversight'],
] as const;

async function tell(tx: Tx, theCase: LapsedCase, { clock, on, consequences }: Lapse): Promise<void> {
  const { complaintId, reference, jurisdiction, kind } = theCase;
  const audiences = new Set(AUDIENCES.flatMap(([consequence, to]) => (consequences.includes(consequence) ? [to] : [])));
  for (const to of audiences) {
    await tx.run(sql`
      INSERT INTO complaint_notifications (complaint_id, clock, due, audience, body)
      SELECT ${complaintId}, ${clock}, ${on}::date - 1, ${to}, CASE WHEN ${to} = 'superior' THEN body_above(${jurisdiction}::ltree) END
      ON CONFLICT DO NOTHING
    `);
    await emitAfterCommit(tx, 'complaint.alarm', {
      complaintId,
      reference,
      jurisdiction: jurisdiction as never,
      clock,
      to,
    });
  }
  if (!consequences.includes('counted-as-missed')) return;
  await publishNotice(tx, {
    key: `clock:${complaintId}:${clock}:${on}`,
    kind: 'clock-passed',
    jurisdiction,
    // Not the camera: a case by a named camera at a named date could name who complained.
    detail: { clock, due: on, kind, reference },
  });
}

export const putStanding = async (tx: Tx, complaintId: ComplaintId, standing: Standing): Promise<void> => {
  const { stage, nextDue, late, lateSince, isOver, on } = standing;
  await tx.run(sql`
    UPDATE complaint_standings
    SET stage = ${stage}, next_due = ${nextDue}::date, late = ${late}, late_since = ${lateSince}::date, is_over = ${isOver}, computed_for = ${on}::date
    WHERE complaint_id = ${complaintId}
  `);
};

/** A case as the clocks take it. */
export const findHistory = async (tx: Tx, complaintId: ComplaintId) =>
  tx.maybeOne(
    z.object({ rules: z.string(), events: z.array(z.unknown()) }),
    sql`SELECT rules, events FROM complaint_histories WHERE complaint_id = ${complaintId}`,
  );
