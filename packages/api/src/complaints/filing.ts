// SPDX-License-Identifier: AGPL-3.0-or-later
// A complaint comes in: whatever the door, once, with its dates running from that moment.
import { randomUUID } from 'node:crypto';
import { localDateAt } from '@louver/clocks';
import {
  ComplaintId,
  Problem,
  procedureOf,
  type ComplaintDraft,
  type FiledComplaint,
  type NearComplaint,
} from '@louver/contract';
import { emitAfterCommit } from '@louver/db';
import { citizensOf, type Happening } from './citizens.ts';
import { law } from './law.ts';
import { addPhotos } from './photo-keeping.ts';
import type { CheckedPhoto } from './photos.ts';
import {
  findJoinable,
  findNear,
  findPartyByCode,
  findReference,
  findTarget,
  insertComplaint,
  insertEvent,
  insertIdentity,
  insertParty,
  showCaseOf,
} from './queries.ts';
import { restand } from './settling.ts';

/** Cases of a kind within so many metres are probably about the same thing. */
const NEAR_METRES = 75;

export interface Filing {
  draft: ComplaintDraft;
  photos: readonly CheckedPhoto[];
  source: 'page' | 'open311';
}

/**
 * Files it, or joins the case that `draft.joins` names. The same form with the same words is filed once, and answered with the
 * same code.
 * @throws Problem complaint-place-unknown, complaint-name-required, complaint-form-used, complaint-not-found, camera-not-found
 */
export async function fileComplaint(happening: Happening, filing: Filing): Promise<FiledComplaint> {
  const { deps, tx } = happening;
  const { secrets } = citizensOf(deps);
  const { formKey, ...content } = filing.draft;
  const code = secrets.codeOf(formKey, content);
  const codeMac = secrets.codeMac(code);
  await showCaseOf(tx, codeMac);
  const known = await findPartyByCode(tx, codeMac);
  if (known) return repeated(happening, code, known);
  const target = await targetOf(happening, filing);
  const partyId = randomUUID();
  const macs = { codeMac, formMac: secrets.formMac(formKey) };
  const isNew = await withParty(happening, filing, target, { partyId, ...macs });
  if (!isNew) {
    // The same form, sent twice at once: the other one was first.
    const first = await findPartyByCode(tx, codeMac);
    if (!first) throw new Problem('complaint-form-used');
    await happening.record({ action: 'complaint.receive', subject: first.complaintId, detail: { repeated: true } });
    return repeated(happening, code, first);
  }
  const { complainant } = filing.draft;
  if (complainant)
    await insertIdentity(tx, partyId, secrets.seal(`identity ${partyId}`, Buffer.from(JSON.stringify(complainant))));
  const reference = await findReference(tx, target.complaintId);
  await recordFiling(happening, filing, target, reference, partyId);
  return { caseCode: code, reference, repeated: false, joined: target.joins, photos: filing.photos.length };
}

async function repeated(
  { tx }: Happening,
  caseCode: string,
  party: { complaintId: ComplaintId; role: string },
): Promise<FiledComplaint> {
  const reference = await findReference(tx, party.complaintId);
  return { caseCode, reference, repeated: true, joined: party.role === 'affected', photos: 0 };
}

type Target = Awaited<ReturnType<typeof targetOf>>;

async function targetOf({ tx }: Happening, { draft }: Filing) {
  const { joins, cameraId, place, kind, complainant } = draft;
  const form = complainant ? ('named' as const) : ('anonymous' as const);
  if (joins !== undefined) {
    const found = await findJoinable(tx, joins);
    if (!found || found.kind !== kind) throw new Problem('complaint-not-found');
    return { joins: true as const, form, ...found };
  }
  const procedure = procedureOf(kind, form);
  if (procedure === null) throw new Problem('complaint-name-required');
  const { cameraFound, jurisdiction, homeId } = await findTarget(tx, cameraId, place);
  if (cameraId !== undefined && !cameraFound) throw new Problem('camera-not-found');
  if (jurisdiction === null) throw new Problem('complaint-place-unknown');
  return {
    joins: false as const,
    complaintId: ComplaintId.parse(randomUUID()),
    cameraId: cameraId ?? null,
    ...{ form, procedure, jurisdiction, homeId },
  };
}

/** Complaint and person, both or neither. @returns false when the form had been sent before */
async function withParty(
  { deps, tx }: Happening,
  { draft, source }: Filing,
  target: Target,
  party: { partyId: string; codeMac: Buffer; formMac: Buffer },
): Promise<boolean> {
  const at = deps.clock.now();
  const { complaintId } = target;
  const { kind, cameraId, place, text, language } = draft;
  const taken = new Error('the form had been sent before');
  try {
    await tx.savepoint(async () => {
      if (!target.joins) {
        const { form, procedure, jurisdiction, homeId } = target;
        const filedOn = localDateAt(at.getTime(), law.calendar.zone);
        const rules = law.rules.inForce({ procedure, jurisdiction, filedOn }).id;
        const request = procedure === 'data-request' ? 'copy' : null;
        const what = { complaintId, kind, form, procedure, rules, jurisdiction };
        await insertComplaint(tx, { ...what, cameraId, place, homeId, request, source, at });
      }
      const named = target.form === 'named';
      if (!(await insertParty(tx, { ...party, complaintId, named, language, text, at }))) throw taken;
    });
  } catch (error) {
    if (error === taken) return false;
    throw error;
  }
  return true;
}

async function recordFiling(
  happening: Happening,
  { draft, photos, source }: Filing,
  target: Target,
  reference: string,
  partyId: string,
): Promise<void> {
  const { deps, tx, record } = happening;
  const { complaintId, jurisdiction, form } = target;
  const at = deps.clock.now();
  await insertEvent(tx, { complaintId, kind: target.joins ? 'joined' : 'filed', at, partyId });
  const digests = await addPhotos(happening, { complaintId, partyId }, photos);
  await record({
    action: target.joins ? 'complaint.join' : 'complaint.receive',
    subject: complaintId,
    cameraId: target.cameraId,
    jurisdiction,
    caseReference: reference,
    detail: { kind: draft.kind, form, source, photos: digests },
  });
  const { stage } = await restand(happening, complaintId);
  await emitAfterCommit(tx, 'complaint.changed', { complaintId, jurisdiction, stage });
}

/** Nothing of it says where the others live, or who they are. */
export async function nearComplaints(
  { tx }: Happening,
  { kind, cameraId, place }: Pick<ComplaintDraft, 'kind' | 'cameraId' | 'place'>,
): Promise<NearComplaint[]> {
  const found = await findNear(tx, kind, cameraId, place, NEAR_METRES);
  return found.map(({ filedAt, ...near }) => ({
    ...near,
    filedOn: localDateAt(Date.parse(filedAt), law.calendar.zone),
  }));
}
