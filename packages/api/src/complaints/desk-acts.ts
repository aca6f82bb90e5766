// SPDX-License-Identifier: AGPL-3.0-or-later
// What the desk does to a case. Each act is an event with its author, on the record, checked by the rules of the dates here and
// by the database once more: whose case it is, who acted below, what was measured.
import type { EventKind } from '@louver/clocks';
import {
  Complainant,
  Problem,
  type Action,
  type ComplaintId,
  type ComplaintOutcome,
  type DeskAct,
  type DeskCase,
  type JurisdictionPath,
  type PaperDraft,
} from '@louver/contract';
import { emitAfterCommit } from '@louver/db';
import type { Actor } from '../sessions/authenticate.ts';
import { citizensOf, type Happening } from './citizens.ts';
import { type DeskFile, deskCase, eventOf, hasCase, openForDesk } from './desk-view.ts';
import { findOriginal, jurisdictionExists } from './file-queries.ts';
import { makePaper } from './paper.ts';
import { requirePossible } from './possible.ts';
import { findIdentity, findParties, insertEvent, insertMessage, insertPaper } from './queries.ts';
import { restand } from './settling.ts';

export interface Deed {
  act: Exclude<DeskAct, 'write' | 'identify' | 'forward'>;
  reason?: string | undefined;
  paper?: PaperDraft;
  outcome?: ComplaintOutcome;
  days?: number | undefined;
  /** Small facts for the record. */
  detail?: { [key: string]: string };
}

const TITLES: Partial<Record<EventKind, string>> = {
  refused: 'THÔNG BÁO KHÔNG THỤ LÝ',
  extended: 'THÔNG BÁO GIA HẠN GIẢI QUYẾT',
  suspended: 'QUYẾT ĐỊNH TẠM ĐÌNH CHỈ GIẢI QUYẾT',
  decided: 'QUYẾT ĐỊNH GIẢI QUYẾT KHIẾU NẠI LẦN ĐẦU',
  'second-refused': 'THÔNG BÁO KHÔNG THỤ LÝ LẦN HAI',
  'second-decided': 'QUYẾT ĐỊNH GIẢI QUYẾT KHIẾU NẠI LẦN HAI',
  fixed: 'THÔNG BÁO ĐÃ KHẮC PHỤC',
};
const ANSWER_TITLE = 'VĂN BẢN TRẢ LỜI';

/** @throws Problem complaint-not-found and what PROBLEMS says of complaints */
export async function doAct(
  happening: Happening,
  actor: Actor,
  complaintId: ComplaintId,
  deed: Deed,
): Promise<DeskCase> {
  const file = await openForDesk(happening, complaintId);
  const { row, events } = file;
  if (deed.act !== 'take-over' && !hasCase(row, actor)) throw new Problem('complaint-other-body');
  const kind = eventOf(deed.act, row, events)!;
  const { outcome, reason, paper, days } = deed;
  const now = happening.deps.clock.now();
  const remedy = outcome === 'founded' || outcome === 'partly-founded';
  requirePossible(row, { kind, reason, amount: days, remedy, document: paper?.number }, now);
  const filed = paper && (await filePaper(happening, actor, file, kind, paper));
  await insertEvent(happening.tx, {
    ...{ complaintId, kind, at: now, accountId: actor.accountId, reason, amount: days },
    ...(filed ? { paperId: filed.id } : {}),
    ...(outcome ? { outcome } : {}),
  });
  const facts = {
    event: kind,
    ...(filed ? { paper: paper.number, sha256: filed.sha256 } : {}),
    ...(outcome ? { outcome } : {}),
  };
  await deskHappened(happening, file, { ...facts, ...(days ? { days } : {}), ...deed.detail });
  return deskCase(happening, actor, await openForDesk(happening, complaintId));
}

async function filePaper({ deps, tx }: Happening, actor: Actor, { row }: DeskFile, kind: EventKind, draft: PaperDraft) {
  const now = deps.clock.now();
  const isAnswer = row.procedure !== 'complaint' && kind === 'decided';
  const title = isAnswer ? ANSWER_TITLE : (TITLES[kind] ?? ANSWER_TITLE);
  const at = now.toLocaleString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'long', timeStyle: 'short' });
  const body = row.handler?.name ?? 'Cơ quan giám sát';
  const paper = await makePaper({ title, number: draft.number, body, reference: row.reference, at, text: draft.text });
  return { id: await insertPaper(tx, row.complaintId, draft, title, paper, now), sha256: paper.sha256 };
}

