// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import { Problem, ViewingId, h264Level, livePath, streamJobId } from '@louver/contract';
import type { OpenedViewing, Receipt, ViewingRequest } from '@louver/contract';
import { emitAfterCommit, enqueueAfterCommit, type Tx } from '@louver/db';
import type { z } from 'zod';
import type { Deps } from '../http/deps.ts';
import type { Facts } from '../http/endpoint.ts';
import type { Actor } from '../sessions/authenticate.ts';
import { findPolicy, findWatchable, insertViewing } from './queries.ts';
import { signTicket } from './ticket.ts';

/** A ticket that nobody begins to use within this time is worthless. */
const START_WITHIN_MS = 60_000;

interface Opening {
  tx: Tx;
  actor: Actor;
  record: (facts: Facts) => Promise<Receipt>;
  /** Where the person reaches this installation, without a slash at the end. */
  origin: string;
}

/** The record first, the look after it, both or neither. */
export async function openViewing(
  deps: Deps,
  { tx, actor, record, origin }: Opening,
  request: z.output<typeof ViewingRequest>,
): Promise<z.input<typeof OpenedViewing>> {
  const { cameraId, purpose, kind } = request;
  const { jurisdiction, frame, maskVersion } = await requireWatchable(tx, request);
  const { maxMinutes } = await requirePolicy(tx, actor, request);
  const id = ViewingId.parse(randomUUID());
  const openedAt = deps.clock.now();
  const startBefore = new Date(openedAt.getTime() + START_WITHIN_MS);
  const endsAt = new Date(openedAt.getTime() + maxMinutes * 60_000);
  const caseReference = request.caseReference ?? null;

  const receipt = await record({
    subject: id,
    cameraId,
    jurisdiction,
    purpose,
    caseReference,
    detail: { kind, endsAt: endsAt.toISOString(), maskVersion },
  });
  const { accountId, personId, role, sessionHash } = actor;
  const viewing = { id, cameraId, accountId, personId, role, jurisdiction, kind, purpose, caseReference };
  await insertViewing(tx, { ...viewing, openedAt, startBefore, endsAt, recordSeq: receipt.seq });
  await enqueueAfterCommit(tx, 'stream.run', { cameraId }, streamJobId(cameraId));
  await emitAfterCommit(tx, 'viewing.changed', { viewingId: id, jurisdiction });

  const ticket = signTicket(deps.keys.ticketPrivate, {
    viewingId: id,
    cameraId,
    accountId,
    kind,
    session: sessionHash,
    ...receipt,
    issuedAt: openedAt.getTime(),
    startBefore: startBefore.getTime(),
    endsAt: endsAt.getTime(),
  });
  const url = `${origin}${livePath(cameraId)}?ticket=${ticket}`;
  // Encoders take even sizes only, so the picture is that large.
  const { mimeType } = h264Level({ width: evenOf(frame.width), height: evenOf(frame.height) });
  return {
    id,
    ticket,
    startBefore: startBefore.toISOString(),
    endsAt: endsAt.toISOString(),
    live: { url, webSocketUrl: url.replace(/^http/, 'ws'), mimeType },
    receipt,
  };
}

const evenOf = (size: number) => size + (size % 2);

/** @throws Problem camera-not-found, camera-not-live, camera-without-stream, masks-unknown */
async function requireWatchable(tx: Tx, { cameraId }: ViewingRequest) {
  const camera = await findWatchable(tx, cameraId);
  if (!camera) throw new Problem('camera-not-found');
  if (camera.status !== 'live') throw new Problem('camera-not-live');
  if (!camera.hasStream) throw new Problem('camera-without-stream');
  const { jurisdiction, frame, maskVersion } = camera;
  if (!frame || maskVersion === null) throw new Problem('masks-unknown');
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
