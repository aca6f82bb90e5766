// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, type FindingId, type FindingVerdict, type MaskSetId } from '@louver/contract';
import { emitAfterCommit, type Tx } from '@louver/db';
import type { Deps } from '../http/deps.ts';
import type { Facts } from '../http/endpoint.ts';
import { approve, reject } from '../masks/decision.ts';
import type { Actor } from '../sessions/authenticate.ts';
import { insertDecision, lockFinding, markDecided, type LockedFinding } from './queries.ts';

interface Deciding {
  tx: Tx;
  actor: Actor;
  record: (facts: Facts) => Promise<unknown>;
}

/**
 * What a reviewer says of a finding. Approving masks and stating that there is no breach end it; an ordered aim leaves it
 * open until a measurement of the turned camera is below the rule.
 * @throws Problem finding-not-found, finding-decided, finding-outdated, finding-second-person, and those of approving masks
 */
export async function decideFinding(
  deps: Deps,
  deciding: Deciding,
  id: FindingId,
  verdict: FindingVerdict,
): Promise<void> {
  const { tx, actor } = deciding;
  const finding = await lockFinding(tx, id);
  if (!finding) throw new Problem('finding-not-found');
  if (finding.state !== 'open') throw new Problem('finding-decided');
  // An import or a turned camera shows other homes, and other masks, than the ones that somebody is looking at.
  if (finding.runId !== verdict.runId) throw new Problem('finding-outdated');
  const { decision, note } = verdict;
  if (decision !== 'approve-masks' && verdict.maskSetId !== undefined)
    throw new Problem('request-invalid', {
      errors: [{ pointer: '/maskSetId', detail: 'belongs to approve-masks alone' }],
    });
  const maskSetId = decision === 'approve-masks' ? requireProposal(finding, verdict.maskSetId) : null;
  const { completes } = await insertDecision(tx, id, { decision, note, accountId: actor.accountId, maskSetId });
  await deciding.record({
    subject: id,
    cameraId: finding.cameraId,
    jurisdiction: finding.jurisdiction,
    detail: {
      decision,
      note,
      completes,
      aimId: finding.aimId,
      runId: finding.runId,
      maskSetId: maskSetId ?? finding.maskSetId,
      homes: finding.homes.slice(0, 100).map(({ buildingId }) => buildingId),
    },
  });
  // Before the masks: the database keeps an enforced set for as long as its finding is open.
  if (completes) await markDecided(tx, id);
  await decideMasks(deps, { ...deciding, note }, finding, maskSetId, decision === 'no-breach' && completes);
  const { cameraId, aimId, jurisdiction } = finding;
  await emitAfterCommit(tx, 'exposures.changed', { cameraId, aimId, jurisdiction });
}

function requireProposal({ enforcedId, maskSetId }: LockedFinding, given: MaskSetId | undefined): MaskSetId {
  const id = given ?? enforcedId ?? maskSetId;
  if (!id) throw new Problem('mask-set-not-found');
  return id;
}

/** With the rules of every other approval, and an entry in the record of its own. */
async function decideMasks(
  deps: Deps,
  { tx, actor, record, note }: Deciding & { note: string },
  finding: LockedFinding,
  approved: MaskSetId | null,
  uncovers: boolean,
): Promise<void> {
  if (approved) {
    const own = (facts: Facts) => record({ action: 'mask.approve', ...facts });
    await approve(deps, { tx, actor, record: own, note }, approved);
  } else if (uncovers && finding.enforcedId) {
    const own = (facts: Facts) => record({ action: 'mask.reject', ...facts });
    await reject({ tx, actor, record: own, note }, finding.enforcedId);
  }
}
