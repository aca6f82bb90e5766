// SPDX-License-Identifier: AGPL-3.0-or-later
// The camera as a device that can be asked and told things (ONVIF), apart from the stream that it sends.
import { z } from 'zod';

/** Where a camera's Device service is, and as whom it is asked. Write-only: nothing ever answers with it. */
export const DeviceAccess = z.strictObject({
  url: z
    .string()
    .max(1000)
    .regex(/^https?:\/\/[^\s@'"\\?#]+$/, 'expected http://host[:port]/path without user, password or spaces'),
  username: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters'),
  password: z
    .string()
    .max(256)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters'),
});
export type DeviceAccess = z.infer<typeof DeviceAccess>;

/**
 * `idle`: not wanted, or nobody watches. `asking`: masks are being set on the device. `checking`: its pictures are looked at
 * before one of them is passed on. `passing`: they are passed on uncoded. `here`: masks are burned in here, for a while.
 * `unable`: they are burned in here, because the device cannot.
 */
export const OnDeviceMasksState = z.enum(['idle', 'asking', 'checking', 'passing', 'here', 'unable']);
export type OnDeviceMasksState = z.infer<typeof OnDeviceMasksState>;

export const OnDeviceMasksReason = z.enum([
  /** Its address is of another host than the stream's. */
  'device-elsewhere',
  'device-unreachable',
  'device-refused',
  /** It has no masks, no black ones, or no profile that is the stream's. */
  'device-unsupported',
  /** It has room for too few, or for too simple ones, to leave the street in the picture. */
  'masks-too-coarse',
  /** It says yes and reads back something else. */
  'masks-not-kept',
  /** The read-back says that somebody has changed or removed them. */
  'masks-changed',
  /** Its pictures show something where masks are to lie, whatever it says. */
  'masks-not-flat',
  /** Its pictures could not be read. */
  'pictures-unreadable',
  /** The check took too long. */
  'check-late',
  /** Whole pictures come too rarely for a check to be fresh. */
  'key-frames-rare',
  /** No H.264: browsers would not play it. */
  'codec-unknown',
  /** The stream broke off or has another size. */
  'stream-lost',
]);
export type OnDeviceMasksReason = z.infer<typeof OnDeviceMasksReason>;

export const DeviceStanding = z
  .object({
    hasDevice: z.boolean(),
    onDeviceMasks: z.object({
      /** Somebody has switched it on. */
      wanted: z.boolean(),
      /** Whether the device can; null while nobody knows. */
      able: z.boolean().nullable(),
      state: OnDeviceMasksState,
      reason: OnDeviceMasksReason.nullable(),
      since: z.iso.datetime({ offset: true }).nullable(),
    }),
  })
  .meta({ id: 'DeviceStanding' });
export type DeviceStanding = z.infer<typeof DeviceStanding>;

export const OnDeviceMasksChoice = z.strictObject({ wanted: z.boolean() });
