// SPDX-License-Identifier: AGPL-3.0-or-later
// Masks hold for a time. Whoever has looked at them again proposes them once more; they are approved as all masks are, by
// somebody else.
import { Problem, type MaskRenewal, type MaskSetId } from '@louver/contract';
import { emitAfterCommit, type Tx } from '@louver/db';
import type { Facts } from '../http/endpoint.ts';
import type { Actor } from '../sessions/authenticate.ts';
import { findMaskSet, insertProposal, lockAim, readVersions, type MaskSetRow } from './queries.ts';

interface Renewing {
  tx: Tx;
  actor: Actor;
  record: (facts: Facts) => Promise<unknown>;
}

/** @throws Problem mask-set-not-found; mask-set-outdated when it is not, or no longer, the one in force */
export async function renew(
  { tx, actor, record }: Renewing,
  id: MaskSetId,
  { reason }: MaskRenewal,
): Promise<MaskSetRow> {
  const found = await findMaskSet(tx, id);
  if (!found || !(await lockAim(tx, found.aimId))) throw new Problem('mask-set-not-found');
  const { aimId, cameraId, jurisdiction, frame, polygons, digest, version: renews } = found;
  const versions = await readVersions(tx, aimId);
  if (versions.inForce !== renews)
    throw new Problem('mask-set-outdated', { detail: `version ${versions.inForce} is in force` });
  const version = versions.last + 1;
  const set = await insertProposal(tx, {
    ...{ aimId, cameraId, version, polygons, frame, digest, reason },
    authorId: actor.accountId,
    renewsId: id,
  });
  await record({ subject: set.id, cameraId, jurisdiction, detail: { aimId, version, renews, digest } });
  await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version, state: 'proposed' });
  return (await findMaskSet(tx, set.id))!;
}
