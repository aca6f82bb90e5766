// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';

export const CameraId = z.uuid().brand<'CameraId'>();
export type CameraId = z.infer<typeof CameraId>;
export const AimId = z.uuid().brand<'AimId'>();
export type AimId = z.infer<typeof AimId>;
export const MaskSetId = z.uuid().brand<'MaskSetId'>();
export type MaskSetId = z.infer<typeof MaskSetId>;
export const ViewingId = z.uuid().brand<'ViewingId'>();
export type ViewingId = z.infer<typeof ViewingId>;
export const ExposureRunId = z.uuid().brand<'ExposureRunId'>();
export type ExposureRunId = z.infer<typeof ExposureRunId>;
export const FindingId = z.uuid().brand<'FindingId'>();
export type FindingId = z.infer<typeof FindingId>;
export const ComplaintId = z.uuid().brand<'ComplaintId'>();
export type ComplaintId = z.infer<typeof ComplaintId>;
/** An account is the pseudonym that stands in the record; the name lives with the person behind it. */
export const AccountId = z.uuid().brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;
export const PersonId = z.uuid().brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

/** Names an auditor's token; it is not the token. */
export const AuditorTokenId = z.uuid().brand<'AuditorTokenId'>();
export type AuditorTokenId = z.infer<typeof AuditorTokenId>;

/** A jurisdiction is a path in the tree, e.g. `vn.p66.hoa_sua`: whoever holds a prefix holds everything below it. */
export const JurisdictionPath = z
  .string()
  .regex(/^[a-z0-9_]{1,32}(\.[a-z0-9_]{1,32}){0,7}$/, 'expected labels of a-z, 0-9 and _ joined by dots')
  .brand<'JurisdictionPath'>();
export type JurisdictionPath = z.infer<typeof JurisdictionPath>;

/** Decimal text, because a 64-bit sequence number does not fit a JavaScript number. */
export const RecordSeq = z.string().regex(/^\d{1,19}$/);
