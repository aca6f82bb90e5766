// SPDX-License-Identifier: AGPL-3.0-or-later
// Whom this worker believes about the access record: the keys of the log, and the witnesses that must have cosigned. Read from
// a file and not from the database, whose owner is one of those whom it watches.
import { readFileSync } from 'node:fs';
import { type Policy, QuorumUnmet, SignatureInvalid, parsePolicy, parseVkeys, trustLogs } from '@louver/ledger';
import type { Logger } from 'pino';

/** A key that was taken out of the file counts for this much longer, at most. */
const FRESH_FOR_MS = 30_000;
/** A flood of receipts of an unknown log does not make a flood of reads. */
const AGAIN_AFTER_MS = 1_000;

/** Where the policy stands: a tlog-policy file, or without one the log's own keys, one vkey a line. */
export interface TrustFiles {
  readonly policy: string | undefined;
  readonly vkeys: string;
}

export class LogTrust {
  readonly #files: TrustFiles;
  readonly #log: Logger;
  readonly #now: () => number;
  /** Of nobody: nothing verifies under it. */
  #policy: Policy = trustLogs();
  #text: string | undefined;
  #readAt = -Infinity;

  constructor(files: TrustFiles, log: Logger, now: () => number = () => performance.now()) {
    this.#files = files;
    this.#log = log;
    this.#now = now;
    this.#read();
  }

  /** Judges under the policy, and once more if that fails and the file says something else by now: keys rotate. */
  async judge<T>(verify: (policy: Policy) => Promise<T>): Promise<T> {
    if (this.#now() - this.#readAt > FRESH_FOR_MS) this.#read();
    try {
      return await verify(this.#policy);
    } catch (error) {
      if (!(error instanceof SignatureInvalid || error instanceof QuorumUnmet)) throw error;
      if (this.#now() - this.#readAt < AGAIN_AFTER_MS || !this.#read()) throw error;
      return verify(this.#policy);
    }
  }

  /** @returns whether the policy is another one. A file that is missing or broken changes nothing: nobody new is believed. */
  #read(): boolean {
    this.#readAt = this.#now();
    const { policy, vkeys } = this.#files;
    try {
      const text = readFileSync(policy ?? vkeys, 'utf8');
      if (text === this.#text) return false;
      this.#policy = policy === undefined ? trustLogs(...parseVkeys(text)) : parsePolicy(text);
      this.#text = text;
      return true;
    } catch (error) {
      this.#log.error({ err: error, file: policy ?? vkeys }, 'whose log is believed could not be read');
      return false;
    }
  }
}
