// SPDX-License-Identifier: AGPL-3.0-or-later
// What the city is told of its cameras in numbers: nothing in it is about a person. How each is counted: docs/ref/figures.md.
import { z } from 'zod';
import { ComplaintStage } from './complaint.ts';

const Instant = z.iso.datetime({ offset: true });
const Count = z.number().int().nonnegative();
const Words = z.object({ vi: z.string(), en: z.string() });

/** `2026-11`, of the calendar and the zone of the city. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export type Month = z.infer<typeof Month>;

/** The tree of the access record at the moment of counting. Entries beyond its size are not counted. */
export const CountedAt = z.object({
  size: Count,
  /** RFC 6962, base64 as in the checkpoint. */
  root: z.string(),
  sealedAt: Instant,
  /** The checkpoint as the log signed it, without witnesses: `louver verify --since` takes it. */
  text: z.string(),
});
export type CountedAt = z.infer<typeof CountedAt>;

/**
 * Cameras under one heading. `named`: as the register shows it; `private-house`: whose it is belongs to nobody's business;
 * `unshown`: no camera that is shown bears the name, so the name is not told; `others`: beyond the longest.
 */
export const CameraGroup = z.object({
  kind: z.enum(['named', 'private-house', 'unshown', 'others', 'unstated']),
  name: z.string().nullable(),
  cameras: Count,
});
export type CameraGroup = z.infer<typeof CameraGroup>;

/** As the register was at `at`. Those that are counted and not shown are in every number. */
export const CameraFigures = z.object({
  shown: Count,
  counted: Count,
  planned: Count,
  /** Of the live ones: can know faces or gaits; can hear. */
  biometric: Count,
  sound: Count,
  /** Live ones; most cameras first, what has no name last. */
  byPurpose: z.array(CameraGroup),
  byOwner: z.array(CameraGroup),
});
export type CameraFigures = z.infer<typeof CameraFigures>;

/** From the measurements in force at `at`, of live cameras. `tooClose` = `covered` + `dark` + `bare`. */
export const HomeFigures = z.object({
  /** Homes that some camera can see at all, by the best level (IEC 62676-4), whatever masks lie over them. */
  byLevel: z.object({ detect: Count, observe: Count, recognise: Count, identify: Count }),
  /** Homes that break the rule without masks. */
  tooClose: Count,
  /** Masks lie over them wherever there is a picture. */
  covered: Count,
  /** Every camera that sees them so shows no picture, because it has no masks in force or nobody has calibrated it. */
  dark: Count,
  /** A picture shows them: masks do not reach yet, or two persons decided that it is no breach. */
  bare: Count,
  policyVersion: z.number().int(),
  /** Views that are to be measured anew. */
  unmeasured: Count,
});
export type HomeFigures = z.infer<typeof HomeFigures>;

/** From the record, of the time counted. */
export const RecordFigures = z.object({
  /** Looks that were opened; of them those that named a case, and single pictures. */
  viewings: z.object({
    opened: Count,
    withCase: Count,
    stills: Count,
    hours: z.number().nonnegative(),
    refused: Count,
  }),
  masks: z.object({ approved: Count, rejected: Count, enforced: Count, expired: Count }),
  findings: z.object({ opened: Count, closed: Count }),
  lifts: Count,
  exports: Count,
  complaints: z.object({
    received: Count,
    joined: Count,
    accepted: Count,
    decided: Count,
    appealed: Count,
    withdrawn: Count,
  }),
  /** Legal dates that an authority let pass, counted on the first day after. */
  missed: z.object({ total: Count, byClock: z.array(z.object({ clock: z.string(), name: Words, dates: Count })) }),
  /** Entries counted here that belong to earlier months, and reached the log after their month's report. */
  late: Count,
});
export type RecordFigures = z.infer<typeof RecordFigures>;

/** Ages in days that the columns of `CaseFigures` end with; the last has no end. */
export const CASE_AGES = [10, 45, 90, 365, null] as const;

/** Cases as they stood at `at`, from what happened to each and from the law. */
export const CaseFigures = z.object({
  open: Count,
  /** Open, and a date that an authority missed is missed still. */
  late: Count,
  ended: Count,
  /** Open ones by stage, in the order of the law; `byAge` has a number for each of `CASE_AGES`. */
  byStage: z.array(z.object({ stage: ComplaintStage, byAge: z.array(Count).length(CASE_AGES.length) })),
  /** Days since the oldest open one was filed. */
  oldestDays: Count.nullable(),
  /** Their dates could not be computed: a fault that is to be mended. */
  uncomputed: Count,
});
export type CaseFigures = z.infer<typeof CaseFigures>;

/** Of one commune. Homes by the place of the camera: one that two wards' cameras see is in both. */
export const WardFigures = z.object({
  path: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  live: Count,
  planned: Count,
  tooClose: Count,
  bare: Count,
  viewings: Count,
  received: Count,
  missed: Count,
});
export type WardFigures = z.infer<typeof WardFigures>;

export const Figures = z.object({
  version: z.literal(1),
  month: Month,
  /** The month was over when it was counted. */
  whole: z.boolean(),
  /** What of the record is counted, by the time of its entries: from the beginning of the month, up to and without `until`. */
  from: Instant,
  until: Instant,
  /** The moment of which `cameras` and `homes` speak. Of a whole month it is after `until`: states can't be read backwards. */
  at: Instant,
  checkpoint: CountedAt,
  /** Entries below this index that are older than `from` were counted in earlier reports. */
  countedBefore: Count,
  cameras: CameraFigures,
  homes: HomeFigures,
  record: RecordFigures,
  cases: CaseFigures,
  wards: z.array(WardFigures),
});
export type Figures = z.infer<typeof Figures>;
