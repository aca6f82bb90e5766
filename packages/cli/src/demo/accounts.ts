// SPDX-License-Identifier: AGPL-3.0-or-later
import { verify } from '@node-rs/argon2';
import { lockAccount } from '../account-queries.ts';
import { createAccount, newPassword, replacePassword } from '../accounts.ts';
import { asOwner } from '../owner.ts';
import { readDemoAccounts, writeDemoAccounts, type DemoAccount } from './accounts-file.ts';
import { DEMO_PEOPLE } from './people.ts';

/**
 * File and database agree afterwards, whichever of them was lost. The file is written first: a password in a file that opens
 * nothing yet is repaired by the next run, an account whose password nobody has is not.
 */
export async function ensureAccounts(
  databaseUrl: string,
  file: string,
): Promise<{ accounts: DemoAccount[]; made: number }> {
  const known = new Map(readDemoAccounts(file).map((account) => [account.email, account]));
  const accounts = DEMO_PEOPLE.map(({ role, email }) => ({
    role,
    email,
    password: known.get(email)?.password ?? newPassword(),
  }));
  writeDemoAccounts(file, accounts);
  const made = await asOwner(databaseUrl, async (tx) => {
    let count = 0;
    for (const [i, request] of DEMO_PEOPLE.entries()) {
      const { password } = accounts[i]!;
      const there = await lockAccount(tx, request.email);
      if (there && !there.disabled && (await verify(there.passwordHash, password))) continue;
      if (there) await replacePassword(tx, request.email, password);
      else await createAccount(tx, request, password);
      count += 1;
    }
    return count;
  });
  return { accounts, made };
}
