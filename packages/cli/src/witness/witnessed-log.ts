// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { peekCheckpoint, type Checkpoint, type VerifierKey } from '@louver/ledger';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import { StateUncertain, syncFolderNow, writeDurably } from './state-folder.ts';

/** More contradictions of one kind and log prove nothing that the first ones did not, and strangers can send the second kind. */
const MAX_EVIDENCE = 200;

/** The last checkpoint that was cosigned. */
export interface Cosigned extends Pick<Checkpoint, 'size' | 'root'> {
  /** With the log's signature and our cosignature. */
  readonly signed: string;
}

/** `fork`: two trees of one size. `unproven`: no proof came with it that the newer tree continues the older one. */
export type EvidenceKind = 'fork' | 'unproven';

/** What a witness remembers of one log: one file, and its copy here, which is never ahead of the file. */
export class WitnessedLog {
  readonly origin: string;
  /** Several while the log's keys rotate. */
  readonly keys: readonly VerifierKey[];
  readonly hash: string;
  readonly #folder: string;
  #cosigned: Cosigned | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #uncertain = false;

  constructor(state: string, origin: string, keys: readonly VerifierKey[]) {
    this.origin = origin;
    this.keys = keys;
    this.hash = createHash('sha256').update(origin).digest('hex');
    this.#folder = join(state, 'logs', this.hash);
    this.#cosigned = this.#load();
  }

  get cosigned(): Cosigned | undefined {
    return this.#cosigned;
  }

  get isUncertain(): boolean {
    return this.#uncertain;
  }

  /** One after another: of two requests that continue the same size, the second meets what the first has left. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Durable when it returns; only then may the cosignature leave the house. */
  async remember(cosigned: Cosigned): Promise<void> {
    if (this.#uncertain) throw new StateUncertain(`${this.#folder} could not be written; restart the witness`);
    try {
      await writeDurably(this.#file, cosigned.signed);
    } catch (error) {
      this.#uncertain = error instanceof StateUncertain;
      throw error;
    }
    this.#cosigned = cosigned;
  }

  /** Both notes in one file. @returns its path, also when it was kept before; undefined when there are too many */
  async keepEvidence(kind: EvidenceKind, other: string): Promise<string | undefined> {
    const ours = this.#cosigned?.signed ?? '';
    const folder = join(this.#folder, 'evidence');
    const name = `${kind}-${createHash('sha256').update(ours).update(other).digest('hex').slice(0, 16)}.txt`;
    const kept = filesIn(folder).filter((file) => file.startsWith(`${kind}-`));
    if (!kept.includes(name)) {
      if (kept.length >= MAX_EVIDENCE) return undefined;
      await writeDurably(join(folder, name), evidenceText(kind, this.origin, ours, other));
    }
    return join(folder, name);
  }

  get #file(): string {
    return join(this.#folder, 'checkpoint');
  }

  /** @throws Failure for a file that cannot be understood: to begin anew would be to forget */
  #load(): Cosigned | undefined {
    let signed: string;
    try {
      signed = readFileSync(this.#file, 'utf8');
      // It may be a crash old, and is shown to everybody from now on.
      syncFolderNow(this.#folder);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw new Failure(EXIT.refused, `couldn't read ${this.#file}: ${reasonOf(error)}`, error);
    }
    try {
      const { origin, size, root } = peekCheckpoint(signed);
      if (origin !== this.origin) throw new Error(`it is of the log ${origin}`);
      return { signed, size, root };
    } catch (error) {
      throw new Failure(EXIT.refused, `${this.#file} is damaged: ${reasonOf(error)}`, error);
    }
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const evidenceText = (kind: EvidenceKind, origin: string, ours: string, other: string): string =>
  [
    kind === 'fork'
      ? `The log ${origin} has signed two trees of one size. Anybody can check both signatures.`
      : `The log ${origin} has signed a tree, and whoever sent it had no proof that it continues the one cosigned before. If
the log can prove it later, the proof alone was missing; if it cannot, the log was rewritten.`,
    '\n--- cosigned before ---',
    ours,
    '--- refused ---',
    other,
  ].join('\n');
