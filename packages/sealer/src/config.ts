// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePolicy, type Policy } from '@louver/ledger';
import { z } from 'zod';
import type { Folders } from './marks.ts';

const Env = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  /** 0 takes a free one. */
  SEALER_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  LOUVER_DATA: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../../../.louver', import.meta.url))),
  LOUVER_WITNESS_POLICY: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Config extends Folders {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly port: number;
  readonly logLevel: string;
  readonly policy: Policy | undefined;
}

/** @throws Error that names every variable or file that does not fit */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = Env.safeParse(env);
  if (!parsed.success)
    throw new Error(`the environment does not fit:\n${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    port: data.SEALER_PORT,
    logLevel: data.LOG_LEVEL,
    keyDir: join(data.LOUVER_DATA, 'keys'),
    logDir: join(data.LOUVER_DATA, 'log'),
    policy: data.LOUVER_WITNESS_POLICY ? readPolicy(data.LOUVER_WITNESS_POLICY) : undefined,
  };
}

function readPolicy(path: string): Policy {
  try {
    return parsePolicy(readFileSync(path));
  } catch (cause) {
    throw new Error(`couldn't read the witness policy ${path}`, { cause });
  }
}
