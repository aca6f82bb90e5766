// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimId, Camera, MaskSet, PtzStanding } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { inForce, setsOfCameraQuery } from '../masks/masks-query.ts';
import { ptzQuery } from './queries.ts';

interface Turning {
  /** Undefined for a camera that doesn't turn, and before it is known. */
  standing: PtzStanding | undefined;
  /** The masks that hold at an aim, if any do; undefined before they are known. */
  masksOf: ((aimId: AimId) => MaskSet | undefined) | undefined;
}

/** What is said of a camera that turns: its masks hold for one aim each, whichever of them it looks along just now. */
export function useTurning(camera: Camera): Turning {
  const { data: ptz } = useQuery(ptzQuery(camera.id));
  const standing = ptz?.turns === true ? ptz : undefined;
  const { data: sets } = useQuery({ ...setsOfCameraQuery(camera.id), enabled: standing !== undefined });
  return {
    standing,
    masksOf: sets === undefined ? undefined : (aimId) => inForce(sets, aimId),
  };
}
