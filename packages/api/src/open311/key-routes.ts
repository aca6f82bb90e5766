// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, randomBytes } from 'node:crypto';
import { complaintRoutes as contract, Problem } from '@louver/contract';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { insertKey, listKeys, revokeKey } from './queries.ts';

export const keyHash = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Keys are the administrator's: a program that files in somebody's name is a party to a contract. */
export function open311KeyRoutes(deps: Deps): Router {
  const router = Router();
  router.get(
    contract.listOpen311Keys.path,
    endpoint(deps, contract.listOpen311Keys, async ({ tx }) => ({ items: await listKeys(tx) })),
  );
  router.post(
    contract.createOpen311Key.path,
    endpoint(deps, contract.createOpen311Key, async ({ tx, actor, body, record }) => {
      const key = randomBytes(32).toString('base64url');
      const made = await insertKey(tx, body.label, keyHash(key), actor.accountId);
      await record({ subject: made.id, detail: { label: body.label } });
      return { key, ...made };
    }),
  );
  router.delete(
    contract.revokeOpen311Key.path,
    endpoint(deps, contract.revokeOpen311Key, async ({ tx, params, record }) => {
      const revoked = await revokeKey(tx, params.keyId);
      if (!revoked) throw new Problem('open311-key-not-found');
      await record({ subject: revoked.id, detail: { label: revoked.label } });
    }),
  );
  return router;
}
