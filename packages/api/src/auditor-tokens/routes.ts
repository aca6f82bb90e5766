// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, routes } from '@louver/contract';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { insertToken, listTokens, ownsToken, revokeToken } from './queries.ts';
import { hashOf, makeToken } from './tokens.ts';

const DAY_MS = 24 * 60 * 60_000;

/** An auditor's own tokens. Nobody else makes them, lists them or takes them away: least of all who is audited. */
export function auditorTokenRoutes(deps: Deps): Router {
  const router = Router();

  router.post(
    routes.createAuditorToken.path,
    endpoint(deps, routes.createAuditorToken, async ({ tx, body, actor, record }) => {
      const [token, scope] = [makeToken(), 'log:entries'] as const;
      const expiresAt = new Date(deps.clock.now().getTime() + body.expiresInDays * DAY_MS);
      const { accountId, jurisdictions } = actor;
      const made = await insertToken(tx, { accountId, label: body.label, scope, hash: hashOf(token), expiresAt });
      // Without the label: free text may hold somebody's name, and the record is kept for ever.
      const detail = { scope, expiresAt: made.expiresAt };
      await record({ subject: made.id, jurisdiction: jurisdictions[0] ?? null, detail });
      return { ...made, token };
    }),
  );

  router.get(
    routes.listAuditorTokens.path,
    endpoint(deps, routes.listAuditorTokens, async ({ tx, actor }) => ({
      items: await listTokens(tx, actor.accountId),
    })),
  );

  router.delete(
    routes.revokeAuditorToken.path,
    endpoint(deps, routes.revokeAuditorToken, async ({ tx, params: { tokenId }, actor, record }) => {
      if (await revokeToken(tx, tokenId, actor.accountId))
        await record({ subject: tokenId, jurisdiction: actor.jurisdictions[0] ?? null });
      else if (!(await ownsToken(tx, tokenId, actor.accountId))) throw new Problem('auditor-token-not-found');
    }),
  );

  return router;
}
