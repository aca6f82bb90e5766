// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimId, CameraId, MaskSetId } from '@louver/contract';
import type { Comparison } from './compare.ts';

/** The kind of its finding. */
export const SCENE_SHIFT = 'scene-shift';

/** What lay over the picture. */
export interface Covered {
  readonly id: MaskSetId;
  readonly aimId: AimId;
  readonly version: number;
  readonly digest: string;
}

/** The picture is not the aim's any more; it has stopped. */
export interface SceneShift {
  readonly cameraId: CameraId;
  readonly maskSet: Covered;
  readonly referenceId: string;
  readonly comparison: Comparison;
}
