// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AimGeometry } from './aim.ts';
import { AccountId, AimId, CameraId, ExposureRunId, FindingId, JurisdictionPath, MaskSetId } from './ids.ts';
import { Actor } from './mask.ts';

const Instant = z.iso.datetime({ offset: true });

/** How recognisable a person would be (IEC 62676-4), best last. */
export const DoriLevel = z.enum(['none', 'detect', 'observe', 'recognise', 'identify']);
export type DoriLevel = z.infer<typeof DoriLevel>;

/** What of the rule a home breaks. */
export const Breach = z.enum(['dori', 'frame-share', 'facade']);
export type Breach = z.infer<typeof Breach>;

/** The rule by which a camera is flagged: data with a version and a date from which it holds. */
export const ExposureRules = z.strictObject({
  /** A home seen at this level or better is one too many… */
  dori: DoriLevel,
  /** …or one that fills so much of the frame, 0…1… */
  frameShare: z.number().gt(0).max(1),
  /** …or one whose façade is so near, in metres. */
  facadeMetres: z.number().min(0).max(500),
  /** A home counts as covered when masks lie over so much of what shows of it: edges of masks and of maps differ by a pixel. */
  coveredShare: z.number().gt(0).max(1),
  /** How far proposed masks reach beyond a home, in degrees. */
  marginDeg: z.number().min(0).max(45),
  /** The reviewer's clock. */
  decideWithinHours: z.number().int().min(1).max(2160),
});
export type ExposureRules = z.infer<typeof ExposureRules>;

/** How much of one home an aim sees, whatever masks lie over it. */
export const HomeExposure = z.object({
  buildingId: z.uuid(),
  /** 0…1 of the frame. */
  frameShare: z.number(),
  pixelsPerMetre: z.number(),
  dori: DoriLevel,
  /** Plane metres to its nearest visible point. */
  distanceMetres: z.number(),
  /** Plane metres to the nearest point of its outline, seen or not. */
  facadeMetres: z.number(),
  breaches: z.array(Breach),
});
export type HomeExposure = z.infer<typeof HomeExposure>;

/** A home in a finding: how much of what shows of it the approved masks cover. */
export const FlaggedHome = HomeExposure.extend({ coveredShare: z.number() });
export type FlaggedHome = z.infer<typeof FlaggedHome>;

/** What one measurement was made from: the same inputs give the same result, and no second run. */
export const ExposureInputs = z.object({
  aim: AimGeometry,
  /** Buildings within range: how many, and a digest of their outlines, heights and uses. */
  buildings: z.object({ count: z.number().int(), digest: z.string() }),
  policyVersion: z.number().int(),
  algorithm: z.string(),
  /** Nobody had said that the aim's numbers are its own: what was measured is what would be seen if they were. */
  uncalibrated: z.literal(true).exactOptional(),
});
export type ExposureInputs = z.infer<typeof ExposureInputs>;

const NamedHome = z.object({
  sourceId: z.string().nullable(),
  name: z.string().nullable(),
  use: z.string().nullable(),
});

export const AimExposures = z
  .object({
    aimId: AimId,
    cameraId: CameraId,
    /** Whether a measurement is wanted that has not been made. */
    pending: z.boolean(),
    /** The last measurement; null while there is none. */
    run: z
      .object({
        id: ExposureRunId,
        finishedAt: Instant,
        inputsDigest: z.string().regex(/^[0-9a-f]{64}$/),
        inputs: ExposureInputs,
        rules: ExposureRules,
        /** The ground that really shows, GeoJSON MultiPolygon in WGS 84. */
        viewshed: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.unknown()) }),
        /** Homes only, worst first. */
        exposures: z.array(HomeExposure.extend(NamedHome.shape)),
      })
      .nullable(),
  })
  .meta({ id: 'AimExposures' });
export type AimExposures = z.infer<typeof AimExposures>;

export const FindingState = z.enum(['open', 'decided', 'closed']);
export type FindingState = z.infer<typeof FindingState>;
/**
 * `masks-not-flat`: what left was decoded, and masks did not lie over it. `scene-shift`: the picture is not the aim's any more.
 * `masks-expiring`: the masks in force are to be renewed before `dueAt`. `aim-uncalibrated`: a live camera with a stream looks
 * somewhere that nobody has measured or stated, so it shows nothing.
 */
