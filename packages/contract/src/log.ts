// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';

const Instant = z.iso.datetime({ offset: true });

/** How the access record's log is doing, as its sealer says. */
export const LogHealth = z.object({
  origin: z.string(),
  /** Entries under the newest signed checkpoint. */
  size: z.number().int().nonnegative(),
  sealedAt: Instant.nullable(),
  publishedAt: Instant.nullable(),
  witnesses: z.array(
    z.object({
      name: z.string(),
      /** 0 while it has cosigned nothing. */
      lastCosignedSize: z.number().int().nonnegative(),
      lastSeenAt: Instant.nullable(),
      /** Why it did not cosign last time; null while all is well. */
      problem: z.string().nullable(),
    }),
  ),
});
export type LogHealth = z.infer<typeof LogHealth>;
