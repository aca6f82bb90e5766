// SPDX-License-Identifier: AGPL-3.0-or-later
// Why there is no picture, in words for whoever looks after cameras.
import type { FrameSize } from '@louver/contract';
import type { SeenState } from '../probes/sightings.ts';
import type { WaitingReason } from './fan-out.ts';

interface Circumstances {
  /** What the database has is not what was approved. */
  readonly areMasksAltered: boolean;
  readonly picture: FrameSize | undefined;
  readonly masks: FrameSize | undefined;
}

const words = (size: FrameSize | undefined) => (size ? `${size.width}×${size.height}` : 'unknown');

const SEEN: Record<WaitingReason, (now: Circumstances) => readonly [SeenState, string] | undefined> = {
  connecting: () => undefined,
  reconnecting: () => ['unreachable', 'The camera does not answer.'],
  'camera-refused': () => ['refused', 'The camera refuses its user name or password.'],
  'not-video': () => ['withheld', 'The camera sends no video that can be masked.'],
  'frame-size': ({ picture, masks }) => [
    'withheld',
    `The picture is ${words(picture)}, its masks were drawn for ${words(masks)}.`,
  ],
  'aim-uncalibrated': () => ['withheld', 'Nobody has calibrated where the camera points.'],
  'masks-unknown': ({ areMasksAltered }) => [
    'withheld',
    areMasksAltered
      ? 'The masks are not those whose approval is in the access record.'
      : 'No masks have been approved for the present aim.',
  ],
  'masks-unconfirmed': () => ['withheld', 'The masks could not be confirmed.'],
  'masks-expired': () => ['withheld', 'The masks have expired and were not renewed.'],
  'scene-shift': () => ['withheld', 'The picture is not that of the approved aim any more.'],
  'aim-moving': () => ['withheld', 'The camera is turning: everything is covered until it stands at a known aim.'],
  'aim-unknown': () => ['withheld', 'It is not known where the camera looks: everything is covered.'],
  'masks-not-flat': () => ['withheld', 'The masks did not lie over what left; it is being checked.'],
};

/** Undefined while nothing is known yet. */
export const sightingOf = (reason: WaitingReason, now: Circumstances) => SEEN[reason](now);
