// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AimCalibration, AimGeometry } from './aim.ts';
import { AimPreset } from './ptz.ts';
import { Point } from './geo.ts';
import { AimId, CameraId, JurisdictionPath } from './ids.ts';

export const CameraCode = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:/-]*$/u, 'expected letters, digits, spaces and . _ : / -');

export const CameraStatus = z.enum(['planned', 'live', 'retired']);
export type CameraStatus = z.infer<typeof CameraStatus>;

/** Whose ground or wall the device stands on. */
export const HostPremises = z.enum([
  'public-pole',
  'traffic-gantry',
  'police-building',
  'public-building',
  'school',
  'market',
  'private-house',
  'private-business',
  'other',
  'unknown',
]);
export type HostPremises = z.infer<typeof HostPremises>;

/** `counted`: in the public numbers and complainable, but not on the public map. */
export const Publication = z.enum(['shown', 'counted']);
export type Publication = z.infer<typeof Publication>;

export const Mobility = z.enum(['fixed', 'ptz', 'dome', 'unknown']);
export type Mobility = z.infer<typeof Mobility>;

/** `withheld`: the camera answers, and yet there is no picture, because its masks are not known or do not fit. */
export const StreamState = z.enum(['none', 'unknown', 'reachable', 'streaming', 'unreachable', 'refused', 'withheld']);
export type StreamState = z.infer<typeof StreamState>;

/** What a device can do, whether or not it is used. The last two are biometric. */
export const Capability = z.enum([
  'microphone',
  'speaker',
  'infrared',
  'thermal',
  'zoom',
  'motion-detection',
  'object-detection',
  'people-counting',
  'number-plates',
  'face-detection',
  'face-recognition',
  'gait-recognition',
]);
export type Capability = z.infer<typeof Capability>;

const text = (max: number) => z.string().trim().min(1).max(max);

/** What somebody may state of a camera. Strict, because an unknown key is a client bug and dropping it would hide it. */
export const CameraDraft = z.strictObject({
  code: CameraCode,
  name: text(200),
  jurisdiction: JurisdictionPath,
  location: Point,
  owner: text(200).nullable(),
  operator: text(200).nullable(),
  hostPremises: HostPremises,
  purpose: text(500).nullable(),
  legalBasis: text(500).nullable(),
  retentionDays: z.number().int().min(0).max(3650).nullable(),
  publication: Publication,
  status: CameraStatus,
  mobility: Mobility,
  manufacturer: text(120).nullable(),
  model: text(120).nullable(),
  hasAudio: z.boolean(),
  hasBiometrics: z.boolean(),
});
export type CameraDraft = z.infer<typeof CameraDraft>;

/** What the public register says beside the inventory. */
export const PublicDetails = z
  .strictObject({
    capabilities: z.array(Capability).max(Capability.options.length),
    /** Where people reach who answers for the camera: of an office, never of a person. */
    contact: text(300).nullable(),
    /** ISO 3166-1 alpha-2: where what it records is kept. */
    storageCountry: z
      .string()
      .regex(/^[A-Z]{2}$/, 'expected a country as two capital letters')
      .nullable(),
  })
  .meta({ id: 'PublicDetails' });
export type PublicDetails = z.infer<typeof PublicDetails>;

export const CameraHealth = z.object({
  state: StreamState,
  since: z.iso.datetime({ offset: true }).nullable(),
  /** A sentence for people, in English; never an address or a credential. */
  detail: z.string().nullable(),
});
export type CameraHealth = z.infer<typeof CameraHealth>;

export const Camera = z
  .object({
    id: CameraId,
    ...CameraDraft.shape,
    /** The first day on which it may be live, as it was announced; null: it never was. */
    liveNotBefore: z.iso.date().nullable(),
    hasStream: z.boolean(),
    health: CameraHealth,
    /** Those in use; the current one first. */
    aims: z.array(
      z.object({
        id: AimId,
        cameraId: CameraId,
        name: z.string(),
        ...AimGeometry.shape,
        calibration: AimCalibration,
        preset: AimPreset.nullable(),
      }),
    ),
    createdAt: z.iso.datetime({ offset: true }),
    updatedAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'Camera' });
export type Camera = z.infer<typeof Camera>;

/** A row of the list: enough to find a camera, not enough to need its aims. */
export const CameraSummary = z
  .object({
    id: CameraId,
    code: CameraDraft.shape.code,
    name: CameraDraft.shape.name,
    jurisdiction: JurisdictionPath,
    location: Point,
    operator: CameraDraft.shape.operator,
    hostPremises: HostPremises,
    publication: Publication,
    status: CameraStatus,
    mobility: Mobility,
    headingDeg: z.number().nullable(),
    hasStream: z.boolean(),
    streamState: StreamState,
  })
  .meta({ id: 'CameraSummary' });
export type CameraSummary = z.infer<typeof CameraSummary>;

const patch = <T extends z.ZodType>(schema: T) => schema.exactOptional();
export const CameraPatch = z.strictObject({
  code: patch(CameraDraft.shape.code),
  name: patch(CameraDraft.shape.name),
  jurisdiction: patch(CameraDraft.shape.jurisdiction),
  location: patch(CameraDraft.shape.location),
  owner: patch(CameraDraft.shape.owner),
  operator: patch(CameraDraft.shape.operator),
  hostPremises: patch(CameraDraft.shape.hostPremises),
  purpose: patch(CameraDraft.shape.purpose),
  legalBasis: patch(CameraDraft.shape.legalBasis),
  retentionDays: patch(CameraDraft.shape.retentionDays),
  publication: patch(CameraDraft.shape.publication),
  status: patch(CameraDraft.shape.status),
  mobility: patch(CameraDraft.shape.mobility),
  manufacturer: patch(CameraDraft.shape.manufacturer),
  model: patch(CameraDraft.shape.model),
  hasAudio: patch(CameraDraft.shape.hasAudio),
  hasBiometrics: patch(CameraDraft.shape.hasBiometrics),
});
export type CameraPatch = z.infer<typeof CameraPatch>;

/**
 * Where a camera's stream is fetched. Write-only: nothing ever answers with it.
 * The address must not carry the password, so that it can be shown in a form without showing the secret.
 */
export const StreamSource = z.strictObject({
  url: z
    .string()
    .max(1000)
    .regex(/^rtsps?:\/\/[^\s@'"\\]+$/, 'expected rtsp://host[:port]/path without user, password or spaces'),
  username: z
    .string()
    .max(128)
    .regex(/^[^\s:@/'"\\]*$/, 'must not contain spaces, quotes or : @ / \\')
    .nullable(),
  password: z
    .string()
    .max(256)
    .regex(/^[^\p{Cc}'\\]*$/u, 'must not contain control characters, apostrophe or backslash')
    .nullable(),
});
export type StreamSource = z.infer<typeof StreamSource>;
