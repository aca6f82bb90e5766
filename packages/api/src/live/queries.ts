// SPDX-License-Identifier: AGPL-3.0-or-later
import { JurisdictionPath, Role } from '@louver/contract';
import type { AccountId, CameraId } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

export const findHolder = (tx: Tx, accountId: AccountId) =>
  tx.maybeOne(
    z.object({ role: Role, jurisdictions: z.array(JurisdictionPath) }),
    sql`SELECT role, jurisdictions::text[] AS jurisdictions FROM accounts WHERE id = ${accountId}`,
  );

export const findJurisdiction = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(
    z.object({ jurisdiction: JurisdictionPath }),
    sql`SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = ${cameraId}`,
  );
