// SPDX-License-Identifier: AGPL-3.0-or-later
import { AccountId, PersonId, type Role } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

const Known = z.object({ id: AccountId, passwordHash: z.string(), disabled: z.boolean() });

export const lockAccount = (tx: Tx, email: string) =>
  tx.maybeOne(
    Known,
    sql`
      SELECT id, password_hash AS "passwordHash", disabled_at IS NOT NULL AS disabled
      FROM accounts WHERE lower(email) = lower(${email}) FOR UPDATE
    `,
  );

export interface NewAccount {
  email: string;
  name: string;
  /** The account of a person who is known already: both are theirs, and neither may decide what the other asked for. */
  samePersonAs: AccountId | null;
  role: Role;
  jurisdictions: string[];
  passwordHash: string;
}

export const insertAccount = (tx: Tx, { email, name, samePersonAs, role, jurisdictions, passwordHash }: NewAccount) =>
  tx.one(
    z.object({ id: AccountId }),
    sql`
      WITH known AS (SELECT person_id AS id FROM accounts WHERE id = ${samePersonAs}),
           made AS (INSERT INTO persons (name) SELECT ${name} WHERE NOT EXISTS (SELECT FROM known) RETURNING id),
           person AS (SELECT id FROM known UNION ALL SELECT id FROM made)
      INSERT INTO accounts (person_id, email, password_hash, role, jurisdictions)
      SELECT id, ${email}, ${passwordHash}, ${role}, ${jurisdictions}::text[]::ltree[] FROM person
      RETURNING id
    `,
  );

export const setPassword = (tx: Tx, id: AccountId, passwordHash: string) =>
  tx.run(sql`UPDATE accounts SET password_hash = ${passwordHash}, disabled_at = NULL WHERE id = ${id}`);

export const disableAccount = (tx: Tx, id: AccountId) =>
  tx.run(sql`UPDATE accounts SET disabled_at = now() WHERE id = ${id}`);

export const lockPersonOf = (tx: Tx, id: AccountId) =>
  tx.one(
    z.object({ personId: PersonId }),
    sql`SELECT id AS "personId" FROM persons WHERE id = (SELECT person_id FROM accounts WHERE id = ${id}) FOR UPDATE`,
  );

/** @returns all accounts of the person, in the order in which they were made */
export const lockAccountsOf = (tx: Tx, person: PersonId) =>
  tx.many(
    z.object({ id: AccountId }),
    sql`SELECT id FROM accounts WHERE person_id = ${person} ORDER BY created_at, id FOR UPDATE`,
  );

export const erasePerson = (tx: Tx, person: PersonId) =>
  tx.run(sql`UPDATE persons SET name = 'erased', erased_at = now() WHERE id = ${person}`);

/** The address is made of the id, because each account must have one of its own; nobody can get mail there (RFC 2606). */
export const eraseAccountRow = (tx: Tx, id: AccountId, passwordHash: string) =>
  tx.run(sql`
    UPDATE accounts
    SET email = id || '@erased.invalid', password_hash = ${passwordHash}, disabled_at = coalesce(disabled_at, now())
    WHERE id = ${id}
  `);

/** With their labels, in which somebody may have written a name. */
export const deleteTokensOf = (tx: Tx, id: AccountId) =>
  tx.run(sql`DELETE FROM auditor_tokens WHERE account_id = ${id}`);

/** A place and every place above it, named by their labels until somebody imports better names. @returns the new paths */
export const makeJurisdictions = (tx: Tx, path: string) =>
  tx.many(
    z.object({ path: z.string() }),
    sql`
      INSERT INTO jurisdictions (path, kind, name)
      SELECT subpath(${path}::ltree, 0, depth), CASE depth WHEN 1 THEN 'country' WHEN 2 THEN 'province' ELSE 'commune' END,
             subpath(${path}::ltree, depth - 1, 1)::text
      FROM generate_series(1, nlevel(${path}::ltree)) AS depth
      ON CONFLICT (path) DO NOTHING RETURNING path::text AS path
    `,
  );
