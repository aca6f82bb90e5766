// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCredentialsKey } from '@louver/db';
import { z } from 'zod';

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const Env = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  LOUVER_DATA: z.string().min(1).default(beside('../../../.louver')),
  LOUVER_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** As Express takes it: `loopback`, addresses, or a number of hops. Unset: no proxy is believed. */
  LOUVER_TRUST_PROXY: z.string().optional(),
  /** Whose cosignatures a checkpoint needs: a file in the form of tlog-policy. Unset: the log's own signature will do. */
  LOUVER_WITNESS_POLICY: z.string().min(1).optional(),
  LOUVER_DEMO: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Config {
  databaseUrl: string;
  redisUrl: string;
  port: number;
  dataDir: string;
  /** Where people reach this installation, without a slash at the end; by default whatever they typed. */
  publicUrl: string | undefined;
  trustProxy: string | number | false;
  witnessPolicy: string | undefined;
  /** A demo is ready only when its city is planted and its cameras answer. */
  demo: boolean;
  logLevel: z.output<typeof Env>['LOG_LEVEL'];
  consoleDir: string;
  /** Built style sheets, scripts and fonts of the public pages. */
  civicDir: string;
}

/** @throws Error that names every variable which does not fit */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = Env.safeParse(env);
  if (!parsed.success)
    throw new Error(`the environment does not fit:\n${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    port: data.PORT,
    dataDir: data.LOUVER_DATA,
    publicUrl: publicUrlOf(data.LOUVER_PUBLIC_URL),
    trustProxy: trustOf(data.LOUVER_TRUST_PROXY),
    witnessPolicy: data.LOUVER_WITNESS_POLICY,
    demo: data.LOUVER_DEMO === '1',
    logLevel: data.LOG_LEVEL,
    consoleDir: beside('../../console/dist'),
    civicDir: beside('../../civic/dist/site'),
  };
}

/** A loopback name is right on this machine only: then whoever asks is answered with the name that they used themselves. */
function publicUrlOf(url: string | undefined): string | undefined {
  return url && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname) ? undefined : url;
}

function trustOf(text: string | undefined): string | number | false {
  if (!text) return false;
  return /^\d+$/.test(text) ? Number(text) : text;
}

export interface Keys {
  ticketPrivate: KeyObject;
  ticketPublic: KeyObject;
  /** Signs session cookies. */
  session: string;
  /** AES-256, seals camera credentials. */
  credentials: Buffer;
  /** Of it come the keys under which case codes are hashed, and names and original photos sealed. */
  citizens: Buffer;
}

/** @throws Error that names the file which is missing or does not fit */
export function readKeys(dataDir: string): Keys {
  const read = <T>(name: string, parse: (text: string) => T): T => {
    const path = join(dataDir, 'keys', name);
    try {
      return parse(readFileSync(path, 'utf8'));
    } catch (cause) {
      throw new Error(`couldn't read the key ${path}; \`npm start\` makes it`, { cause });
    }
  };
  const bytes = (text: string): Buffer => {
    const key = Buffer.from(text.trim(), 'base64');
    if (key.length < 32) throw new RangeError(`expected 32 random bytes in base64, found ${key.length}`);
    return key;
  };
  return {
    ticketPrivate: read('ticket.key', createPrivateKey),
    ticketPublic: read('ticket.pub', createPublicKey),
    session: read('session.key', (text) => bytes(text).toString('base64')),
    credentials: readCredentialsKey(dataDir),
    citizens: read('citizens.key', bytes),
  };
}
