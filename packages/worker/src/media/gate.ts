// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may look. Everything that a ticket can be wrong in ends here, before a single byte of video, and on the record.
import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CameraId, Problem, type TicketClaims } from '@louver/contract';
import type { LogTrust } from '../record/trust.ts';
import type { Refusals } from '../viewings/refusals.ts';
import type { ViewingsUnderWay } from '../viewings/under-way.ts';
import type { CameraStream } from './camera-stream.ts';
import { readTicket, requireProven, requireSamePerson, requireUsable } from './ticket.ts';

export interface GateDeps {
  readonly ticketKey: KeyObject;
  readonly trust: LogTrust;
  readonly viewings: ViewingsUnderWay;
  readonly refusals: Refusals;
  findStream(cameraId: CameraId): LookedAt | undefined;
  onRefusal(slug: Problem['slug']): void;
}

/** What a look needs of a camera's stream. */
export type LookedAt = Pick<CameraStream, 'fanOut' | 'ended' | 'takeSample' | 'onInspected'>;

export interface Admitted {
  readonly claims: TicketClaims;
  readonly stream: LookedAt;
}

/** Refusals that say something about the person who asks, and not about us. */
const ON_RECORD: ReadonlySet<Problem['slug']> = new Set([
  'ticket-missing',
  'ticket-forged',
  'ticket-unproven',
  'ticket-expired',
  'ticket-replayed',
  'ticket-of-another-camera',
  'ticket-of-another-person',
]);

const LIVE_PATH = /^\/live\/([^/]+)$/;

/** The address of a request; its host does not matter and may be anything. */
export const addressOf = (request: IncomingMessage): URL | undefined => {
  const target = request.url ?? '';
  return target.startsWith('/') && !target.startsWith('//') && URL.canParse(target, 'http://worker')
    ? new URL(target, 'http://worker')
    : undefined;
};

function ticketOf(request: IncomingMessage, address: URL): string | undefined {
  const bearer = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '')?.[1];
  return bearer ?? address.searchParams.get('ticket') ?? undefined;
}

/**
 * Uses up the ticket of a request.
 * @throws Problem whichever it is
 */
export async function admit(
  deps: GateDeps,
  request: IncomingMessage,
  allow: TicketClaims['kind'][],
): Promise<Admitted> {
  let cameraId: CameraId | null = null;
  let claims: TicketClaims | undefined;
  try {
    const address = addressOf(request);
    const named = CameraId.safeParse(LIVE_PATH.exec(address?.pathname ?? '')?.[1]?.toLowerCase());
    if (!address || !named.success) throw new Problem('route-unknown');
    cameraId = named.data;
    const sealed = readTicket(deps.ticketKey, ticketOf(request, address));
    claims = sealed.claims;
    requireUsable(claims, cameraId, Date.now());
    requireSamePerson(claims, request.headers.cookie);
    if (!allow.includes(claims.kind))
      throw new Problem('request-invalid', { detail: `A ${claims.kind} ticket is not used like this.` });
    await requireProven(deps.trust, sealed, Date.now());
    // Asked before the ticket is used up: another worker may hold the camera in a moment.
    const stream = deps.findStream(cameraId);
    if (!stream) throw new Problem('stream-not-here');
    await deps.viewings.begin(claims);
    // Over meanwhile: nobody would end this viewing, which was not there when the stream ended those of its camera.
    if (deps.findStream(cameraId) !== stream || stream.ended) {
      deps.viewings.abandon(claims, 'picture-withheld');
      throw new Problem('picture-withheld', { detail: 'The stream ended before the viewing began.' });
    }
    return { claims, stream };
  } catch (error) {
    if (error instanceof Problem && ON_RECORD.has(error.slug)) {
      deps.refusals.note(error.slug, cameraId, error.slug === 'ticket-forged' ? undefined : claims);
      deps.onRefusal(error.slug);
    }
    throw error;
  }
}
