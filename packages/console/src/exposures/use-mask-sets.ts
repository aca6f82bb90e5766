// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Finding, MaskSet, MaskSetId } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { inForce, maskSetQuery, setsOfCameraQuery } from '../masks/masks-query.ts';

export interface FindingSets {
  /** What geometry proposes; null when there is none. */
  proposal: MaskSet | null | undefined;
  /** What people approved last. */
  base: MaskSet | undefined;
  /** What people drew for this aim and nobody has decided, newest first. */
  drawn: readonly MaskSet[];
  loading: boolean;
}

/** The masks that a decision about a finding is about. */
export function useMaskSets({ camera, aimId, maskSetId }: Finding): FindingSets {
  const proposal = useQuery({ ...maskSetQuery(maskSetId as MaskSetId), enabled: maskSetId !== null });
  const sets = useQuery(setsOfCameraQuery(camera.id));
  const ofAim = (sets.data ?? []).filter((set) => set.aimId === aimId);
  return {
    proposal: maskSetId === null ? null : proposal.data,
    base: inForce(ofAim, aimId),
    drawn: ofAim.filter(({ state }) => state === 'proposed'),
    loading: sets.isPending || (maskSetId !== null && proposal.isPending),
  };
}
