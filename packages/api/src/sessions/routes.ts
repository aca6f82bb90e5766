// SPDX-License-Identifier: AGPL-3.0-or-later
import { ACTIONS, Problem, mayDo, routes, type Action, type Credentials } from '@louver/contract';
import type { Tx } from '@louver/db';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint, type Facts } from '../http/endpoint.ts';
import { networkOf } from '../live/network.ts';
import type { Actor } from './authenticate.ts';
import { passwordFits } from './passwords.ts';
import { actFor, findAccountByEmail, findSessionFacts } from './queries.ts';
import { beginSession, endSession } from './session-lifecycle.ts';
import { TooManyAttempts, signInThrottle } from './throttle.ts';

type Account = Omit<Actor, 'sessionHash'>;
type Record = (facts: Facts) => Promise<unknown>;

export function sessionRoutes(deps: Deps): Router {
  const router = Router();
  const throttle = signInThrottle(deps.redis);

  router.post(
    routes.openSession.path,
    endpoint(deps, routes.openSession, async ({ tx, body, record, afterCommit, request, response }) => {
      // A subscriber has a whole IPv6 network of addresses, and is one guesser with all of them.
      const network = networkOf(request.ip ?? 'unknown');
      await throttle.attempt(body.email, network).catch((error: unknown) => {
        if (error instanceof TooManyAttempts) response.set('Retry-After', String(error.retryAfterSeconds));
        throw error;
      });
      const account = await recognise(tx, record, body);
      if (account instanceof Problem) return account;
      await throttle.succeeded(body.email, network);
      await record({ action: 'session.open', actor: account, subject: account.accountId, ...placeOf(account) });
      afterCommit(() => beginSession(deps, request, account.accountId));
      return describe(tx, account);
    }),
  );

  router.get(
    routes.readSession.path,
    endpoint(deps, routes.readSession, ({ tx, actor }) => describe(tx, actor)),
  );

  router.delete(
    routes.closeSession.path,
    endpoint(deps, routes.closeSession, async ({ actor, record, afterCommit, request, response }) => {
      await record({ subject: actor.accountId, ...placeOf(actor) });
      afterCommit(() => endSession(deps, request, response));
    }),
  );

  return router;
}

/**
 * Whose credentials these are, for whom the transaction acts from then on. A problem is returned, not thrown, so that the
 * record of a refusal stays; it is the same for an unknown e-mail, a wrong password and a disabled account.
 */
async function recognise(tx: Tx, record: Record, { email, password }: Credentials): Promise<Account | Problem> {
  const account = await findAccountByEmail(tx, email);
  const fits = await passwordFits(account?.passwordHash, password);
  if (!account) return new Problem('credentials-wrong');
  await actFor(tx, account.jurisdictions);
  if (fits && !account.disabled) return account;
  const detail = { reason: fits ? 'account-disabled' : 'password-wrong' };
  await record({ action: 'session.refuse', actor: null, subject: account.accountId, ...placeOf(account), detail });
  return new Problem('credentials-wrong');
}

const placeOf = (account: Account) => ({ jurisdiction: account.jurisdictions[0] ?? null });

async function describe(tx: Tx, { accountId, name, role, jurisdictions }: Account) {
  const may = (Object.keys(ACTIONS) as Action[]).filter((action) => mayDo(role, action));
  return { accountId, name, role, jurisdictions, may, ...(await findSessionFacts(tx, accountId)) };
}
