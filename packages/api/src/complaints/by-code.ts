// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody with a case code can do. They see their own words and what the office wrote to them or to everybody, and of
// other affected persons how many there are.
import { Problem, type CaseView } from '@louver/contract';
import { emitAfterCommit } from '@louver/db';
import { citizensOf, type Happening, timelineOf } from './citizens.ts';
import {
  type CaseRow,
  type EventRow,
  findCaseOfCitizen,
  findEvents,
  findFileGivenOut,
  findMessages,
  findPhotos,
} from './file-queries.ts';
import { addPhotos } from './photo-keeping.ts';
import type { CheckedPhoto } from './photos.ts';
import { isPossible, requirePossible } from './possible.ts';
import { type PartyRow, findPartyByCode, insertEvent, insertMessage, leaveCase, showCaseOf } from './queries.ts';
import { restand, settle } from './settling.ts';
import { clockView, historyView, stagesView, standingView, withoutCounted } from './standing-view.ts';

interface Opened {
  row: CaseRow;
  party: PartyRow;
  events: EventRow[];
}

/**
 * Opens the case of a code, after writing down the dates that have passed.
 * @throws Problem case-code-unknown
 */
async function openCase(happening: Happening, code: string): Promise<Opened> {
  const { deps, tx } = happening;
  const codeMac = citizensOf(deps).secrets.codeMac(code);
  await showCaseOf(tx, codeMac);
  const party = await findPartyByCode(tx, codeMac);
  const row = party && (await findCaseOfCitizen(tx, party.complaintId));
  if (!party || !row) throw new Problem('case-code-unknown');
  const lapsed = { ...row, jurisdiction: row.jurisdiction.path };
  const now = (await settle(happening, lapsed, row)) ? await findCaseOfCitizen(tx, party.complaintId) : row;
  const opened = { row: now ?? row, party, events: await findEvents(tx, party.complaintId) };
  return opened;
}

/** Reading a decision is receiving it: from here on the time for an appeal runs. Only for whoever complained. */
async function receiveDecision(happening: Happening, { row, party, events }: Opened): Promise<boolean> {
  if (party.label !== 1 || party.leftAt !== null) return false;
  const had = new Set(events.map(({ kind }) => kind));
  const second = had.has('second-decided') || had.has('second-refused');
  const kind = second ? ('second-sent' as const) : ('sent' as const);
  const decided = second || had.has('decided') || had.has('refused');
  const now = happening.deps.clock.now();
  if (!decided || had.has(kind) || !isPossible(row, kind, now)) return false;
  await insertEvent(happening.tx, { complaintId: row.complaintId, kind, at: now, partyId: party.partyId });
  await happened(happening, row, 'complaint.deliver', { how: 'read by case code' });
  return true;
}

async function happened(
  happening: Happening,
  row: CaseRow,
  action: 'complaint.deliver' | 'complaint.write' | 'complaint.appeal' | 'complaint.withdraw',
  detail: { [key: string]: string | number | string[] | boolean },
): Promise<void> {
  const { tx, record } = happening;
  const { complaintId, reference, cameraId } = row;
  const jurisdiction = row.jurisdiction.path;
  await record({ action, actor: null, subject: complaintId, cameraId, jurisdiction, caseReference: reference, detail });
  const { stage } = await restand(happening, complaintId);
  await emitAfterCommit(tx, 'complaint.changed', { complaintId, jurisdiction, stage });
}

/** @throws Problem case-code-unknown */
export async function readCase(happening: Happening, code: string): Promise<CaseView> {
  const opened = await openCase(happening, code);
  if (await receiveDecision(happening, opened)) return viewOf(happening, await openCase(happening, code));
  return viewOf(happening, opened);
}

/** @throws Problem case-code-unknown, complaint-act-impossible when they have left it */
export async function writeToCase(happening: Happening, code: string, text: string): Promise<CaseView> {
  const opened = await openCase(happening, code);
  const { row, party } = opened;
  requireThere(party);
  const { complaintId } = row;
  const at = happening.deps.clock.now();
  await insertMessage(happening.tx, { complaintId, partyId: party.partyId, accountId: null, text, at });
  await happened(happening, row, 'complaint.write', { party: party.label });
  return viewOf(happening, opened);
}

