// SPDX-License-Identifier: AGPL-3.0-or-later
import { AccountId, AuditorToken, AuditorTokenId, JurisdictionPath, NewAuditorToken, Role } from '@louver/contract';
import type { AuditorTokenScope } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

interface NewToken {
  accountId: AccountId;
  label: string;
  scope: AuditorTokenScope;
  hash: Buffer;
  expiresAt: Date;
}

export const insertToken = (tx: Tx, { accountId, label, scope, hash, expiresAt }: NewToken) =>
  tx.one(
    NewAuditorToken.omit({ token: true }),
    sql`
      INSERT INTO auditor_tokens (account_id, label, scope, token_sha256, expires_at)
      VALUES (${accountId}, ${label}, ${scope}, ${hash}, ${expiresAt.toISOString()})
      RETURNING id, label, expires_at AS "expiresAt"
    `,
  );

/** Newest first, those that open nothing any more too. */
export const listTokens = (tx: Tx, accountId: AccountId) =>
  tx.many(
    AuditorToken,
    sql`
      SELECT id, label, scope, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"
      FROM auditor_tokens WHERE account_id = ${accountId}
      ORDER BY created_at DESC, id
      LIMIT 500
    `,
  );

/** Undefined when it was revoked before. */
export const revokeToken = (tx: Tx, id: AuditorTokenId, accountId: AccountId) =>
  tx.maybeOne(
    z.object({ id: AuditorTokenId }),
    sql`
      UPDATE auditor_tokens SET revoked_at = clock_timestamp()
      WHERE id = ${id} AND account_id = ${accountId} AND revoked_at IS NULL
      RETURNING id
    `,
  );

export const ownsToken = async (tx: Tx, id: AuditorTokenId, accountId: AccountId): Promise<boolean> =>
  (await tx.maybeOne(
    z.object({}),
    sql`SELECT 1 AS one FROM auditor_tokens WHERE id = ${id} AND account_id = ${accountId}`,
  )) !== undefined;

export const findTokenHolder = (tx: Tx, hash: Buffer, scope: AuditorTokenScope, now: Date) =>
  tx.maybeOne(
    z.object({
      tokenId: AuditorTokenId,
      accountId: AccountId,
      role: Role,
      jurisdictions: z.array(JurisdictionPath),
    }),
    sql`
      SELECT auditor_tokens.id AS "tokenId", accounts.id AS "accountId", accounts.role,
             accounts.jurisdictions::text[] AS jurisdictions
      FROM auditor_tokens JOIN accounts ON accounts.id = auditor_tokens.account_id
      WHERE auditor_tokens.token_sha256 = ${hash} AND auditor_tokens.scope = ${scope}
        AND auditor_tokens.revoked_at IS NULL AND auditor_tokens.expires_at > ${now.toISOString()}
        AND accounts.disabled_at IS NULL
    `,
  );
