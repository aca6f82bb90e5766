// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { FrameSize } from './aim.ts';
import { AccountId, AimId, CameraId, MaskSetId } from './ids.ts';
import { MaskPolygons, MaskPolygonsShape } from './polygon.ts';

export const MaskSetState = z.enum(['draft', 'proposed', 'approved', 'active', 'retired', 'rejected']);
export type MaskSetState = z.infer<typeof MaskSetState>;

/** Drawn by a person, or computed from a measurement: then nobody is its author. */
export const MaskSetOrigin = z.enum(['person', 'geometry']);
export type MaskSetOrigin = z.infer<typeof MaskSetOrigin>;

const Instant = z.iso.datetime({ offset: true });

/** Who did it, by pseudonym, and the name as far as the reader may know it. */
export const Actor = z.object({ id: AccountId, name: z.string().nullable() });
export type Actor = z.infer<typeof Actor>;

/** Computed when a set is made, and once more when it is approved. */
export const Uncovered = z.object({
  /** The version that it was compared with. */
  version: z.number().int(),
  /** 0…1 of the frame. */
  share: z.number(),
  /** Outlines of it, without holes, as fractions of the frame. */
  polygons: z.array(z.array(z.tuple([z.number(), z.number()]))),
});
export type Uncovered = z.infer<typeof Uncovered>;

export const MaskSet = z
  .object({
    id: MaskSetId,
    aimId: AimId,
    cameraId: CameraId,
    cameraCode: z.string(),
    version: z.number().int(),
    state: MaskSetState,
    polygons: MaskPolygonsShape,
    /** The frame that the polygons were drawn on: a stream of another size gets no picture. */
    frame: FrameSize,
    /** SHA-256 (hex) of the canonical JSON of aim, frame and polygons. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    reason: z.string(),
    origin: MaskSetOrigin,
    /** Null when it comes from geometry. */
    author: Actor.nullable(),
    decidedBy: Actor.nullable(),
    decisionNote: z.string().nullable(),
    createdAt: Instant,
    decidedAt: Instant.nullable(),
    activatedAt: Instant.nullable(),
    /** Since when it is to lie over the picture without a person's decision: it only adds to the approved set. */
    enforcedAt: Instant.nullable(),
    /** From then on there is no picture under these masks; null before they were approved. */
    expiresAt: Instant.nullable(),
    /** Since when it is in the reviewers' queue to be renewed; null before it was approved. */
    renewFrom: Instant.nullable(),
    /** The version that it renews: the same polygons, looked at and approved once more. */
    renews: z.number().int().nullable(),
    /** What was covered by the set in force and is not by this one; null where none was in force. */
    uncovers: Uncovered.nullable(),
  })
  .meta({ id: 'MaskSet' });
export type MaskSet = z.infer<typeof MaskSet>;

export const MaskProposal = z.strictObject({
  polygons: MaskPolygons,
  frame: FrameSize,
  /** What the author saw in force: somebody else's newer set makes the proposal a conflict instead of a silent overwrite. */
  basedOnVersion: z.number().int().min(0),
  reason: z.string().trim().min(3).max(500),
});
export type MaskProposal = z.infer<typeof MaskProposal>;

export const MaskRenewal = z.strictObject({ reason: z.string().trim().min(3).max(500) });
export type MaskRenewal = z.infer<typeof MaskRenewal>;

export const MaskDecision = z.strictObject({ note: z.string().trim().min(3).max(500) });
export type MaskDecision = z.infer<typeof MaskDecision>;

/** What is burned into every picture of the camera now. */
export const MasksInForce = z
  .object({ aimId: AimId, version: z.number().int(), frame: FrameSize, polygons: MaskPolygonsShape })
  .meta({ id: 'MasksInForce' });
export type MasksInForce = z.infer<typeof MasksInForce>;