async function deskHappened(
  happening: Happening,
  { row }: DeskFile,
  detail: { [key: string]: string | number },
  action?: Action,
): Promise<void> {
  const { tx, record } = happening;
  const { complaintId, reference, cameraId } = row;
  const jurisdiction = row.jurisdiction.path;
  await record({
    ...(action ? { action } : {}),
    ...{ subject: complaintId, cameraId, jurisdiction, caseReference: reference, detail },
  });
  const { stage } = await restand(happening, complaintId);
  await emitAfterCommit(tx, 'complaint.changed', { complaintId, jurisdiction, stage });
}

/** @throws Problem complaint-other-body, complaint-act-impossible, jurisdiction-not-found */
export async function forwardCase(
  happening: Happening,
  actor: Actor,
  complaintId: ComplaintId,
  { to, reason }: { to: JurisdictionPath; reason: string },
): Promise<DeskCase> {
  const file = await openForDesk(happening, complaintId);
  if (!hasCase(file.row, actor)) throw new Problem('complaint-other-body');
  if (!(await jurisdictionExists(happening.tx, to)) || to === file.row.handler?.path)
    throw new Problem('complaint-act-impossible', { detail: 'there is no such other body' });
  const at = happening.deps.clock.now();
  await insertEvent(happening.tx, {
    complaintId,
    kind: 'forwarded',
    at,
    accountId: actor.accountId,
    reason,
    forwardedTo: to,
  });
  await deskHappened(happening, file, { to });
  return deskCase(happening, actor, await openForDesk(happening, complaintId));
}

/** Without `party`, to everybody in the case. @throws Problem complaint-other-body, complaint-act-impossible */
export async function answerCase(
  happening: Happening,
  actor: Actor,
  complaintId: ComplaintId,
  { text, party }: { text: string; party?: number },
): Promise<DeskCase> {
  const file = await openForDesk(happening, complaintId);
  if (!hasCase(file.row, actor)) throw new Problem('complaint-other-body');
  const to = party === undefined ? null : await requireParty(happening, complaintId, party);
  const at = happening.deps.clock.now();
  await insertMessage(happening.tx, {
    complaintId,
    partyId: to?.partyId ?? null,
    accountId: actor.accountId,
    text,
    at,
  });
  await deskHappened(happening, file, { party: party ?? 'all' });
  return deskCase(happening, actor, await openForDesk(happening, complaintId));
}

async function requireParty({ tx }: Happening, complaintId: ComplaintId, label: number) {
  const party = (await findParties(tx, complaintId)).find((one) => one.label === label);
  if (!party) throw new Problem('complaint-act-impossible', { detail: 'there is no such person in the case' });
  return party;
}

/** On the record, and shown to whom it is about. @throws Problem complaint-other-body, complaint-act-impossible */
export async function identify(
  happening: Happening,
  actor: Actor,
  complaintId: ComplaintId,
  { party: label, reason }: { party: number; reason: string },
): Promise<Complainant> {
  const { tx, deps } = happening;
  const file = await openForDesk(happening, complaintId);
  const party = await requireParty(happening, complaintId, label);
  if (!party.named) throw new Problem('complaint-act-impossible', { detail: 'nobody gave a name' });
  const at = deps.clock.now();
  const { partyId } = party;
  await insertEvent(tx, { complaintId, kind: 'identified', at, accountId: actor.accountId, partyId, reason });
  const identity = await findIdentity(tx, partyId);
  if (!identity) throw new Error(`the identity of ${partyId} stays shut`);
  await deskHappened(happening, file, { party: label, reason });
  return Complainant.parse(
    JSON.parse(citizensOf(deps).secrets.open(`identity ${partyId}`, identity.sealed).toString('utf8')),
  );
}

/** @throws Problem complaint-not-found, complaint-other-body */
export async function openOriginal(
  happening: Happening,
  actor: Actor,
  { complaintId, fileId, reason }: { complaintId: ComplaintId; fileId: string; reason: string },
): Promise<{ mediaType: string; bytes: Buffer }> {
  const { tx, deps } = happening;
  const file = await openForDesk(happening, complaintId);
  if (actor.role !== 'auditor' && !hasCase(file.row, actor)) throw new Problem('complaint-other-body');
  const photo = await findOriginal(tx, complaintId, fileId);
  if (!photo) throw new Problem('complaint-not-found');
  const bytes = citizensOf(deps).secrets.open(`photo ${fileId}`, photo.sealed);
  await deskHappened(happening, file, { photo: fileId, sha256: photo.sha256, reason });
  return { mediaType: photo.mediaType, bytes };
}
