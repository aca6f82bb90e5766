// SPDX-License-Identifier: AGPL-3.0-or-later
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Role } from '@louver/contract';
import { z } from 'zod';
import { EXIT, Failure } from '../failure.ts';

const DemoAccounts = z.array(z.object({ role: Role, email: z.string(), password: z.string() }));
export type DemoAccount = z.infer<typeof DemoAccounts>[number];

/** @returns nothing when there is no such file */
export function readDemoAccounts(path: string): DemoAccount[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  try {
    return DemoAccounts.parse(JSON.parse(text));
  } catch (error) {
    throw new Failure(EXIT.refused, `couldn't understand ${path}; remove it and run \`louver demo seed\` again`, error);
  }
}

/** Whole or not at all, and for its owner only: it holds passwords. */
export function writeDemoAccounts(path: string, accounts: DemoAccount[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}
