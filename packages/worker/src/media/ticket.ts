// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a ticket is genuine and for this look. Needs neither the database nor the API: a refusal never waits for them.
import { createHash, type KeyObject, verify } from 'node:crypto';
import { type CameraId, Problem, TicketClaims } from '@louver/contract';

const VERSION = 'v1';
const CONTEXT = 'louver-ticket-v1\n';
const MAX_TICKET = 4096;
const SIGNATURE_BYTES = 64;

/** One way to write each value: otherwise a used ticket could be shown again in another spelling. */
function strictBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** @throws Problem ticket-missing, ticket-forged */
export function readTicket(key: KeyObject, ticket: string | undefined): TicketClaims {
  if (!ticket) throw new Problem('ticket-missing');
  if (ticket.length > MAX_TICKET) throw new Problem('ticket-forged');
  const [version, payload, signed, ...rest] = ticket.split('.');
  if (version !== VERSION || !payload || !signed || rest.length > 0) throw new Problem('ticket-forged');
  const [claims, signature] = [strictBase64url(payload), strictBase64url(signed)];
  if (!claims || signature?.length !== SIGNATURE_BYTES) throw new Problem('ticket-forged');
  if (!verify(null, Buffer.from(CONTEXT + payload), key, signature)) throw new Problem('ticket-forged');
  return parseClaims(claims);
}

function parseClaims(bytes: Buffer): TicketClaims {
  try {
    return TicketClaims.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw new Problem('ticket-forged', { cause: error });
  }
}

/** @throws Problem ticket-of-another-camera, ticket-expired */
export function requireUsable(claims: TicketClaims, cameraId: CameraId, nowMs: number): void {
  if (claims.cameraId !== cameraId) throw new Problem('ticket-of-another-camera');
  if (nowMs >= claims.startBefore || nowMs >= claims.endsAt) throw new Problem('ticket-expired');
}

const COOKIE = 'louver_session';

/**
 * A browser shows whose it is; a player that has no cookies is taken at its ticket's word.
 * @throws Problem ticket-of-another-person
 */
export function requireSamePerson(claims: TicketClaims, cookies: string | undefined): void {
  for (const cookie of cookies?.split(';') ?? []) {
    const [name, ...value] = cookie.split('=');
    if (name?.trim() === COOKIE && sessionHash(value.join('=').trim()) !== claims.session)
      throw new Problem('ticket-of-another-person');
  }
}

/** SHA-256 of the session's id, which stands in the cookie as `s:<id>.<signature>`. */
function sessionHash(value: string): string | undefined {
  let text: string;
  try {
    text = decodeURIComponent(value);
  } catch {
    return undefined;
  }
  const end = text.lastIndexOf('.');
  if (!text.startsWith('s:') || end < 2) return undefined;
  return createHash('sha256').update(text.slice(2, end)).digest('hex');
}
