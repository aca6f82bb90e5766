// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCredentialsKey } from '@louver/db';
import { z } from 'zod';
import type { TrustFiles } from './record/trust.ts';

const Env = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  /** 0 takes a free one: several workers on one machine need no plan. */
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  LOUVER_WORKER_HOST: z.string().min(1).default('127.0.0.1'),
  /** Where the API reaches this worker, when that is another address than the one it listens on. */
  LOUVER_WORKER_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOUVER_WORKER_STREAMS: z.coerce.number().int().min(1).max(1000).default(32),
  LOUVER_DATA: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../../../.louver', import.meta.url))),
  /** A tlog-policy file: which log is believed, and which witnesses must have cosigned. */
  LOUVER_WITNESS_POLICY: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Config {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  /** Cameras that this worker streams at once, at most. */
  readonly maxStreams: number;
  readonly logLevel: string;
  readonly ticketKey: KeyObject;
  readonly credentialsKey: Buffer;
  /** Where the sealer publishes the access record's log. */
  readonly logFolder: string;
  readonly trust: TrustFiles;
}

/** @throws Error that names every variable or key file that does not fit */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = Env.safeParse(env);
  if (!parsed.success)
    throw new Error(`the environment does not fit:\n${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    port: data.WORKER_PORT,
    host: data.LOUVER_WORKER_HOST,
    publicUrl: data.LOUVER_WORKER_URL,
    maxStreams: data.LOUVER_WORKER_STREAMS,
    logLevel: data.LOG_LEVEL,
    ticketKey: readTicketKey(join(data.LOUVER_DATA, 'keys', 'ticket.pub')),
    credentialsKey: readCredentialsKey(data.LOUVER_DATA, env),
    logFolder: join(data.LOUVER_DATA, 'log'),
    trust: { policy: data.LOUVER_WITNESS_POLICY, vkeys: join(data.LOUVER_DATA, 'keys', 'log.vkey') },
  };
}

function readTicketKey(path: string): KeyObject {
  try {
    const key = createPublicKey(readFileSync(path));
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
    return key;
  } catch (error) {
    throw new Error(`couldn't read the key that tickets are checked with: ${path}`, { cause: error });
  }
}
