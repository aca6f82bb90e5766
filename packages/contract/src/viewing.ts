// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AccountId, CameraId, PersonId, RecordSeq, ViewingId } from './ids.ts';
import { Role } from './roles.ts';

const Instant = z.iso.datetime({ offset: true });

/** `still`: one picture instead of moving video. Both are looks, and both are on the record. */
export const ViewingKind = z.enum(['live', 'still']);
export type ViewingKind = z.infer<typeof ViewingKind>;

export const ViewingRequest = z.strictObject({
  cameraId: CameraId,
  purpose: z.string().trim().min(3, 'say in at least three letters what you look for').max(300),
  caseReference: z
    .string()
    .trim()
    .min(2)
    .max(64)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ./_-]*$/u)
    .exactOptional(),
  kind: ViewingKind.default('live'),
});
export type ViewingRequest = z.infer<typeof ViewingRequest>;

/** Proof for the person that the look is on the record. */
export const Receipt = z.object({ seq: RecordSeq, digest: z.string().regex(/^[0-9a-f]{64}$/) }).meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof Receipt>;

/** The same, with all that it takes to verify it offline: the log's verifier key is the only other thing needed. */
export const SealedReceipt = Receipt.extend({
  /** Where the record stands in the log. */
  leafIndex: z.number().int().nonnegative(),
  /** The record's entry, exactly as it was hashed; UTF-8. */
  entry: z.string(),
  /** A tlog-proof, as a file of the name `.tlog-proof` holds it. */
  tlogProof: z.string(),
}).meta({ id: 'SealedReceipt' });
export type SealedReceipt = z.infer<typeof SealedReceipt>;

export const OpenedViewing = z
  .object({
    id: ViewingId,
    ticket: z.string(),
    /** The picture must begin before this; afterwards the ticket is worthless. */
    startBefore: Instant,
    endsAt: Instant,
    live: z.object({ url: z.url(), webSocketUrl: z.url(), mimeType: z.string() }),
    receipt: SealedReceipt,
  })
  .meta({ id: 'OpenedViewing' });
export type OpenedViewing = z.infer<typeof OpenedViewing>;

/** What a ticket states. Signed by the API, verified by the media worker without asking anybody. */
export const TicketClaims = z.strictObject({
  viewingId: ViewingId,
  cameraId: CameraId,
  accountId: AccountId,
  kind: ViewingKind,
  /** SHA-256 (hex) of the session that opened the viewing: a browser of somebody else is refused. */
  session: z.string().regex(/^[0-9a-f]{64}$/),
  seq: RecordSeq,
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Milliseconds since 1970. */
  issuedAt: z.number().int(),
  startBefore: z.number().int(),
  endsAt: z.number().int(),
});
export type TicketClaims = z.infer<typeof TicketClaims>;

/** What is inside a ticket: what it claims, and the proof that the access record says so. */
export const SealedTicket = z.strictObject({
  claims: TicketClaims,
  /** The record's entry, exactly as it was hashed. */
  entry: z.string().max(65_535),
  /** Its tlog-proof against a published checkpoint. */
  receipt: z.string().max(16_384),
});
export type SealedTicket = z.infer<typeof SealedTicket>;

export const ViewingEnd = z.enum([
  'closed',
  'line-dropped',
  'time-over',
  'picture-withheld',
  'never-started',
  'worker-lost',
]);
export type ViewingEnd = z.infer<typeof ViewingEnd>;

/** One row of the oversight list: who looked at which camera, for what purpose, from when to when. */
export const Viewing = z
  .object({
    id: ViewingId,
    kind: ViewingKind,
    camera: z.object({ id: CameraId, code: z.string(), name: z.string() }),
    account: z.object({ id: AccountId, name: z.string().nullable(), role: Role }),
    person: PersonId,
    purpose: z.string(),
    caseReference: z.string().nullable(),
    openedAt: Instant,
    startedAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    end: ViewingEnd.nullable(),
    secondsDelivered: z.number().nullable(),
    framesDelivered: z.number().int().nullable(),
    receipt: Receipt,
  })
  .meta({ id: 'Viewing' });
export type Viewing = z.infer<typeof Viewing>;
