// SPDX-License-Identifier: AGPL-3.0-or-later
// People approve other masks while masks lie over a home because of a finding: what was added stays added, over the new set.
import { WHOLE_FRAME, addsOnly, type AimId, type MaskPolygons, type MaskSetId } from '@louver/contract';
import type { Tx } from '@louver/db';
import { digestOf } from '@louver/ledger';
import type { Facts } from '../http/endpoint.ts';
import { findEnforced, insertCarriedOver, type EnforcedSet } from './queries.ts';

export { findEnforced };

const MOST = 200;

interface Approved {
  id: MaskSetId;
  aimId: AimId;
  cameraId: NonNullable<Facts['cameraId']>;
  jurisdiction: NonNullable<Facts['jurisdiction']>;
  frame: { width: number; height: number };
  polygons: [number, number][][];
  digest: string;
}

function added({ polygons, base }: EnforcedSet): MaskPolygons {
  const whole = polygons.length === 1 && addsOnly(polygons, WHOLE_FRAME) && addsOnly(WHOLE_FRAME, polygons);
  return whole && base.length > 0 ? WHOLE_FRAME : polygons.slice(base.length);
}

/** In the transaction of the approval, so that there is no moment in which the home shows. */
export async function carryOver(
  tx: Tx,
  record: (facts: Facts) => Promise<unknown>,
  enforced: EnforcedSet,
  approved: Approved,
): Promise<void> {
  const { aimId, cameraId, jurisdiction, frame } = approved;
  const both = [...approved.polygons, ...added(enforced)];
  const polygons = both.length > MOST ? WHOLE_FRAME : both;
  const digest = digestOf({ aimId, frame, polygons });
  const { id, version } = await insertCarriedOver(tx, enforced.id, { approvedId: approved.id, polygons, digest });
  const detail = {
    ...{ aimId, version, digest, before: enforced.digest, polygons: polygons.length, runId: enforced.runId },
    ...{ extends: approved.id, extendsDigest: approved.digest },
  };
  await record({ action: 'mask.enforce', actor: null, subject: id, cameraId, jurisdiction, detail });
}
