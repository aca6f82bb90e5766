// SPDX-License-Identifier: AGPL-3.0-or-later
// A complaint as it is filed, as its complainant follows it by the case code, and as the desk works on it.
import { z } from 'zod';
import { isCaseCode } from './case-code.ts';
import { DoriLevel } from './exposure.ts';
import { Latitude, Longitude } from './geo.ts';
import { CameraId, ComplaintId, JurisdictionPath } from './ids.ts';
import { Actor } from './mask.ts';

const Instant = z.iso.datetime({ offset: true });
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Words = z.object({ vi: z.string(), en: z.string() });

export const ComplaintKind = z.enum([
  'faces-home',
  'not-registered',
  'no-sign',
  'footage-access',
  'footage-misuse',
  'camera-fault',
  'planned-camera',
]);
export type ComplaintKind = z.infer<typeof ComplaintKind>;

/** `named` can start the clocks of the law; an `anonymous` report is looked at, and starts none of them. */
export const ComplaintForm = z.enum(['named', 'anonymous']);
export type ComplaintForm = z.infer<typeof ComplaintForm>;

/** Which rules its dates follow. */
export const ComplaintProcedure = z.enum(['complaint', 'data-request', 'report']);
export type ComplaintProcedure = z.infer<typeof ComplaintProcedure>;

/** What a named or anonymous case of a kind starts; null: this kind needs a name. */
export function procedureOf(kind: ComplaintKind, form: ComplaintForm): ComplaintProcedure | null {
  if (kind === 'footage-access') return form === 'named' ? 'data-request' : null;
  return form === 'anonymous' || kind === 'camera-fault' ? 'report' : 'complaint';
}

/** 16 digits, the last a check digit; spaces and hyphens between them are taken out. */
export const CaseCode = z
  .string()
  .max(64)
  .transform((text) => text.replaceAll(/[\s-]/g, ''))
  .refine(isCaseCode, 'is not a case code: 16 digits, and one of them looks mistyped');

/** `KN-26-000123`: names a case in public; it opens nothing. */
export const ComplaintReference = z.string().regex(/^KN-\d{2}-\d{6,9}$/);

/** One line or several, without what no form sends. */
const text = (min: number, max: number) =>
  z
    .string()
    .transform((value) => value.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().min(min).max(max));

export const LonLat = z.object({ lon: Longitude, lat: Latitude });
export type LonLat = z.infer<typeof LonLat>;

/** Kept sealed, apart from the case: the body complained of sees it only on the record, for a stated reason. */
export const Complainant = z.strictObject({
  name: text(2, 200),
  phone: text(3, 40).exactOptional(),
  email: z.email().max(200).exactOptional(),
  address: text(3, 300).exactOptional(),
});
export type Complainant = z.infer<typeof Complainant>;

/** Made with the form, by whoever shows it: the same form sent twice is one case. */
export const FormKey = z.string().regex(/^[\w-]{22,64}$/, 'expected 22 to 64 of A-Z a-z 0-9 _ -');

export const ComplaintDraft = z
  .strictObject({
    formKey: FormKey,
    kind: ComplaintKind,
    /** What somebody saw, and what they want. */
    text: text(10, 8_000),
    language: z.enum(['vi', 'en']),
    /** Absent: an anonymous report. */
    complainant: Complainant.exactOptional(),
    /** The home or the spot; needed unless a camera of the register is named. */
    place: LonLat.exactOptional(),
    cameraId: CameraId.exactOptional(),
    /** The same matter is under way: whoever files becomes a further affected person of that case, with a code of their own. */
    joins: ComplaintReference.exactOptional(),
  })
  .check(({ value, issues }) => {
    if (value.place === undefined && value.cameraId === undefined && value.joins === undefined)
      issues.push({ code: 'custom', input: value, path: ['place'], message: 'name a place or a camera' });
  });
export type ComplaintDraft = z.infer<typeof ComplaintDraft>;

