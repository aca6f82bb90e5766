// SPDX-License-Identifier: AGPL-3.0-or-later
// A camera that turns: presets of its device, and where it looks as far as anybody knows.
import { z } from 'zod';
import { AimId } from './ids.ts';

const coordinate = z.number().min(-1000).max(1000);

/** In the device's own units; in ONVIF's generic space pan and tilt go from -1 to 1 and zoom from 0 to 1. */
export const PtzPosition = z.strictObject({ pan: coordinate, tilt: coordinate, zoom: coordinate });
export type PtzPosition = z.infer<typeof PtzPosition>;

/**
 * The preset that an aim is of. What counts is where the head stands: a preset that somebody stores elsewhere on the device
 * is not this aim's any more.
 */
export const AimPreset = z.strictObject({ token: z.string().min(1).max(64), position: PtzPosition });
export type AimPreset = z.infer<typeof AimPreset>;

export const MAX_PRESETS = 128;

/** As the device tells it. */
export const DevicePreset = z.object({
  token: z.string().max(64),
  name: z.string().max(80),
  /** Null when the device does not say where that is. */
  position: PtzPosition.nullable(),
});
export type DevicePreset = z.infer<typeof DevicePreset>;

/** `still`: it stands at an aim. `moving`, `unknown`: the whole frame is covered. */
export const PtzState = z.enum(['still', 'moving', 'unknown']);
export type PtzState = z.infer<typeof PtzState>;

export const PtzReason = z.enum([
  /** Nobody watches, so nobody asks. */
  'not-watched',
  /** It stands where no aim is, or where more than one is. */
  'no-aim',
  /** The device does not say where it stands, or whether it moves. */
  'status-unknown',
  /** It does not answer, or refuses. */
  'device-silent',
  /** Nobody has said where it is asked. */
  'no-device',
]);
export type PtzReason = z.infer<typeof PtzReason>;

export const PtzStanding = z
  .object({
    /** Whether its masks hold for one preset each. */
    turns: z.boolean(),
    state: PtzState,
    reason: PtzReason.nullable(),
    /** Where it stands, when it is still. */
    aimId: AimId.nullable(),
    /** Where the head stood when it last said so and was not moving. */
    position: PtzPosition.nullable(),
    presets: z.array(DevicePreset),
    since: z.iso.datetime({ offset: true }).nullable(),
  })
  .meta({ id: 'PtzStanding' });
export type PtzStanding = z.infer<typeof PtzStanding>;
