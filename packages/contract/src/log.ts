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

/** The state of the access record's log, for pages. What it says is proved by the files below `/log`, not by this. */
export const LogStatus = z
  .object({
    /** What the sealer said last; null when nothing was heard of it for 30 s. */
    health: LogHealth.nullable(),
    /** Verifier keys; several while keys rotate. */
    vkeys: z.array(z.string()),
    /** The published checkpoint; null before the first. */
    checkpoint: z
      .object({
        origin: z.string(),
        size: z.number().int().nonnegative(),
        /** Base64, as in the checkpoint. */
        root: z.string(),
        /** When the file was written. No new checkpoint is signed while nothing happens. */
        publishedAt: Instant,
        ageSeconds: z.number().nonnegative(),
      })
      .nullable(),
  })
  .meta({ id: 'LogStatus' });
export type LogStatus = z.infer<typeof LogStatus>;
