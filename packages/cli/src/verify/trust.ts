// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { LedgerError, parsePolicy, parseVkeys, trustLogs, type Policy } from '@louver/ledger/verify';
import { EXIT, Failure, reasonOf } from '../failure.ts';

/** A file that the person named. @throws Failure usage if it can't be read */
export async function namedFile(what: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Failure(EXIT.usage, `couldn't read the ${what} ${path}: ${reasonOf(error)}`, error);
  }
}

/**
 * Whom to believe: the keys of the file of vkeys, or else the logs of the policy; and the policy's witnesses.
 * @throws Failure usage for a file that is none, or when no key is named
 */
export async function trustFrom(vkeyFile: string | undefined, policyFile: string | undefined): Promise<Policy> {
  const policy = policyFile === undefined ? trustLogs() : await parsed('policy', policyFile, parsePolicy);
  if (vkeyFile === undefined) {
    if (policy.logs.length > 0) return policy;
    throw new Failure(EXIT.usage, 'whose log is it? Name --vkey, the file with the key that the log signs with');
  }
  const keys = await parsed('verifier key', vkeyFile, (bytes) => parseVkeys(Buffer.from(bytes).toString('utf8')));
  const witness = keys.find(({ kind }) => kind !== 'ed25519');
  if (witness)
    throw new Failure(EXIT.usage, `${vkeyFile}: ${witness.name} is the key of a witness; it belongs into --policy`);
  return { ...policy, logs: keys.map((key) => ({ key })) };
}

async function parsed<T>(what: string, path: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await namedFile(what, path);
  try {
    return parse(bytes);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new Failure(EXIT.usage, `${path}: ${error.message}`, error);
  }
}
