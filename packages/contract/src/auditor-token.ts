// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AuditorTokenId } from './ids.ts';

const Instant = z.iso.datetime({ offset: true });

/** What a token opens. */
export const AuditorTokenScope = z.enum(['log:entries']);
export type AuditorTokenScope = z.infer<typeof AuditorTokenScope>;

export const AuditorTokenRequest = z.strictObject({
  /** For whoever has several: which program holds this one. */
  label: z.string().trim().min(1).max(100),
  expiresInDays: z.number().int().min(1).max(366).default(90),
});
export type AuditorTokenRequest = z.infer<typeof AuditorTokenRequest>;

/** A token as it is listed: never the token itself. */
export const AuditorToken = z
  .object({
    id: AuditorTokenId,
    label: z.string(),
    scope: AuditorTokenScope,
    createdAt: Instant,
    expiresAt: Instant,
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'AuditorToken' });
export type AuditorToken = z.infer<typeof AuditorToken>;

/** Shown once: only a hash of it is kept. */
export const NewAuditorToken = z
  .object({ id: AuditorTokenId, token: z.string(), label: z.string(), expiresAt: Instant })
  .meta({ id: 'NewAuditorToken' });
export type NewAuditorToken = z.infer<typeof NewAuditorToken>;
