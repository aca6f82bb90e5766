// SPDX-License-Identifier: AGPL-3.0-or-later
// A ticket is `v1.<claims>.<signature>`: base64url without padding; Ed25519 over "louver-ticket-v1\n" and the claims as they stand.
import { sign, verify, type KeyObject } from 'node:crypto';
import { Problem, TicketClaims, type CameraId } from '@louver/contract';

const VERSION = 'v1';
const CONTEXT = 'louver-ticket-v1\n';

const signed = (payload: string) => Buffer.from(CONTEXT + payload, 'utf8');

export function signTicket(key: KeyObject, claims: TicketClaims): string {
  const payload = Buffer.from(JSON.stringify(claims), 'utf8').toString('base64url');
  return `${VERSION}.${payload}.${sign(null, signed(payload), key).toString('base64url')}`;
}

/**
 * What a genuine ticket claims; whether it may still be used is another question.
 * @throws Problem ticket-missing, ticket-forged
 */
export function readTicket(key: KeyObject, ticket: string | undefined): TicketClaims {
  if (!ticket) throw new Problem('ticket-missing');
  const [version, payload, signature, ...rest] = ticket.split('.');
  if (version !== VERSION || !payload || !signature || rest.length > 0) throw new Problem('ticket-forged');
  if (!verify(null, signed(payload), key, Buffer.from(signature, 'base64url'))) throw new Problem('ticket-forged');
  return TicketClaims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
}

/** @throws Problem ticket-of-another-camera, ticket-expired */
export function requireUsable(claims: TicketClaims, cameraId: CameraId, now: Date): void {
  if (claims.cameraId !== cameraId) throw new Problem('ticket-of-another-camera');
  if (now.getTime() >= claims.startBefore) throw new Problem('ticket-expired');
}
