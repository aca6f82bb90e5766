// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a ticket is genuine, for this look, and proves that the look is on the record. Needs neither the database nor the
// API: a refusal never waits for them, and whoever holds them cannot make a ticket good.
import { createHash, type KeyObject, verify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { type CameraId, Problem, SealedTicket, type TicketClaims } from '@louver/contract';
import { type EntryFacts, decodeEntry, hashLeaf, parseReceipt, verifyReceipt } from '@louver/ledger';
import type { LogTrust } from '../record/trust.ts';

const VERSION = 'v2';
const CONTEXT = 'louver-ticket-v2\n';
const MAX_TICKET = 8_192;
/** Deflate makes a thousand bytes of one: without an end it would fill the memory. */
const MAX_INFLATED = 65_536;
const SIGNATURE_BYTES = 64;

/** One way to write each value: otherwise a used ticket could be shown again in another spelling. */
function strictBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** @throws Problem ticket-missing, ticket-forged */
export function readTicket(key: KeyObject, ticket: string | undefined): SealedTicket {
  if (!ticket) throw new Problem('ticket-missing');
  if (ticket.length > MAX_TICKET) throw new Problem('ticket-forged');
  const [version, payload, signed, ...rest] = ticket.split('.');
  if (version !== VERSION || !payload || !signed || rest.length > 0) throw new Problem('ticket-forged');
  const [sealed, signature] = [strictBase64url(payload), strictBase64url(signed)];
  if (!sealed || signature?.length !== SIGNATURE_BYTES) throw new Problem('ticket-forged');
  if (!verify(null, Buffer.from(CONTEXT + payload), key, signature)) throw new Problem('ticket-forged');
  return inflate(sealed);
}

function inflate(sealed: Buffer): SealedTicket {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      inflateRawSync(sealed, { maxOutputLength: MAX_INFLATED }),
    );
    return SealedTicket.parse(JSON.parse(text));
  } catch (error) {
    throw new Problem('ticket-forged', { cause: error });
  }
}

/** @throws Problem ticket-of-another-camera, ticket-expired */
export function requireUsable(claims: TicketClaims, cameraId: CameraId, nowMs: number): void {
  if (claims.cameraId !== cameraId) throw new Problem('ticket-of-another-camera');
  if (nowMs >= claims.startBefore || nowMs >= claims.endsAt) throw new Problem('ticket-expired');
}

/** A record that is older is of a look that was begun, or given up, long ago. */
const MAX_AGE_MS = 90_000;
/** Clocks of two machines may differ by this much. */
const MAX_AHEAD_MS = 30_000;

/**
 * No record, no frames: the log that this worker trusts holds the entry, and the entry names this camera, this person and
 * these minutes.
 * @throws Problem ticket-unproven
 */
export async function requireProven(
  trust: LogTrust,
  { claims, entry, receipt }: SealedTicket,
  nowMs: number,
): Promise<void> {
  try {
    const bytes = Buffer.from(entry, 'utf8');
    const leaf = hashLeaf(bytes);
    const proof = parseReceipt(receipt);
    await trust.judge((policy) => verifyReceipt(proof, leaf, policy));
    const wrong = differenceOf(decodeEntry(bytes), Buffer.from(leaf).toString('hex'), claims, nowMs);
    if (wrong) throw new Error(`the record and the ticket differ in ${wrong}`);
  } catch (error) {
    throw new Problem('ticket-unproven', { cause: error });
  }
}

/** The first thing in which the record is not of this look; undefined when there is none. */
function differenceOf(facts: EntryFacts, digest: string, claims: TicketClaims, nowMs: number): string | undefined {
  const at = Date.parse(facts.at);
  const agrees = {
    action: facts.action === 'viewing.open',
    viewing: facts.subject === claims.viewingId,
    camera: facts.camera === claims.cameraId,
    person: facts.actor === claims.accountId,
    kind: facts.detail['kind'] === claims.kind,
    end: facts.detail['endsAt'] === isoOf(claims.endsAt),
    digest: digest === claims.digest,
    // Also false for what is no time at all.
    age: isoOf(at) === facts.at && at >= nowMs - MAX_AGE_MS && at <= nowMs + MAX_AHEAD_MS,
  };
  return Object.entries(agrees).find(([, same]) => !same)?.[0];
}

/** Undefined for what is no instant: `toISOString` would throw. */
function isoOf(ms: number): string | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
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
