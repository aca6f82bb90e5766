// SPDX-License-Identifier: AGPL-3.0-or-later
// Which masks are burned in. The database says what it has, the access record says what was decided, and where they differ
// there is no picture.
import type { AimId, CameraId, MaskSetId } from '@louver/contract';
import type { MaskDecisions } from '../record/mask-decisions.ts';
import type { EnforcedSet, MaskSetInForce, StoredStanding } from './queries.ts';

/**
 * `unapproved`: no approval of this set is in the record. `altered`: the approval is of another camera, aim, version, frame or
 * of other polygons. `superseded`: the record knows a newer one. `ended`: the camera was turned or moved since. `aim`: the
 * record says that the camera does not look along this aim, or that it is of another preset. `enforced`: what claims to add to
 * masks does not.
 */
type MaskFault = 'unapproved' | 'altered' | 'superseded' | 'ended' | 'aim' | 'enforced';

export interface MaskRefusal {
  readonly cameraId: CameraId;
  readonly maskSetId: MaskSetId;
  readonly fault: MaskFault;
}

/** `unsealed`: all that there is still waits to be sealed. `outdated`: the database was asked too early, ask again. */
export type Verdict =
  | { readonly masks: MaskSetInForce; readonly enforced: EnforcedSet | null }
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
  standing: StoredStanding,
  decisions: MaskDecisions,
  knownSize: number,
  unsealed: ReadonlySet<MaskSetId>,
): Verdict {
  const { cameraId, aimId, preset, candidates } = standing;
  const refuse = (maskSetId: MaskSetId, fault: MaskFault) => refused(cameraId, maskSetId, fault);
  const last = aimId === null ? undefined : decisions.lastOf(aimId);
  let isWaiting = false;
  // From the newest version on.
  for (const set of candidates) {
    if (preset === null && decisions.isAside(set.aimId)) return refuse(set.id, 'aim');
    if (last && set.id === last.maskSetId) {
      const { version, digest } = last;
      if (cameraId !== last.cameraId || set.version !== version || set.digest !== digest)
        return refuse(set.id, 'altered');
      if (!decisions.isOfPreset(set.aimId, preset)) return refuse(set.id, 'aim');
      if (last.endedAt === null) return withEnforced(standing, endedBy(set, last.expiresAt));
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

/** The database may say that masks end sooner than the record does, and never that they last longer. */
const endedBy = (set: MaskSetInForce, recorded: string | null): MaskSetInForce =>
  recorded !== null && set.expiresAt !== null && Date.parse(recorded) < Date.parse(set.expiresAt)
    ? { ...set, expiresAt: recorded }
    : set;

const refused = (cameraId: CameraId, maskSetId: MaskSetId, fault: MaskFault): Verdict => ({
  masks: null,
  withheld: 'refused',
  refusal: { cameraId, maskSetId, fault },
});

/**
 * What a machine has added over a home is shown instead of the set that it extends, and waits for no record: covering more
 * needs no proof. Whether it does cover more is asked of its polygons, once, when they are read.
 */
function withEnforced({ cameraId, candidates, enforced }: StoredStanding, masks: MaskSetInForce): Verdict {
  const added = enforced.filter(({ version }) => version > masks.version);
  const elsewhere = added.find(({ extendsId }) => extendsId !== masks.id);
  if (elsewhere) {
    // People approved other masks, and what was added was carried over to these. The former ones alone would show the home.
    const isWaiting = candidates.some(({ id, version }) => id === elsewhere.extendsId && version > masks.version);
    return isWaiting ? { masks: null, withheld: 'unsealed' } : refused(cameraId, elsewhere.id, 'enforced');
  }
  const [newest] = added;
  if (!newest) return { masks, enforced: null };
  const { width, height } = masks.frame;
  const isOfFrame = newest.frame.width === width && newest.frame.height === height && newest.aimId === masks.aimId;
  return isOfFrame ? { masks, enforced: newest } : refused(cameraId, newest.id, 'enforced');
}
