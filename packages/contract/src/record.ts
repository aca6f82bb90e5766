// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AccountId, CameraId, JurisdictionPath, RecordSeq } from './ids.ts';
import { Action, Role } from './roles.ts';

/** One entry of the access record. `before` and `after` are digests or small facts, never persons' names. */
export const RecordEntry = z
  .object({
    seq: RecordSeq,
    at: z.iso.datetime({ offset: true }),
    action: Action,
    actor: z.object({ id: AccountId.nullable(), name: z.string().nullable(), role: Role.nullable() }),
    subject: z.string(),
    camera: z.object({ id: CameraId, code: z.string() }).nullable(),
    jurisdiction: JurisdictionPath.nullable(),
    purpose: z.string().nullable(),
    caseReference: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .meta({ id: 'RecordEntry' });
export type RecordEntry = z.infer<typeof RecordEntry>;
