// SPDX-License-Identifier: AGPL-3.0-or-later
import { localDateAt } from '@louver/clocks';
import type { Law } from '@louver/clocks/folder';
import type { CameraGroup, CountedAt, Figures, Month, WardFigures } from '@louver/contract';
import type { Tx } from '@louver/db';
import { peekCheckpoint } from '@louver/ledger';
import { countCases } from './cases.ts';
import { beginOf, endOf, ZONE } from './months.ts';
import { recordFigures } from './record-figures.ts';
import { findTree, tallyRecords, type Tallied, type Window } from './record-queries.ts';
import { countCameras, countHomes, findRule, groupCameras, listWards } from './state-queries.ts';

/** Names that are told one by one; of a province's owners there are hundreds. */
const NAMED = 20;

export interface Counting {
  readonly law: Law;
  readonly month: Month;
  readonly now: Date;
  readonly checkpoint: CountedAt;
  /** Leaves that the report of the month before has seen; undefined where there is none. */
  readonly countedBefore: number | undefined;
}

/** The tree that is counted under; undefined while nothing was ever sealed. */
export async function findCheckpoint(tx: Tx): Promise<CountedAt | undefined> {
  const tree = await findTree(tx);
  if (!tree) return undefined;
  const { size, root } = peekCheckpoint(tree.checkpoint);
  return {
    size,
    root: Buffer.from(root).toString('base64'),
    sealedAt: new Date(tree.sealedAt).toISOString(),
    text: tree.checkpoint,
  };
}

/** Of a month that is not over: up to now. Without a report of the month before, older entries are nobody's to count. */
export function windowOf({ month, now, checkpoint: { size }, countedBefore }: Counting): Window {
  const end = endOf(month);
  return { from: beginOf(month), until: now < end ? now : end, size, countedBefore: countedBefore ?? size };
}

export async function countFigures(tx: Tx, counting: Counting): Promise<Figures> {
  const { law, month, now, checkpoint } = counting;
  const window = windowOf(counting);
  const whole = now >= endOf(month);
  const tallied = await tallyRecords(tx, window);
  // All of the last day; of a month under way, this moment.
  const today = whole ? localDateAt(window.until.getTime() - 1, ZONE) : now.toISOString();
  return {
    version: 1,
    ...{ month, whole, checkpoint },
    ...{ from: window.from.toISOString(), until: window.until.toISOString(), at: now.toISOString() },
    countedBefore: window.countedBefore,
    cameras: {
      ...(await countCameras(tx)),
      byPurpose: shortened(await groupCameras(tx, 'purpose')),
      byOwner: shortened(await groupCameras(tx, 'owner')),
    },
    homes: await homeFigures(tx),
    record: recordFigures(tallied, law),
    cases: await countCases(tx, law, window.until, today),
    wards: await wardFigures(tx, tallied),
  };
}

async function homeFigures(tx: Tx): Promise<Figures['homes']> {
  const { tooClose, covered, dark, bare, ...byLevel } = await countHomes(tx);
  return { byLevel, tooClose, covered, dark, bare, ...(await findRule(tx)) };
}

async function wardFigures(tx: Tx, tallied: readonly Tallied[]): Promise<WardFigures[]> {
  const wards = await listWards(tx);
  const inside = (path: string) =>
    tallied.filter(({ jurisdiction }) => `${jurisdiction ?? ''}.`.startsWith(`${path}.`));
  return wards.map((ward) => {
    const rows = inside(ward.path);
    const count = (action: string) => rows.reduce((sum, row) => sum + (row.action === action ? row.entries : 0), 0);
    return {
      ...ward,
      viewings: count('viewing.open'),
      received: count('complaint.receive'),
      missed: count('complaint.lapse'),
    };
  });
}

/** Named groups come first, so what is beyond the longest of them is of one kind. */
export function shortened(groups: readonly CameraGroup[]): CameraGroup[] {
  const named = groups.filter(({ kind }) => kind === 'named');
  const rest = groups.filter(({ kind }) => kind !== 'named');
  const beyond = named.slice(NAMED).reduce((sum, { cameras }) => sum + cameras, 0);
  const others: CameraGroup[] = beyond > 0 ? [{ kind: 'others', name: null, cameras: beyond }] : [];
  return [...named.slice(0, NAMED), ...others, ...rest];
}
