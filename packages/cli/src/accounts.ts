// SPDX-License-Identifier: AGPL-3.0-or-later
// Accounts as the database's owner makes them: the first ones, before anybody can sign in.
import { randomBytes } from 'node:crypto';
import { JurisdictionPath, Role, type AccountId } from '@louver/contract';
import { appendRecord, type Tx } from '@louver/db';
import { hash } from '@node-rs/argon2';
import { z } from 'zod';
import {
  deleteTokensOf,
  disableAccount,
  eraseAccountRow,
  erasePerson,
  insertAccount,
  lockAccount,
  lockAccountsOf,
  lockPersonOf,
  makeJurisdictions,
  setPassword,
} from './account-queries.ts';
import { EXIT, Failure } from './failure.ts';

export const AccountRequest = z.object({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(200),
  role: Role,
  jurisdictions: z.array(JurisdictionPath).min(1),
  /** E-mail of an account that the same person holds already. */
  samePersonAs: z.email().max(254).optional(),
});
export type AccountRequest = z.infer<typeof AccountRequest>;

const MIN_PASSWORD = 12;

/** argon2id; memory in KiB. */
const hashPassword = (password: string): Promise<string> =>
  hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

/** 120 bits in letters that nobody confuses on the telephone. */
export function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const text = Array.from(randomBytes(25), (byte) => letters[byte % letters.length]!).join('');
  return text.replaceAll(/(.{5})(?=.)/g, '$1-');
}

export function requireStrong(password: string): string {
  if (password.length < MIN_PASSWORD)
    throw new Failure(EXIT.usage, `the password must have at least ${MIN_PASSWORD} signs`);
  if (password.length > 1024) throw new Failure(EXIT.usage, 'the password must have at most 1,024 signs');
  return password;
}

/** @throws Failure refused when the address is somebody's already */
export async function createAccount(
  tx: Tx,
  request: AccountRequest,
  password: string,
): Promise<{ id: string; made: string[] }> {
  if (await lockAccount(tx, request.email))
    throw new Failure(EXIT.refused, `there is an account for ${request.email} already`);
  const made: string[] = [];
  for (const path of request.jurisdictions) made.push(...(await makeJurisdictions(tx, path)).map((row) => row.path));
  const samePersonAs = await accountOfSamePerson(tx, request);
  const { id } = await insertAccount(tx, { ...request, samePersonAs, passwordHash: await hashPassword(password) });
  const { role, jurisdictions } = request;
  const jurisdiction = jurisdictions.length === 1 ? jurisdictions[0]! : null;
  await appendRecord(tx, {
    action: 'account.grant',
    actor: null,
    subject: id,
    jurisdiction,
    detail: { role, jurisdictions, by: 'database owner' },
  });
  return { id, made };
}

async function accountOfSamePerson(tx: Tx, { samePersonAs }: AccountRequest): Promise<AccountId | null> {
  if (samePersonAs === undefined) return null;
  const known = await lockAccount(tx, samePersonAs);
  if (!known) throw new Failure(EXIT.refused, `there is no account for ${samePersonAs}`);
  return known.id;
}

/** @throws Failure refused when there is no such account */
export async function stopAccount(tx: Tx, email: string): Promise<'stopped' | 'was stopped'> {
  const account = await lockAccount(tx, email);
  if (!account) throw new Failure(EXIT.refused, `there is no account for ${email}`);
  if (account.disabled) return 'was stopped';
  await disableAccount(tx, account.id);
  await appendRecord(tx, {
    action: 'account.revoke',
    actor: null,
    subject: account.id,
    detail: { by: 'database owner' },
  });
  return 'stopped';
}

/**
 * Takes name, addresses, passwords and tokens from the person whose account this is, with all accounts that they hold. The ids
 * stay, so the record stays whole and two looks of one person remain two looks of one person.
 * @returns the ids of the accounts
 * @throws Failure refused when there is no such account
 */
export async function eraseAccounts(tx: Tx, email: string): Promise<AccountId[]> {
  const account = await lockAccount(tx, email);
  if (!account) throw new Failure(EXIT.refused, `there is no account for ${email}`);
  const { personId } = await lockPersonOf(tx, account.id);
  await erasePerson(tx, personId);
  const accounts = await lockAccountsOf(tx, personId);
  for (const { id } of accounts) {
    await eraseAccountRow(tx, id, await hashPassword(newPassword()));
    await deleteTokensOf(tx, id);
    await appendRecord(tx, { action: 'account.erase', actor: null, subject: id, detail: { by: 'database owner' } });
  }
  return accounts.map(({ id }) => id);
}

export async function replacePassword(tx: Tx, email: string, password: string): Promise<void> {
  const account = await lockAccount(tx, email);
  if (!account) throw new Failure(EXIT.refused, `there is no account for ${email}`);
  await setPassword(tx, account.id, await hashPassword(password));
  await appendRecord(tx, {
    action: 'account.grant',
    actor: null,
    subject: account.id,
    detail: { password: 'replaced', by: 'database owner' },
  });
}
