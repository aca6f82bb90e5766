// SPDX-License-Identifier: AGPL-3.0-or-later
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, Failure } from './failure.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export const dataFolder = (env: NodeJS.ProcessEnv): string => resolve(ROOT, env.LOUVER_DATA || '.louver');

export const defaultUrl = (env: NodeJS.ProcessEnv): string =>
  env.LOUVER_PUBLIC_URL || `http://127.0.0.1:${env.PORT || '8080'}`;

/** @throws Failure usage when it is not set */
export function required(env: NodeJS.ProcessEnv, name: string, what: string): string {
  const value = env[name];
  if (!value) throw new Failure(EXIT.usage, `${name} is not set: ${what}`);
  return value;
}

export const ownerUrl = (env: NodeJS.ProcessEnv): string =>
  required(env, 'DATABASE_URL', 'this command needs the database as its owner, e.g. postgres://owner@host/louver');
