// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AccountId, JurisdictionPath } from './ids.ts';
import { Action, Role } from './roles.ts';

export const Credentials = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(1024),
});
export type Credentials = z.infer<typeof Credentials>;

export const Session = z
  .object({
    accountId: AccountId,
    name: z.string(),
    email: z.email(),
    role: Role,
    jurisdictions: z.array(JurisdictionPath),
    may: z.array(Action),
    caseReferenceRequired: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;
