// SPDX-License-Identifier: AGPL-3.0-or-later
// Which masks are burned in. The database says what it has, the access record says what was decided, and where they differ
// there is no picture.
import type { AimId, CameraId, MaskSetId } from '@louver/contract';
import type { MaskDecisions } from '../record/mask-decisions.ts';
import type { MaskSetInForce, StoredStanding } from './queries.ts';

/**
 * `unapproved`: no approval of this set is in the record. `altered`: the approval is of another camera, aim, version, frame or
 * of other polygons. `superseded`: the record knows a newer one. `ended`: the camera was turned or moved since. `aim`: the
 * record says that the camera does not look along this aim.
 */
type MaskFault = 'unapproved' | 'altered' | 'superseded' | 'ended' | 'aim';

export interface MaskRefusal {
  readonly cameraId: CameraId;
  readonly maskSetId: MaskSetId;
  readonly fault: MaskFault;
}

/** `unsealed`: all that there is still waits to be sealed. `outdated`: the database was asked too early, ask again. */
export type Verdict =
  | { readonly masks: MaskSetInForce }
  | { readonly masks: null; readonly withheld: 'none' | 'unsealed' | 'refused'; readonly refusal?: MaskRefusal }
  | 'outdated';

/** Sets that the database calls decided and of which the record says nothing yet. */
export const unknownSets = ({ aimId, candidates }: StoredStanding, decisions: MaskDecisions): MaskSetId[] =>
  candidates.filter(({ version }) => isNews(aimId, version, decisions)).map(({ id }) => id);

const isNews = (aimId: AimId | null, version: number, decisions: MaskDecisions): boolean =>
  version > ((aimId && decisions.lastOf(aimId)?.version) ?? 0);

/**
 * @param knownSize how many entries of the log were known before the database was asked: what they decide, it must show
 * @param unsealed sets whose approval is a record that is not in the log that far
 */
export function judgeMasks(
  { cameraId, aimId, candidates }: StoredStanding,
  decisions: MaskDecisions,
  knownSize: number,
  unsealed: ReadonlySet<MaskSetId>,
): Verdict {
  const refuse = (maskSetId: MaskSetId, fault: MaskFault): Verdict => ({
    masks: null,
    withheld: 'refused',
    refusal: { cameraId, maskSetId, fault },
  });
  const last = aimId === null ? undefined : decisions.lastOf(aimId);
  let isWaiting = false;
  // From the newest version on.
  for (const set of candidates) {
    if (decisions.isAside(set.aimId)) return refuse(set.id, 'aim');
    if (last && set.id === last.maskSetId) {
      const { version, digest } = last;
      if (cameraId !== last.cameraId || set.version !== version || set.digest !== digest)
        return refuse(set.id, 'altered');
      if (last.endedAt === null) return { masks: set };
      return last.endedAt < knownSize ? refuse(set.id, 'ended') : 'outdated';
    }
    if (isNews(aimId, set.version, decisions)) {
      if (!unsealed.has(set.id)) return refuse(set.id, 'unapproved');
      // Not sealed is not approved: the former set goes on.
      isWaiting = true;
    } else {
      if (last && last.index >= knownSize) return 'outdated';
      return refuse(set.id, last && set.version < last.version ? 'superseded' : 'unapproved');
    }
  }
  return { masks: null, withheld: isWaiting ? 'unsealed' : 'none' };
}
