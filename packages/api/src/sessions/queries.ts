// SPDX-License-Identifier: AGPL-3.0-or-later
import { AccountId, JurisdictionPath, PersonId, Role } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

const Account = z.object({
  accountId: AccountId,
  personId: PersonId,
  name: z.string(),
  role: Role,
  jurisdictions: z.array(JurisdictionPath),
});

const columns = sql`
  accounts.id AS "accountId", persons.id AS "personId", persons.name, accounts.role,
  accounts.jurisdictions::text[] AS jurisdictions
`;

export const findActiveAccount = (tx: Tx, accountId: AccountId) =>
  tx.maybeOne(
    Account,
    sql`
      SELECT ${columns}
      FROM accounts JOIN persons ON persons.id = accounts.person_id
      WHERE accounts.id = ${accountId} AND accounts.disabled_at IS NULL
    `,
  );

/** With the hash of the password and whether the account is disabled, for whoever checks a sign-in. */
export const findAccountByEmail = (tx: Tx, email: string) =>
  tx.maybeOne(
    Account.extend({ passwordHash: z.string(), disabled: z.boolean() }),
    sql`
      SELECT ${columns}, accounts.password_hash AS "passwordHash", accounts.disabled_at IS NOT NULL AS disabled
      FROM accounts JOIN persons ON persons.id = accounts.person_id
      WHERE lower(accounts.email) = lower(${email})
    `,
  );

export const findSessionFacts = (tx: Tx, accountId: AccountId) =>
  tx.one(
    z.object({ email: z.string(), caseReferenceRequired: z.boolean() }),
    sql`
      SELECT accounts.email, coalesce(viewing_policies.case_reference_required, false) AS "caseReferenceRequired"
      FROM accounts LEFT JOIN viewing_policies ON viewing_policies.role = accounts.role
      WHERE accounts.id = ${accountId}
    `,
  );

/** From here on the transaction acts for an account that has only now been recognised. */
export const actFor = (tx: Tx, jurisdictions: readonly string[]) =>
  tx.run(sql`SELECT set_config('louver.jurisdictions', ${`{${jurisdictions.join(',')}}`}, true)`);
