// SPDX-License-Identifier: AGPL-3.0-or-later
// A picture that is not the aim's any more is shown again when two persons say that it is.
import { Problem, routes, type FindingId } from '@louver/contract';
import { emitAfterCommit, type Tx } from '@louver/db';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { endSceneFinding, findSceneFinding, insertSameScene, lockSceneFinding } from './queries.ts';

async function requireFinding(tx: Tx, id: FindingId) {
  const finding = await findSceneFinding(tx, id);
  if (!finding) throw new Problem('finding-not-found');
  return finding;
}

export function sceneRoutes(deps: Deps): Router {
  const router = Router();
  router.get(
    routes.readScene.path,
    endpoint(deps, routes.readScene, ({ tx, params }) => requireFinding(tx, params.findingId)),
  );
  router.post(routes.acceptScene.path, acceptScene(deps));
  return router;
}

const acceptScene = (deps: Deps) =>
  endpoint(deps, routes.acceptScene, async ({ tx, params: { findingId }, body: { note }, actor, record }) => {
    const finding = await lockSceneFinding(tx, findingId);
    if (!finding) throw new Problem('finding-not-found');
    if (finding.state !== 'open') throw new Problem('finding-decided');
    const { cameraId, aimId, jurisdiction } = finding;
    const { completes } = await insertSameScene(tx, findingId, note, actor.accountId);
    if (completes) await endSceneFinding(tx, findingId);
    const detail = { kind: 'scene-shift', decision: 'same-scene', note, completes, aimId };
    await record({ subject: findingId, cameraId, jurisdiction, detail });
    await emitAfterCommit(tx, 'exposures.changed', { cameraId, aimId, jurisdiction });
    return requireFinding(tx, findingId);
  });
