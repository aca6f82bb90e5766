// SPDX-License-Identifier: AGPL-3.0-or-later
import type { LiveMessage } from '@louver/contract';

type WaitReason = Extract<LiveMessage, { type: 'waiting' }>['reason'];
type EndReason = Extract<LiveMessage, { type: 'end' }>['reason'];

/** What a person has to know about a live picture, one at a time. Only `playing` and `frozen` show any of it. */
export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'waiting'; reason: WaitReason }
  | { kind: 'playing'; maskVersion: number }
  | { kind: 'frozen'; maskVersion: number; since: number }
  | { kind: 'lost' }
  | { kind: 'unsupported' }
  | { kind: 'ended'; reason: EndReason };

const WITHHELD: ReadonlySet<WaitReason> = new Set([
  'aim-uncalibrated',
  'masks-unknown',
  'masks-unconfirmed',
  'masks-not-flat',
  'masks-expired',
  'scene-shift',
  'aim-moving',
  'aim-unknown',
  'frame-size',
]);

/** The picture is there and kept back on purpose, which is something else than a picture that does not come. */
export const isWithheld = (state: LiveState): boolean =>
  (state.kind === 'waiting' && WITHHELD.has(state.reason)) ||
  (state.kind === 'ended' && state.reason === 'picture-withheld');

/** Ended by the line or the server and not by anybody's will: worth opening again by itself. */
export const isCutOff = (state: LiveState): boolean =>
  state.kind === 'lost' || (state.kind === 'ended' && state.reason === 'worker-stopping');

export const isOver = (state: LiveState): boolean =>
  state.kind === 'lost' || state.kind === 'ended' || state.kind === 'unsupported';
