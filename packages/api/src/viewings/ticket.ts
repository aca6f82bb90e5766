// SPDX-License-Identifier: AGPL-3.0-or-later
// A ticket is `v2.<payload>.<signature>`. Payload: a SealedTicket as JSON, deflated without header, in base64url without
// padding. Signature: Ed25519 over "louver-ticket-v2\n" and the payload as it stands.
import { sign, verify, type KeyObject } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Problem, SealedTicket, type CameraId, type TicketClaims } from '@louver/contract';

const VERSION = 'v2';
const CONTEXT = 'louver-ticket-v2\n';
/** What a genuine ticket unfolds to is a tenth of it. */
const MAX_INFLATED_BYTES = 64 * 1024;

const signed = (payload: string) => Buffer.from(CONTEXT + payload, 'utf8');

export function signTicket(key: KeyObject, ticket: SealedTicket): string {
  const payload = deflateRawSync(Buffer.from(JSON.stringify(ticket), 'utf8'), { level: 9 }).toString('base64url');
  return `${VERSION}.${payload}.${sign(null, signed(payload), key).toString('base64url')}`;
}

/** Node takes much for base64url that is none: other alphabets, white space, bits that mean nothing. One ticket has one text. */
function decodeStrictly(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === text ? bytes : undefined;
}

/**
 * What a genuine ticket says; whether it may still be used, and whether its proof is good, are other questions.
 * @throws Problem ticket-missing, ticket-forged
 */
export function readTicket(key: KeyObject, ticket: string | undefined): SealedTicket {
  if (!ticket) throw new Problem('ticket-missing');
  const [version, payload = '', signature = '', ...rest] = ticket.split('.');
  const [folded, signatureBytes] = [decodeStrictly(payload), decodeStrictly(signature)];
  if (version !== VERSION || !folded || !signatureBytes || rest.length > 0) throw new Problem('ticket-forged');
  // Before anything is unfolded: strangers make nobody inflate what they send.
  if (!verify(null, signed(payload), key, signatureBytes)) throw new Problem('ticket-forged');
  try {
    const text = inflateRawSync(folded, { maxOutputLength: MAX_INFLATED_BYTES }).toString('utf8');
    return SealedTicket.parse(JSON.parse(text));
  } catch (cause) {
    throw new Problem('ticket-forged', { cause });
  }
}

/** @throws Problem ticket-of-another-camera, ticket-expired */
export function requireUsable(claims: TicketClaims, cameraId: CameraId, now: Date): void {
  if (claims.cameraId !== cameraId) throw new Problem('ticket-of-another-camera');
  if (now.getTime() >= claims.startBefore) throw new Problem('ticket-expired');
}
