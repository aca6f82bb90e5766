// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { Problem, ViewingId, h264Level, livePath, streamJobId } from '@louver/contract';
import type { OpenedViewing, Receipt, TicketClaims, ViewingRequest } from '@louver/contract';
import { appendRecord, emitAfterCommit, enqueueAfterCommit, inTx, type Tx } from '@louver/db';
import type { z } from 'zod';
import type { Deps } from '../http/deps.ts';
import type { Facts } from '../http/endpoint.ts';
import type { Actor } from '../sessions/authenticate.ts';
import { endUnstarted } from './ending.ts';
import { findPolicy, findWatchable, insertViewing, readEntry } from './queries.ts';
import { signTicket } from './ticket.ts';

/** A ticket that nobody begins to use within this time is worthless. */
const START_WITHIN_MS = 60_000;
/** Of purpose and case, deflated as in the ticket. */
const MAX_CARRIED_BYTES = 700;

interface Opening {
  tx: Tx;
  actor: Actor;
  record: (facts: Facts) => Promise<Receipt>;
  /** Where the person reaches this installation, without a slash at the end. */
  origin: string;
}

/**
 * The record first, the look after it, both or neither. What it gives is called once both are committed: it waits until
 * the record is sealed, and only then makes a ticket.
 */
export async function openViewing(
  deps: Deps,
  { tx, actor, record, origin }: Opening,
  request: z.output<typeof ViewingRequest>,
): Promise<() => Promise<z.input<typeof OpenedViewing>>> {
  const { cameraId, purpose, kind } = request;
  requireCarriable(request);
  const { jurisdiction, frame, maskVersion } = await requireWatchable(tx, request);
  const { maxMinutes } = await requirePolicy(tx, actor, request);
  const id = ViewingId.parse(randomUUID());
  const openedAt = deps.clock.now();
  const startBefore = new Date(openedAt.getTime() + START_WITHIN_MS);
  const endsAt = new Date(openedAt.getTime() + maxMinutes * 60_000);
  const caseReference = request.caseReference ?? null;

  const { seq, digest } = await record({
    subject: id,
    cameraId,
    jurisdiction,
    purpose,
    caseReference,
    detail: { kind, endsAt: endsAt.toISOString(), maskVersion },
  });
  const { accountId, personId, role, sessionHash } = actor;
  const viewing = { id, cameraId, accountId, personId, role, jurisdiction, kind, purpose, caseReference };
  await insertViewing(tx, { ...viewing, openedAt, startBefore, endsAt, recordSeq: seq });
  await enqueueAfterCommit(tx, 'stream.run', { cameraId }, streamJobId(cameraId));
  await emitAfterCommit(tx, 'viewing.changed', { viewingId: id, jurisdiction });

  const entry = await readEntry(tx, seq);
  const claims: TicketClaims = {
    viewingId: id,
    cameraId,
    accountId,
    kind,
    session: sessionHash,
    seq,
    digest,
    issuedAt: openedAt.getTime(),
    startBefore: startBefore.getTime(),
    endsAt: endsAt.getTime(),
  };
  // Encoders take even sizes only, so the picture is that large.
  const { mimeType } = h264Level({ width: evenOf(frame.width), height: evenOf(frame.height) });
  return async () => {
    const sealed = await requireSealed(deps, actor, claims);
    const ticket = signTicket(deps.keys.ticketPrivate, { claims, entry, receipt: sealed.tlogProof });
    const url = `${origin}${livePath(cameraId)}?ticket=${ticket}`;
    return {
      id,
      ticket,
      startBefore: startBefore.toISOString(),
      endsAt: endsAt.toISOString(),
      live: { url, webSocketUrl: url.replace(/^http/, 'ws'), mimeType },
      receipt: { seq, digest, entry, ...sealed },
    };
  };
}

/**
 * No record, no ticket. A look that was recorded and could not be sealed in time is over before it began, and that
 * stands in the record too.
 * @throws Problem record-not-sealed
 */
async function requireSealed(deps: Deps, { accountId, role, jurisdictions }: Actor, claims: TicketClaims) {
  const { seq, digest, viewingId } = claims;
  try {
    return await deps.ledger.sealing.sealed({ seq, digest });
  } catch (error) {
    const closing = { action: 'viewing.close', actor: { accountId, role } } as const;
    await inTx(deps.pool, { jurisdictions }, (tx) =>
      endUnstarted(tx, viewingId, (facts) => appendRecord(tx, { ...closing, ...facts })),
    );
    throw error;
  }
}

/**
 * The words travel in the ticket, and the ticket in an address that players cut at 4,096 signs. Three hundred signs of any
 * language fit; three hundred that have nothing in common may not.
 */
function requireCarriable({ purpose, caseReference = '' }: ViewingRequest): void {
  if (deflateRawSync(`${purpose}${caseReference}`, { level: 9 }).length <= MAX_CARRIED_BYTES) return;
  const detail = 'is too much for a ticket: use fewer or plainer words';
  throw new Problem('request-invalid', { errors: [{ pointer: '/purpose', detail }] });
}

const evenOf = (size: number) => size + (size % 2);

/** @throws Problem camera-not-found, camera-not-live, camera-without-stream, aim-uncalibrated, masks-unknown, masks-expired */
async function requireWatchable(tx: Tx, { cameraId }: ViewingRequest) {
  const camera = await findWatchable(tx, cameraId);
  if (!camera) throw new Problem('camera-not-found');
  if (camera.status !== 'live') throw new Problem('camera-not-live');
  if (!camera.hasStream) throw new Problem('camera-without-stream');
  if (camera.isUncalibrated) throw new Problem('aim-uncalibrated');
  const { jurisdiction, frame, maskVersion } = camera;
  if (!frame || maskVersion === null) throw new Problem('masks-unknown');
  if (camera.isExpired) throw new Problem('masks-expired');
  return { jurisdiction, frame, maskVersion };
}

/** @throws Problem not-permitted, case-reference-required */
async function requirePolicy(tx: Tx, { role }: Actor, { caseReference }: ViewingRequest) {
  const policy = await findPolicy(tx, role);
  if (!policy) throw new Problem('not-permitted');
  if (policy.caseReferenceRequired && caseReference === undefined)
    throw new Problem('case-reference-required', { errors: [{ pointer: '/caseReference', detail: 'is missing' }] });
  return policy;
}
