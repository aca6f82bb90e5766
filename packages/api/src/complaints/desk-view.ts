// SPDX-License-Identifier: AGPL-3.0-or-later
// A case as the desk sees it: all that was written, nobody's name, and what this person may do with it now.
import type { CaseTimeline, EventKind } from '@louver/clocks';
import { Problem, type ComplaintId, type DeskAct, type DeskCase, type DeskRow } from '@louver/contract';
import type { Actor } from '../sessions/authenticate.ts';
import { type Happening, timelineOf } from './citizens.ts';
import {
  type CaseRow,
  type EventRow,
  findCase,
  findEvents,
  findHome,
  findMeasurements,
  findMessages,
  findPhotos,
} from './file-queries.ts';
import { isPossible } from './possible.ts';
import { findParties } from './queries.ts';
import { settle } from './settling.ts';
import { clockView, historyView, stagesView, standingView } from './standing-view.ts';

export interface DeskFile {
  row: CaseRow;
  events: EventRow[];
}

/** @throws Problem complaint-not-found */
export async function openForDesk(happening: Happening, complaintId: ComplaintId): Promise<DeskFile> {
  const { tx } = happening;
  const row = await findCase(tx, complaintId);
  if (!row) throw new Problem('complaint-not-found');
  const settled = await settle(happening, { ...row, jurisdiction: row.jurisdiction.path }, row);
  const now = settled ? await findCase(tx, complaintId) : row;
  return { row: now ?? row, events: await findEvents(tx, complaintId) };
}

export function deskRow(row: CaseRow, timeline: CaseTimeline): DeskRow {
  const late = timeline.clocks.filter(({ state }) => state === 'late');
  return {
    id: row.complaintId,
    ...standingView(row, timeline),
    camera: row.camera,
    late: late.map(clockView),
    missed: timeline.consequences.filter(({ kind }) => kind === 'counted-as-missed').length,
  };
}

export async function deskCase(happening: Happening, actor: Actor, file: DeskFile): Promise<DeskCase> {
  const { tx, deps } = happening;
  const { row, events } = file;
  const { complaintId } = row;
  const timeline = timelineOf(row, deps.clock.now());
  const href = (fileId: string) => `/api/v1/complaints/${complaintId}/files/${fileId}`;
  const parties = await findParties(tx, complaintId);
  const { home, basis, fixedRefused } = await findHome(tx, complaintId);
  const complainant = parties[0]!;
  return {
    ...deskRow(row, timeline),
    text: complainant.text,
    place: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
    home,
    stages: stagesView(timeline),
    clocks: timeline.clocks.map(clockView),
    history: events.map((event) => ({ ...historyView(row, event, href), by: event.by })),
    messages: (await findMessages(tx, complaintId)).map(({ id, by, party, text, at }) => ({
      ...{ id, at, text, by },
      from: by ? 'office' : 'complainant',
      party: party ?? 0,
    })),
    photos: (await findPhotos(tx, complaintId)).map(({ id, party, width, height, at }) => ({
      ...{ id, party, width, height, at },
      href: href(id),
    })),
    parties: parties.map(({ label, role, named, text }) => ({ label, role, named, text })),
    measurements: {
      now: await findMeasurements(tx, row),
      atFiling: basis.map((was) => ({ ...was, covered: false })),
    },
    fixedRefused,
    may: mayNow(row, events, actor, deps.clock.now()),
  };
}

const isBelow = (path: string, held: string): boolean => `${path}.`.startsWith(`${held}.`);

/** Who acted below may not act above. The database says the same. */
function isInTheWay({ level }: CaseRow, events: readonly EventRow[], actor: Actor): boolean {
  const order = ['first', 'second', 'oversight'];
  return events.some(
    ({ personId, kind, level: then }) =>
      personId === actor.personId &&
      kind !== 'identified' &&
      kind !== 'taken-over' &&
      order.indexOf(then) < order.indexOf(level),
  );
}

/** Whether the case lies with the actor's body. */
export function hasCase(row: CaseRow, actor: Actor): boolean {
  if (actor.role === 'auditor') return row.level === 'oversight';
  const { handler } = row;
  return (
    actor.role === 'officer' && handler !== null && actor.jurisdictions.some((held) => isBelow(handler.path, held))
  );
}

/** The event that an act of the desk is, at the level that has the case. */
export function eventOf(act: DeskAct, { level, procedure }: CaseRow, events: readonly EventRow[]): EventKind | null {
  const second = procedure === 'complaint' && level !== 'first';
  const had = (kind: string) => events.some((event) => event.kind === kind);
  switch (act) {
    case 'acknowledge':
      return 'acknowledged';
    case 'accept':
      return second ? 'second-accepted' : 'accepted';
    case 'refuse':
      return second ? 'second-refused' : 'refused';
    case 'extend':
      return 'extended';
    case 'suspend':
      return 'suspended';
    case 'resume':
      return 'resumed';
    case 'decide':
      return second ? 'second-decided' : 'decided';
    case 'deliver':
      return had('second-decided') || had('second-refused') ? 'second-sent' : 'sent';
    case 'close':
      return 'fixed';
    case 'take-over':
      return 'taken-over';
    case 'forward':
    case 'write':
    case 'identify':
      return null;
    default:
      return act satisfies never;
  }
}

const BY_EVENT: readonly DeskAct[] = [
  ...(['acknowledge', 'accept', 'refuse', 'extend', 'suspend', 'resume', 'decide', 'deliver', 'close'] as const),
];

function mayNow(row: CaseRow, events: readonly EventRow[], actor: Actor, now: Date): DeskAct[] {
  const may: DeskAct[] = [];
  const had = (kind: string) => events.some((event) => event.kind === kind);
  const missed = events.some(({ consequences }) =>
    (consequences ?? []).some((what) => what === 'oversight-notified' || what === 'oversight-takes-over'),
  );
  const there = !had('withdrawn');
  if (actor.role === 'auditor' && missed && there && isPossible(row, 'taken-over', now)) may.push('take-over');
  if (actor.role === 'auditor' && !hasCase(row, actor)) may.push('identify');
  if (!hasCase(row, actor) || isInTheWay(row, events, actor)) return may;
  for (const act of BY_EVENT) {
    const kind = eventOf(act, row, events);
    if (kind === null || !isPossible(row, kind, now)) continue;
    if (act === 'close' && !(row.promised && !row.kept)) continue;
    if (row.level === 'oversight' && act !== 'decide' && act !== 'deliver' && act !== 'close') continue;
    may.push(act);
  }
  if (row.level === 'first' && there && !had('accepted') && !had('refused') && !had('decided')) may.push('forward');
  may.push('write', 'identify');
  return may;
}