/** Bytes at most of one photo, and photos at most of one person in one case. */
export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;
export const MAX_PHOTOS = 6;

export const FiledComplaint = z
  .object({
    /** Shown once. It is stored as a keyed hash only, and nobody can find it again. */
    caseCode: z.string().regex(/^\d{16}$/),
    reference: ComplaintReference,
    /** The same form with the same words had been sent before: nothing was filed anew, and the code is the same. */
    repeated: z.boolean(),
    joined: z.boolean(),
    photos: z.number().int(),
  })
  .meta({ id: 'FiledComplaint' });
export type FiledComplaint = z.infer<typeof FiledComplaint>;

export const NearComplaint = z
  .object({
    reference: ComplaintReference,
    kind: ComplaintKind,
    filedOn: Day,
    sameCamera: z.boolean(),
    /** Persons who have joined it, the first included. */
    affected: z.number().int(),
  })
  .meta({ id: 'NearComplaint' });
export type NearComplaint = z.infer<typeof NearComplaint>;

/** Where a case can stand; the dates and what follows from them are `packages/clocks`. */
export const ComplaintStage = z.enum([
  ...([
    'awaiting-acceptance',
    'not-accepted',
    'refused',
    'deciding',
    'suspended',
    'decided',
    'deemed-refused',
  ] as const),
  ...([
    'second-awaiting-acceptance',
    'second-not-accepted',
    'second-refused',
    'second-deciding',
    'second-decided',
  ] as const),
  ...(['oversight', 'answering', 'answer-late', 'answered', 'withdrawn', 'closed'] as const),
]);
export type ComplaintStage = z.infer<typeof ComplaintStage>;

/** Who has it: the body complained of, its superior, the oversight body. */
export const ComplaintLevel = z.enum(['first', 'second', 'oversight']);
export type ComplaintLevel = z.infer<typeof ComplaintLevel>;

export const ComplaintClock = z.object({
  /** `VN-KN-2`; see docs/ref/clocks.md. */
  id: z.string(),
  name: Words,
  binds: z.enum(['body', 'superior', 'oversight', 'complainant']),
  /** Last day in time, in the zone of the place; null while suspended. */
  due: Day.nullable(),
  daysLeft: z.number().int().nullable(),
  state: z.enum(['running', 'paused', 'met', 'late', 'lapsed', 'stopped']),
  lateSince: Day.nullable(),
  daysLate: z.number().int(),
  provisional: z.boolean(),
  /** How the date was computed, in sentences, the most important first. */
  explanation: z.object({ vi: z.array(z.string()), en: z.array(z.string()) }),
});
export type ComplaintClock = z.infer<typeof ComplaintClock>;

/** What happened to a case. Those of `clocks` move its dates; `lapsed` is a date that passed, written by nobody. */
export const ComplaintEventKind = z.enum([
  ...(['filed', 'acknowledged', 'accepted', 'refused', 'extended', 'suspended', 'resumed', 'decided', 'sent'] as const),
  ...(['appealed', 'second-accepted', 'second-refused', 'second-decided', 'second-sent', 'withdrawn'] as const),
  ...(['lapsed', 'taken-over', 'forwarded', 'joined', 'identified', 'fixed'] as const),
]);
export type ComplaintEventKind = z.infer<typeof ComplaintEventKind>;

/** `founded` and `partly-founded` promise something: the case stays in view until it is `fixed`, which is measured. */
export const ComplaintOutcome = z.enum(['fixed', 'founded', 'partly-founded', 'unfounded', 'answered']);
export type ComplaintOutcome = z.infer<typeof ComplaintOutcome>;

export const ComplaintPaper = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  /** SHA-256 (hex) of the PDF; it stands on the record as well. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  at: Instant,
  /** Where the PDF is read; for a complainant it opens for some minutes. */
  href: z.string(),
});
export type ComplaintPaper = z.infer<typeof ComplaintPaper>;

