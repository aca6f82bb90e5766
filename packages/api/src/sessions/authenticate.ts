// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { inTx, NOBODY } from '@louver/db';
import { Problem, mayDo } from '@louver/contract';
import type { AccountId, JurisdictionPath, PersonId, Role, Route } from '@louver/contract';
import type { Request } from 'express';
import type { Deps } from '../http/deps.ts';
import { findActiveAccount } from './queries.ts';
import { MAX_SESSION_MS } from './session-store.ts';

/** On whose behalf a request runs. */
export interface Actor {
  accountId: AccountId;
  personId: PersonId;
  name: string;
  role: Role;
  jurisdictions: JurisdictionPath[];
  /** SHA-256 (hex) of the session's id: names the session without opening it. */
  sessionHash: string;
}

export const sessionHashOf = (sessionId: string): string => createHash('sha256').update(sessionId).digest('hex');

/** Asks the database at every request: an account that was disabled a second ago is nobody now. */
export async function authenticate(deps: Deps, request: Request): Promise<Actor | undefined> {
  const { accountId, openedAt } = request.session ?? {};
  if (accountId === undefined || openedAt === undefined) return undefined;
  if (deps.clock.now().getTime() - openedAt >= MAX_SESSION_MS) return undefined;
  const account = await inTx(deps.pool, NOBODY, (tx) => findActiveAccount(tx, accountId));
  return account && { ...account, sessionHash: sessionHashOf(request.sessionID) };
}

/** @throws Problem not-signed-in, not-permitted */
export async function authorise(deps: Deps, route: Route, request: Request): Promise<Actor | undefined> {
  if (route.action === 'anybody') return undefined;
  const actor = await authenticate(deps, request);
  if (!actor) throw new Problem('not-signed-in');
  if (route.action !== 'signed-in' && !mayDo(actor.role, route.action)) throw new Problem('not-permitted');
  return actor;
}
