// SPDX-License-Identifier: AGPL-3.0-or-later
// What follows from a measurement: masks that are proposed or lie over the picture at once, and a finding that is opened,
// brought up to date, or closed. All of it in the transaction that keeps the measurement.
import { DoriLevel, type ExposureRunId, type FlaggedHome, type MaskPolygons, type MaskSetId } from '@louver/contract';
import { appendRecord, emitAfterCommit, type Tx } from '@louver/db';
import { digestOf } from '@louver/ledger';
import type { Looked } from './look.ts';
import {
  type FindingFacts,
  type Standing,
  closeFinding,
  insertFinding,
  insertGeometrySet,
  rebaseFinding,
  updateFinding,
} from './queries.ts';

interface Measured {
  readonly standing: Standing;
  readonly looked: Looked;
  readonly runId: ExposureRunId;
  readonly aimDigest: string;
}

const REASON = 'Từ hình học · from geometry';
/** An entry of the record has an end. */
const NAMED = 100;

const named = (homes: readonly FlaggedHome[]) => ({
  homes: homes.length,
  worst: homes.slice(0, NAMED).map(({ buildingId }) => buildingId),
});

/** Whether anything became different for whoever looks at the queue. */
export async function follow(tx: Tx, measured: Measured): Promise<boolean> {
  const { standing, looked } = measured;
  const homes = looked.homes.flatMap(({ flagged, ...home }): FlaggedHome[] => (flagged ? [home] : []));
  const maskSetId = await putMasks(tx, measured, homes.length > 0);
  if (homes.length > 0) return putFinding(tx, measured, factsOf(measured, homes, maskSetId));
  return standing.finding ? endFinding(tx, measured) : false;
}

/** @returns the set that the finding is about */
async function putMasks(tx: Tx, measured: Measured, flagged: boolean): Promise<MaskSetId | null> {
  const { standing, looked } = measured;
  const { approved, enforced, proposed } = standing;
  if (approved) {
    if (looked.extended) return putSet(tx, measured, looked.extended, 'mask.enforce');
    return enforced?.id ?? null;
  }
  // Nobody sees anything of a camera without masks: a proposal helps where somebody wants to, or has to decide.
  if (!looked.proposal || !(flagged || standing.hasStream)) return proposed?.id ?? null;
  const digest = digestOf({ aimId: standing.aimId, frame: standing.aim.image, polygons: looked.proposal });
  return proposed?.digest === digest ? proposed.id : putSet(tx, measured, looked.proposal, 'mask.propose');
}

async function putSet(
  tx: Tx,
  { standing, runId }: Measured,
  polygons: MaskPolygons,
  action: 'mask.enforce' | 'mask.propose',
): Promise<MaskSetId> {
  const { aimId, cameraId, jurisdiction, approved, enforced, proposed } = standing;
  const frame = standing.aim.image;
  const version = standing.lastVersion + 1;
  const digest = digestOf({ aimId, frame, polygons });
  const extendsId = action === 'mask.enforce' ? approved!.id : null;
  const set = { aimId, cameraId, version, polygons, frame, digest, reason: REASON, runId, extendsId };
  const id = await insertGeometrySet(tx, set);
  const before = action === 'mask.enforce' ? (enforced ?? approved) : proposed;
  await appendRecord(tx, {
    action,
    actor: null,
    subject: id,
    cameraId,
    jurisdiction,
    detail: {
      aimId,
      version,
      digest,
      before: before?.digest ?? null,
      polygons: polygons.length,
      runId,
      ...(extendsId ? { extends: extendsId, extendsDigest: approved!.digest } : {}),
    },
  });
  await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version, state: 'proposed' });
  return id;
}

const factsOf = (
  { standing, runId }: Measured,
  homes: readonly FlaggedHome[],
  maskSetId: MaskSetId | null,
): FindingFacts => ({
  runId,
  policyVersion: standing.policyVersion,
  homes,
  worstDori: DoriLevel.options.indexOf(homes[0]!.dori),
  worstShare: homes[0]!.frameShare,
  maskSetId,
});

async function putFinding(tx: Tx, { standing, aimDigest }: Measured, facts: FindingFacts): Promise<boolean> {
  const { cameraId, jurisdiction, aimId, finding } = standing;
  if (finding) return (await updateFinding(tx, finding.id, facts)) > 0;
  const { id, dueAt } = await insertFinding(tx, standing, aimDigest, facts);
  const { runId, policyVersion, maskSetId } = facts;
  const detail = { kind: 'home-exposed', aimId, runId, policyVersion, maskSetId, dueAt, ...named(facts.homes) };
  await appendRecord(tx, { action: 'finding.open', actor: null, subject: id, cameraId, jurisdiction, detail });
  return true;
}

/**
 * A measurement below the rule closes a finding. Not while masks lie over the picture because of it and the camera was not
 * turned: then only what is known of the buildings changed, which one person can do, and uncovering is for two.
 */
async function endFinding(tx: Tx, { standing, runId, aimDigest }: Measured): Promise<boolean> {
  const { finding, enforced, status, cameraId, jurisdiction, aimId, approved } = standing;
  if (enforced && status === 'live' && finding!.aimDigest === aimDigest)
    return (await rebaseFinding(tx, finding!.id, runId)) > 0;
  await closeFinding(tx, finding!.id, runId);
  const turned = finding!.aimDigest !== aimDigest;
  const why =
    status === 'live' ? (turned ? 'aim-changed' : approved ? 'masks-cover' : 'measured-below') : 'camera-not-live';
  const detail = { aimId, runId, why, masks: approved?.digest ?? null, before: named(finding!.homes) };
  await appendRecord(tx, {
    action: 'finding.close',
    actor: null,
    subject: finding!.id,
    cameraId,
    jurisdiction,
    detail,
  });
  return true;
}
