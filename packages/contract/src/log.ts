// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';

const Instant = z.iso.datetime({ offset: true });

/**
 * A row of the database that is not what the log says was sealed. The log itself stays right: it is the rows that people read.
 * `entry`: its bytes are others; `digest`: it does not name its entry; `columns`: what is readable says something else than the
 * entry; `unreadable`: sealed as it is, but no entry that this system writes; `missing`: gone; `unsealed`: slipped past the
 * sealer; `file`: no row but a published file.
 */
export const AlteredRecord = z.object({
  /** Of the row; null where none is known. */
  seq: z.string().nullable(),
  /** Its place in the log, the first one of a file; null where it has none. */
  leafIndex: z.number().int().nonnegative().nullable(),
  what: z.enum(['entry', 'digest', 'columns', 'unreadable', 'missing', 'unsealed', 'file']),
  /** Names of the columns that differ, or the path of the file. */
  parts: z.array(z.string()),
});
export type AlteredRecord = z.infer<typeof AlteredRecord>;

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
  /** What the comparison of database and log has found and not yet seen right again; the first fifty of it. */
  altered: z.array(AlteredRecord).default([]),
  /** How much of the log the last whole comparison covered, and when it ended; null before the first. */
  sweptTo: z.number().int().nonnegative().nullable().default(null),
  sweptAt: Instant.nullable().default(null),
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
