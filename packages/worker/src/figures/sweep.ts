// SPDX-License-Identifier: AGPL-3.0-or-later
// The public figures: the month under way every now and then, and a report of every month that is over, once. What is missing
// follows from what is there, not from when this ran last: after weeks with every process down all missing months are written.
import { performance } from 'node:perf_hooks';
import type { Law } from '@louver/clocks/folder';
import { Figures, type Month } from '@louver/contract';
import { appendRecord, inTx, NOBODY, type Pool, type Tx } from '@louver/db';
import { digestOf } from '@louver/ledger';
import type { Logger } from 'pino';
import { sweepDeadlines } from '../deadlines/sweep.ts';
import { countFigures, type Counting, findCheckpoint, windowOf } from './count.ts';
import { monthAfter, monthAt, monthsFrom } from './months.ts';
import { findCurrent, findReports, insertReport, putCurrent } from './queries.ts';
import { findFirst, hasUnsealed } from './record-queries.ts';

/** What was done in the last minutes of a month and could not be written at once is waited for. */
const GRACE_MS = 10 * 60_000;
/** Not more than a hundredth of the time is spent on counting, and nobody sees figures older than this for it. */
const [COUNT_SHARE, LONGEST_MS, SHORTEST_MS] = [100, 3_600_000, 60_000];

interface Deps {
  readonly pool: Pool;
  readonly law: Law;
  readonly log: Logger;
}

/** Safe to run twice and at once. */
export async function sweepFigures(deps: Deps, now: Date = new Date(), cancelled?: AbortSignal): Promise<void> {
  await writeReports(deps, now, cancelled);
  if (cancelled?.aborted !== true) await refresh(deps, now);
}

/** Months since the record began that are over and have no report, oldest first. */
const findMissing = (deps: Deps, now: Date): Promise<Month[]> =>
  inTx(deps.pool, NOBODY, async (tx) => {
    const first = await findFirst(tx);
    if (!first) return [];
    const written = new Set((await findReports(tx)).map(({ month }) => month));
    return monthsFrom(monthAt(first), monthAt(new Date(now.getTime() - GRACE_MS))).filter(
      (month) => !written.has(month),
    );
  });

async function writeReports(deps: Deps, now: Date, cancelled?: AbortSignal): Promise<void> {
  const missing = await findMissing(deps, now);
  if (missing.length === 0) return;
  // A date that passed in the month, and that nobody has noticed, is on the record before the month is counted.
  await sweepDeadlines(deps, now, cancelled);
  for (const month of missing) {
    if (cancelled?.aborted === true) return;
    const written = await inTx(deps.pool, NOBODY, (tx) => writeReport(tx, deps, month, now));
    if (!written) return;
    deps.log.info({ month }, 'the report of a month is written');
  }
}

/** @returns false while the log lacks something of the month: the next sweep finds it there */
async function writeReport(tx: Tx, { law }: Deps, month: Month, now: Date): Promise<boolean> {
  const checkpoint = await findCheckpoint(tx);
  if (!checkpoint) return false;
  // The first report of all counts whatever is older, too.
  const counting = { law, month, now, checkpoint, countedBefore: (await seenBefore(tx, month)) ?? 0 };
  if (await hasUnsealed(tx, windowOf(counting))) return false;
  const figures = Figures.parse(await countFigures(tx, counting));
  const digest = digestOf(figures);
  if (await insertReport(tx, figures, digest)) {
    const { size, root } = checkpoint;
    await appendRecord(tx, { action: 'report.publish', actor: null, subject: month, detail: { digest, size, root } });
  }
  return true;
}

/** What the report of the month before has seen; undefined where there is none. */
const seenBefore = async (tx: Tx, month: Month): Promise<number | undefined> =>
  (await findReports(tx)).find((report) => monthAfter(report.month) === month)?.size;

async function refresh({ pool, law }: Deps, now: Date): Promise<void> {
  await inTx(pool, NOBODY, async (tx) => {
    const known = await findCurrent(tx);
    if (known && now.getTime() - Date.parse(known.countedAt) < pauseAfter(known.tookMs)) return;
    const checkpoint = await findCheckpoint(tx);
    if (!checkpoint) return;
    const month = monthAt(now);
    const startedAt = performance.now();
    const counting: Counting = { law, month, now, checkpoint, countedBefore: await seenBefore(tx, month) };
    const figures = Figures.parse(await countFigures(tx, counting));
    await putCurrent(tx, figures, Math.ceil(performance.now() - startedAt));
  });
}

const pauseAfter = (tookMs: number): number => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, tookMs * COUNT_SHARE));
