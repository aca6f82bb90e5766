// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, randomBytes } from 'node:crypto';
import { mayDo, type AuditorTokenScope } from '@louver/contract';
import { inTx, NOBODY } from '@louver/db';
import type { Deps } from '../http/deps.ts';
import { findTokenHolder } from './queries.ts';

/** Tells a scanner for leaked secrets, and whoever finds one in a file, what it is. */
const PREFIX = 'louver_auditor_';
const SHAPE = new RegExp(`^${PREFIX}[\\w-]{43}$`);

export const makeToken = (): string => PREFIX + randomBytes(32).toString('base64url');

export const hashOf = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();

/** Whose token this is, asked at every use; undefined when it is nobody's, or no longer good, or its account no auditor's. */
export async function holderOf({ pool, clock }: Deps, token: string, scope: AuditorTokenScope) {
  if (!SHAPE.test(token)) return undefined;
  const holder = await inTx(pool, NOBODY, (tx) => findTokenHolder(tx, hashOf(token), scope, clock.now()));
  return holder && mayDo(holder.role, 'log.read') ? holder : undefined;
}
