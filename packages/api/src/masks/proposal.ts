// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, type AimId, type MaskProposal } from '@louver/contract';
import { emitAfterCommit, type Tx } from '@louver/db';
import { digestOf } from '@louver/ledger';
import type { Facts } from '../http/endpoint.ts';
import type { Actor } from '../sessions/authenticate.ts';
import { findMaskSet, insertProposal, lockAim, readVersions, type MaskSetRow } from './queries.ts';

interface Proposing {
  tx: Tx;
  actor: Actor;
  record: (facts: Facts) => Promise<unknown>;
}

/** @throws Problem aim-not-found, request-invalid, mask-set-outdated */
export async function propose(
  { tx, actor, record }: Proposing,
  aimId: AimId,
  proposal: MaskProposal,
): Promise<MaskSetRow> {
  const aim = await lockAim(tx, aimId);
  if (!aim) throw new Problem('aim-not-found');
  const { frame, polygons, basedOnVersion, reason } = proposal;
  if (frame.width !== aim.frame.width || frame.height !== aim.frame.height) {
    const detail = `the frame of this aim is ${aim.frame.width} × ${aim.frame.height}`;
    throw new Problem('request-invalid', { errors: [{ pointer: '/frame', detail }] });
  }
  const versions = await readVersions(tx, aimId);
  // Whoever drew over what is shown has seen all that was approved, and what geometry added to it as well.
  if (basedOnVersion !== versions.inForce && basedOnVersion !== versions.shown)
    throw new Problem('mask-set-outdated', { detail: `version ${versions.inForce} is in force` });

  const { cameraId, jurisdiction } = aim;
  const version = versions.last + 1;
  const digest = digestOf({ aimId, frame, polygons });
  const { id } = await insertProposal(tx, {
    aimId,
    cameraId,
    version,
    polygons,
    frame,
    digest,
    reason,
    authorId: actor.accountId,
    renewsId: null,
  });
  await record({
    subject: id,
    cameraId,
    jurisdiction,
    detail: { aimId, version, before: versions.inForceDigest, after: digest, polygons: polygons.length },
  });
  await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version, state: 'proposed' });
  return (await findMaskSet(tx, id))!;
}
