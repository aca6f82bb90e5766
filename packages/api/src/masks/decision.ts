// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, redisKeys, type MaskSetId } from '@louver/contract';
import { emitAfterCommit, type Tx } from '@louver/db';
import type { Deps } from '../http/deps.ts';
import { carryOver, findEnforced } from '../exposures/carry-over.ts';
import type { Facts } from '../http/endpoint.ts';
import type { Actor } from '../sessions/authenticate.ts';
import { activate, decide, findMaskSet, lockAim, retireSuperseded, type MaskSetRow } from './queries.ts';

/** Of what an approval supersedes the record names so many: an entry has an end, the proposals of an aim have none. */
const NAMED = 100;

interface Decision {
  tx: Tx;
  actor: Actor;
  record: (facts: Facts) => Promise<unknown>;
  note: string;
}

/** @throws Problem mask-set-not-found, mask-set-decided, mask-set-outdated, mask-author-decides */
async function lockProposal({ tx, actor }: Decision, id: MaskSetId): Promise<MaskSetRow> {
  const found = await findMaskSet(tx, id);
  if (!found || !(await lockAim(tx, found.aimId))) throw new Problem('mask-set-not-found');
  // Once more under the lock: somebody may have decided while this waited.
  const set = (await findMaskSet(tx, id))!;
  if (set.state === 'retired' && !set.decidedBy) throw new Problem('mask-set-outdated');
  if (set.state !== 'proposed') throw new Problem('mask-set-decided');
  // The database refuses it too, whatever stands here.
  if (set.authorPersonId === actor.personId) throw new Problem('mask-author-decides');
  return set;
}

/** What a worker has to read in the log: until when they hold. And what an auditor looks for: what is seen that was not. */
const lifeOf = ({ expiresAt, renews, uncovers }: MaskSetRow) => ({
  ...(expiresAt === null ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
  ...(renews === null ? {} : { renews }),
  ...(uncovers ? { uncovers: { version: uncovers.version, share: uncovers.share } } : {}),
});

const factsOf = ({ id, aimId, cameraId, jurisdiction, version, digest }: MaskSetRow) => ({
  subject: id,
  cameraId,
  jurisdiction,
  detail: { aimId, version, digest },
});

async function finish(tx: Tx, id: MaskSetId): Promise<MaskSetRow> {
  const set = (await findMaskSet(tx, id))!;
  const { cameraId, jurisdiction, version, state } = set;
  await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version, state });
  return set;
}

/**
 * Other proposals for the aim were drawn over what was in force before, hence they are outdated now. While a worker holds
 * the stream it makes the set active when the masks are burned in; while none does there is nothing to wait for.
 */
export async function approve({ redis }: Deps, decision: Decision, id: MaskSetId): Promise<MaskSetRow> {
  const { tx, actor, record, note } = decision;
  const set = await lockProposal(decision, id);
  const facts = factsOf(set);
  const enforced = await findEnforced(tx, set.aimId);
  await decide(tx, id, 'approved', actor.accountId, note);
  const superseded = await retireSuperseded(tx, set.aimId, id);
  const named = superseded.slice(0, NAMED).map((other) => other.id);
  const life = lifeOf((await findMaskSet(tx, id))!);
  await record({
    ...facts,
    detail: { ...facts.detail, ...life, note, superseded: named, supersededInAll: superseded.length },
  });
  if (enforced && enforced.id !== id) await carryOver(tx, record, enforced, set);
  if (!(await redis.exists(redisKeys.streamLocation(set.cameraId)))) {
    await activate(tx, set.aimId, id);
    await record({ ...facts, action: 'mask.activate', actor: null });
  }
  return finish(tx, id);
}

export async function reject(decision: Decision, id: MaskSetId): Promise<MaskSetRow> {
  const { tx, actor, record, note } = decision;
  const set = await lockProposal(decision, id);
  const facts = factsOf(set);
  await decide(tx, id, 'rejected', actor.accountId, note);
  await record({ ...facts, detail: { ...facts.detail, note } });
  return finish(tx, id);
}