export const FindingKind = z.enum([
  'home-exposed',
  'masks-not-flat',
  'scene-shift',
  'masks-expiring',
  'aim-uncalibrated',
]);
export type FindingKind = z.infer<typeof FindingKind>;
export const FindingDecision = z.enum(['approve-masks', 'order-new-aim', 'no-breach']);
export type FindingDecision = z.infer<typeof FindingDecision>;

export const QueueRow = z.object({
  findingId: FindingId,
  state: FindingState,
  camera: z.object({ id: CameraId, code: z.string(), name: z.string(), jurisdiction: JurisdictionPath }),
  aimId: AimId,
  /** The worst home; its name and use are null when its building is gone. */
  home: NamedHome.extend({ buildingId: z.uuid() }),
  /** How many homes are flagged. */
  homes: z.number().int(),
  distanceMetres: z.number(),
  dori: DoriLevel,
  pixelsPerMetre: z.number(),
  frameShare: z.number(),
  openedAt: Instant,
  dueAt: Instant,
  overdue: z.boolean(),
  /** What is proposed, and whether it lies over the picture already. */
  maskSetId: MaskSetId.nullable(),
  enforced: z.boolean(),
  /** It was measured with numbers of the aim that were assumed. */
  uncalibrated: z.boolean(),
  /** A new aim was ordered and not measured below the rule yet. */
  newAimOrderedAt: Instant.nullable(),
});
export type QueueRow = z.infer<typeof QueueRow>;

export const Finding = z
  .object({
    ...QueueRow.shape,
    runId: ExposureRunId,
    policyVersion: z.number().int(),
    flagged: z.array(FlaggedHome),
    closedAt: Instant.nullable(),
    /** The measurement that closed it. */
    closedByRunId: ExposureRunId.nullable(),
    decisions: z.array(
      z.object({
        decision: FindingDecision,
        note: z.string(),
        by: Actor,
        at: Instant,
        maskSetId: MaskSetId.nullable(),
        /** The measurement that it was said about. */
        runId: ExposureRunId,
        /** False: an order that a measurement must bear out, or the first of the two people whom it takes to uncover. */
        completes: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;

/** Any finding, in the list of all. */
export const FindingRow = z.object({
  findingId: FindingId,
  kind: FindingKind,
  state: FindingState,
  camera: QueueRow.shape.camera,
  aim: z.object({ id: AimId, name: z.string() }),
  /** How many homes are flagged; 0 where no home was measured. */
  homes: z.number().int(),
  maskSetId: MaskSetId.nullable(),
  /** What was found: of `masks-not-flat` the output, the version of the masks, and steps of 8 bits from the fill. */
  evidence: z.record(z.string(), z.json()),
  openedAt: Instant,
  dueAt: Instant,
  overdue: z.boolean(),
  closedAt: Instant.nullable(),
});
export type FindingRow = z.infer<typeof FindingRow>;

export const FindingVerdict = z.strictObject({
  decision: FindingDecision,
  note: z.string().trim().min(3).max(500),
  /** The measurement that was in front of whoever decides: nobody decides over homes that came into view meanwhile. */
  runId: ExposureRunId,
  /** With `approve-masks`: another proposal for the aim than the finding's own, drawn by somebody else. */
  maskSetId: MaskSetId.exactOptional(),
});
export type FindingVerdict = z.infer<typeof FindingVerdict>;

/** "It is the same scene", said of a `scene-shift`. */
export const SceneVerdict = z.strictObject({ note: z.string().trim().min(3).max(500) });
export type SceneVerdict = z.infer<typeof SceneVerdict>;

/** What was said of a `scene-shift`: two persons show the picture again, and it becomes the aim's new reference. */
export const SceneFinding = z
  .object({
    findingId: FindingId,
    state: FindingState,
    decisions: z.array(z.object({ note: z.string(), by: Actor, at: Instant, completes: z.boolean() })),
  })
  .meta({ id: 'SceneFinding' });
export type SceneFinding = z.infer<typeof SceneFinding>;

/** Of the last recomputation of many aims: `waiting` + `running` + `done` = `total`. */
export const ExposureProgress = z
  .object({
    id: z.string().regex(/^\d{1,19}$/),
    reason: z.string(),
    by: AccountId.nullable(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    total: z.number().int(),
    waiting: z.number().int(),
    running: z.number().int(),
    done: z.number().int(),
  })
  .meta({ id: 'ExposureProgress' });
export type ExposureProgress = z.infer<typeof ExposureProgress>;