const Seen = z.object({ at: Instant, dori: DoriLevel, frameShare: z.number(), distanceMetres: z.number() });
/** What a «fixed» rests on, of one aim: how it saw the home when the complaint was filed, and how it does now. */
export const FixedMeasurement = z.object({
  /** Null: a camera whose place is not shown; then nothing is told of how it sees. */
  cameraCode: z.string().nullable(),
  before: Seen.nullable(),
  after: Seen.nullable(),
  /** By masks that were burned in since. */
  covered: z.boolean(),
  takenDown: z.boolean(),
});
export type FixedMeasurement = z.infer<typeof FixedMeasurement>;

const event = {
  kind: ComplaintEventKind,
  /** When it counts from: for `lapsed` the first day after the date, whenever somebody noticed. */
  at: Instant,
  noticedAt: Instant,
  level: ComplaintLevel,
  /** The body that acted; null: the complainant, or nobody. */
  body: z.object({ path: JurisdictionPath, name: z.string(), nameEn: z.string().nullable() }).nullable(),
  reason: z.string().nullable(),
  paper: ComplaintPaper.nullable(),
  outcome: ComplaintOutcome.nullable(),
  /** `lapsed`: which clock, and what followed. */
  clock: z.object({ id: z.string(), name: Words, due: Day, consequences: z.array(z.string()) }).nullable(),
  /** Of what closed a case about a home as fixed. */
  measured: z.array(FixedMeasurement).nullable(),
};
export const CaseHistoryEvent = z.object(event);
export type CaseHistoryEvent = z.infer<typeof CaseHistoryEvent>;

export const CasePhoto = z.object({
  id: z.uuid(),
  /** Without anything but the picture: no place, no device, no date. */
  href: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  at: Instant,
});
export type CasePhoto = z.infer<typeof CasePhoto>;

export const CaseMessage = z.object({
  id: z.uuid(),
  from: z.enum(['complainant', 'office']),
  at: Instant,
  text: z.string(),
});
export type CaseMessage = z.infer<typeof CaseMessage>;

const Place = z.object({ path: JurisdictionPath, name: z.string(), nameEn: z.string().nullable() });

/** What everybody who may see a case sees of it. */
const standing = {
  reference: ComplaintReference,
  kind: ComplaintKind,
  form: ComplaintForm,
  procedure: ComplaintProcedure,
  filedAt: Instant,
  /** The rules in force when it was filed; it keeps them. */
  rules: z.object({ id: z.string(), title: Words }),
  /** Where it is, and who is complained of. */
  jurisdiction: Place,
  /** Who has it now; null: the oversight body. */
  handler: Place.nullable(),
  level: ComplaintLevel,
  stage: ComplaintStage,
  suspended: z.boolean(),
  /** The running date that comes first, of those that bind an authority. */
  next: ComplaintClock.nullable(),
  /** Something was promised by a decision and is not measured as done. */
  remedyOpen: z.boolean(),
  affected: z.number().int(),
};

/** One exposure of the home by one camera; `covered` by masks in force. */
export const CaseMeasurement = z.object({
  cameraId: CameraId,
  cameraCode: z.string(),
  measuredAt: Instant,
  dori: DoriLevel,
  frameShare: z.number(),
  distanceMetres: z.number(),
  breaches: z.array(z.string()),
  covered: z.boolean(),
});
export type CaseMeasurement = z.infer<typeof CaseMeasurement>;

