// SPDX-License-Identifier: AGPL-3.0-or-later
// Which aim a head stands at. Exactly one, or none: between two presets there is nothing that anybody has approved.
import type { AimId } from '@louver/contract';

/** In the device's own units; of ONVIF's generic space, where pan goes from -1 to 1 once around and zoom from 0 to 1. */
export interface HeadPosition {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

export interface PresetAim extends HeadPosition {
  readonly aimId: AimId;
  readonly hfovDeg: number;
}

export interface HeadStatus {
  /** Undefined when the device does not say. */
  readonly position: HeadPosition | undefined;
  /** `unknown` also when the device does not say. */
  readonly movement: 'idle' | 'moving' | 'unknown';
}

/** `moving`, `unknown`: everything is covered. */
export type Whereabouts = AimId | 'moving' | 'unknown';

export const isAim = (now: Whereabouts): now is AimId => now !== 'moving' && now !== 'unknown';

/**
 * How far the view may lie beside the approved one, as a share of the frame's width: less than half of the macroblock that
 * masks are grown by (16 of 1920 pixels). A device whose space is not once around is held to less, never to more.
 */
const BESIDE = 0.004;
const UNITS_A_DEGREE = 1 / 180;
/** Of the whole way between wide and near: with a lens of thirty times 0.2 % at the frame's edge. */
const ZOOM_BESIDE = 0.001;

export function whereaboutsOf({ position, movement }: HeadStatus, aims: readonly PresetAim[]): Whereabouts {
  if (movement === 'moving') return 'moving';
  if (movement === 'unknown' || !position) return 'unknown';
  const [here, another] = aims.filter((aim) => isAt(position, aim));
  return here && !another ? here.aimId : 'unknown';
}

function isAt(position: HeadPosition, aim: PresetAim): boolean {
  const beside = aim.hfovDeg * UNITS_A_DEGREE * BESIDE;
  return (
    Math.abs(position.pan - aim.pan) <= beside &&
    Math.abs(position.tilt - aim.tilt) <= beside &&
    Math.abs(position.zoom - aim.zoom) <= ZOOM_BESIDE
  );
}