/** @throws Problem case-code-unknown, photo-refused, complaint-act-impossible */
export async function addCasePhotos(
  happening: Happening,
  code: string,
  photos: readonly CheckedPhoto[],
): Promise<CaseView> {
  const opened = await openCase(happening, code);
  const { row, party } = opened;
  requireThere(party);
  const digests = await addPhotos(happening, { complaintId: row.complaintId, partyId: party.partyId }, photos);
  await happened(happening, row, 'complaint.write', { party: party.label, photos: digests });
  return viewOf(happening, opened);
}

/** @throws Problem case-code-unknown, complaint-act-impossible, complaint-too-late */
export async function appealCase(happening: Happening, code: string, reason: string | undefined): Promise<CaseView> {
  const opened = await openCase(happening, code);
  const { row, party } = opened;
  if (party.label !== 1)
    throw new Problem('complaint-act-impossible', { detail: 'only whoever complained can appeal' });
  const at = happening.deps.clock.now();
  requirePossible(row, { kind: 'appealed', reason }, at);
  await insertEvent(happening.tx, {
    complaintId: row.complaintId,
    kind: 'appealed',
    at,
    partyId: party.partyId,
    reason,
  });
  await happened(happening, row, 'complaint.appeal', { late: reason !== undefined });
  return viewOf(happening, await openCase(happening, code));
}

/** @throws Problem case-code-unknown, complaint-act-impossible */
export async function withdrawCase(happening: Happening, code: string, reason: string | undefined): Promise<CaseView> {
  const { row, party } = await openCase(happening, code);
  requireThere(party);
  const { tx, deps } = happening;
  const at = deps.clock.now();
  const { complaintId } = row;
  if (party.label === 1) {
    requirePossible(row, { kind: 'withdrawn', reason }, at);
    await insertEvent(tx, { complaintId, kind: 'withdrawn', at, partyId: party.partyId, reason });
  } else await leaveCase(tx, party.partyId, at);
  await happened(happening, row, 'complaint.withdraw', { party: party.label });
  return viewOf(happening, await openCase(happening, code));
}

function requireThere({ leftAt }: PartyRow): void {
  if (leftAt !== null) throw new Problem('complaint-act-impossible', { detail: 'it was taken back' });
}

/** By an address that a case gave out. @throws Problem complaint-not-found */
export async function readCaseFile({ deps, tx }: Happening, token: string) {
  const address = citizensOf(deps).secrets.readFileToken(token, deps.clock.now());
  const file = address && (await findFileGivenOut(tx, address));
  if (!file) throw new Problem('complaint-not-found');
  return file;
}

const APPEAL_WINDOWS = /^VN-KN-4/;

async function viewOf({ deps, tx }: Happening, { row, party, events }: Opened): Promise<CaseView> {
  const { secrets } = citizensOf(deps);
  const now = deps.clock.now();
  const timeline = timelineOf(row, now);
  const href = (fileId: string) =>
    `/api/v1/case-files/${secrets.fileToken({ complaintId: row.complaintId, fileId }, now)}`;
  const messages = (await findMessages(tx, row.complaintId)).filter(
    ({ partyId }) => partyId === null || partyId === party.partyId,
  );
  const photos = (await findPhotos(tx, row.complaintId)).filter(({ partyId }) => partyId === party.partyId);
  const there = party.leftAt === null;
  const first = there && party.label === 1;
  const windows = timeline.clocks.filter(({ rule }) => APPEAL_WINDOWS.test(rule.id));
  return {
    ...standingView(row, timeline),
    role: party.role,
    text: party.text,
    camera: row.camera,
    place: row.lon === null || row.lat === null || party.label !== 1 ? null : { lon: row.lon, lat: row.lat },
    stages: stagesView(timeline),
    clocks: timeline.clocks.map(clockView),
    history: events
      .filter(({ kind, partyId }) => kind !== 'identified' || partyId === party.partyId)
      .map((event) => withoutCounted(event, historyView(row, event, href))),
    messages: messages.map(({ id, by, at, text }) => ({ id, from: by ? 'office' : 'complainant', at, text })),
    photos: photos.map(({ id, width, height, at }) => ({ id, href: href(id), width, height, at })),
    may: [
      ...(first && isPossible(row, 'appealed', now) ? (['appeal'] as const) : []),
      ...(there && (!first || isPossible(row, 'withdrawn', now)) ? (['withdraw'] as const) : []),
      ...(there ? (['write', 'add-photo'] as const) : []),
    ],
    appealIsLate: windows.length > 0 && windows.every(({ state }) => state === 'lapsed'),
  };
}