/** By the case code: a complainant, or a further affected person, who sees no other person and nothing they wrote. */
export const CaseView = z
  .object({
    ...standing,
    role: z.enum(['complainant', 'affected']),
    text: z.string(),
    /** Code and name, only of a camera that the register shows. */
    camera: z.object({ id: CameraId, code: z.string(), name: z.string() }).nullable(),
    place: LonLat.nullable(),
    stages: z.array(z.object({ stage: ComplaintStage, since: Day, until: Day.nullable() })),
    clocks: z.array(ComplaintClock),
    history: z.array(CaseHistoryEvent),
    messages: z.array(CaseMessage),
    photos: z.array(CasePhoto),
    may: z.array(z.enum(['appeal', 'withdraw', 'write', 'add-photo'])),
    /** The time for an appeal is over: it counts with a reason only. */
    appealIsLate: z.boolean(),
  })
  .meta({ id: 'CaseView' });
export type CaseView = z.infer<typeof CaseView>;

export const DeskAct = z.enum([
  ...([
    'acknowledge',
    'accept',
    'refuse',
    'extend',
    'suspend',
    'resume',
    'forward',
    'decide',
    'deliver',
    'close',
  ] as const),
  ...(['take-over', 'write', 'identify'] as const),
]);
export type DeskAct = z.infer<typeof DeskAct>;

export const DeskRow = z
  .object({
    id: ComplaintId,
    ...standing,
    camera: z.object({ id: CameraId, code: z.string(), name: z.string() }).nullable(),
    /** Dates that an authority missed and that are open still. */
    late: z.array(ComplaintClock),
    /** How many dates were missed in all. */
    missed: z.number().int(),
  })
  .meta({ id: 'DeskRow' });
export type DeskRow = z.infer<typeof DeskRow>;

export const DeskCase = z
  .object({
    ...DeskRow.shape,
    text: z.string(),
    place: LonLat.nullable(),
    home: z.object({ buildingId: z.uuid(), name: z.string().nullable(), use: z.string().nullable() }).nullable(),
    stages: z.array(z.object({ stage: ComplaintStage, since: Day, until: Day.nullable() })),
    clocks: z.array(ComplaintClock),
    history: z.array(CaseHistoryEvent.extend({ by: Actor.nullable() })),
    messages: z.array(CaseMessage.extend({ party: z.number().int(), by: Actor.nullable() })),
    photos: z.array(CasePhoto.extend({ party: z.number().int() })),
    /** Without names: `label` is a number. Who they are is asked for with a reason, and they are told. */
    parties: z.array(
      z.object({
        label: z.number().int(),
        role: z.enum(['complainant', 'affected']),
        named: z.boolean(),
        text: z.string(),
      }),
    ),
    /** How the home is seen now, and how it was when the complaint was filed. */
    measurements: z.object({ now: z.array(CaseMeasurement), atFiling: z.array(CaseMeasurement) }),
    /** What a decision «fixed» would meet now: null nothing stands against it. */
    fixedRefused: z.enum(['still-seen', 'not-measured']).nullable(),
    may: z.array(DeskAct),
  })
  .meta({ id: 'DeskCase' });
export type DeskCase = z.infer<typeof DeskCase>;

/** A paper is made from it as a PDF, whose digest stands on the record. */
export const PaperDraft = z.strictObject({
  /** As the office numbers its papers: `12/QĐ-UBND`. */
  number: text(1, 60),
  text: text(20, 20_000),
});
export type PaperDraft = z.infer<typeof PaperDraft>;

export const ActReason = text(3, 1_000);
export const ActText = text(1, 8_000);

export const ComplaintFigures = z
  .object({
    /** Instant of counting. */
    at: Instant,
    filed: z.number().int(),
    open: z.number().int(),
    byStage: z.partialRecord(ComplaintStage, z.number().int()),
    /** Dates that an authority let pass, since the beginning. */
    missed: z.object({ total: z.number().int(), byClock: z.record(z.string(), z.number().int()) }),
  })
  .meta({ id: 'ComplaintFigures' });
export type ComplaintFigures = z.infer<typeof ComplaintFigures>;

export const Open311Key = z
  .object({
    id: z.uuid(),
    label: z.string(),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'Open311Key' });
export type Open311Key = z.infer<typeof Open311Key>;
