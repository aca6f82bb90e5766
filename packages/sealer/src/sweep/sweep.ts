// SPDX-License-Identifier: AGPL-3.0-or-later
// The log can't be changed unseen; the rows that people read can, by the owner of the database. So all of them are compared
// with what was sealed, a few at a time and again and again. Nothing of it is stored: a restart begins at the first leaf.
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { AlteredRecord, LogHealth } from '@louver/contract';
import { type ReadFile, TILE_WIDTH } from '@louver/ledger';
import type { Logger } from 'pino';
import type { Connection } from '../connection.ts';
import { findNewestSeq, findStillUnleafed, findSwept, findUnleafed } from '../queries.ts';
import { Wake } from '../wake.ts';
import { Findings } from './findings.ts';
import { SignedTiles } from './signed-tiles.ts';
import { compareTile, type Tree } from './tile.ts';

/** Of one processor at most: the rest of the time it sleeps. */
const SHARE = 0.05;
const PAUSE_MS = 20;
/** While records are being sealed it waits for a quiet moment, but no longer than this: a busy log is compared as well. */
const BUSY_MS = 500;
const BETWEEN_PASSES_MS = 2_000;
const RETRY_MS = 5_000;
/** Numbers of records that one statement looks for leaves of. */
const WINDOW = 1_024;

export interface SweepDeps {
  readonly connection: Connection;
  readonly read: ReadFile;
  readonly tree: () => Tree;
  readonly isBusy: () => boolean;
  readonly log: Logger;
}

/** Records without a leaf may just have been committed: they are looked at again when that can't be the reason any more. */
interface Suspects {
  readonly after: string | null;
  /** Undefined for the end. */
  readonly upTo: string | undefined;
  readonly seqs: readonly string[];
  readonly turns: number;
}

interface Pass {
  /** Leaves up to here, at least. */
  readonly goal: number;
  nextTile: number;
  /** Leaves compared; undefined while there are more. */
  sweptTo: number | undefined;
  /** The last record to look at: those that come later belong to the next pass. Undefined until it was asked for. */
  newest: bigint | undefined;
  /** Records up to this number were looked at: null none, undefined all. */
  after: string | null | undefined;
  suspects: Suspects | undefined;
}

interface Request {
  readonly resolve: (found: AlteredRecord[]) => void;
  readonly reject: (error: unknown) => void;
}

export class Sweep {
  readonly #deps: SweepDeps;
  readonly #findings: Findings;
  readonly #tiles: SignedTiles;
  readonly #wake = new Wake();
  #sweptTo: number | null = null;
  #sweptAt: string | null = null;
  #requests: Request[] = [];
  #hurried: Request[] = [];
  #inTrouble = false;
  #stopping = false;
  #running: Promise<void> | undefined;

  constructor(deps: SweepDeps) {
    this.#deps = deps;
    this.#findings = new Findings(deps.log);
    this.#tiles = new SignedTiles(deps.read);
  }

  get health(): Pick<LogHealth, 'altered' | 'sweptTo' | 'sweptAt'> {
    return { altered: this.#findings.told, sweptTo: this.#sweptTo, sweptAt: this.#sweptAt };
  }

  /** How many things are wrong now. */
  get count(): number {
    return this.#findings.count;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** What a whole pass finds that begins now and does not pause. */
  now(): Promise<AlteredRecord[]> {
    if (this.#stopping) return Promise.reject(new Error('the comparison was stopped'));
    return new Promise((resolve, reject) => {
      this.#requests.push({ resolve, reject });
      this.#wake.call();
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.call();
    // What it is asking the database for, it need not hear any more.
    await this.#deps.connection.close();
    await this.#running;
    await this.#deps.connection.close();
    for (const { reject } of [...this.#hurried.splice(0), ...this.#requests.splice(0)])
      reject(new Error('the comparison was stopped'));
  }

  async #run(): Promise<void> {
    await this.#wake.wait(BETWEEN_PASSES_MS);
    while (!this.#stopping) {
      this.#hurried = this.#requests.splice(0);
      await this.#pass();
      if (this.#stopping) return;
      for (const { resolve } of this.#hurried.splice(0)) resolve(this.#findings.told);
      if (this.#requests.length === 0) await this.#wake.wait(BETWEEN_PASSES_MS);
    }
  }

  async #pass(): Promise<void> {
    this.#findings.startPass();
    this.#tiles.forget();
    const goal = this.#deps.tree().published;
    const pass: Pass = { goal, nextTile: 0, sweptTo: undefined, newest: undefined, after: null, suspects: undefined };
    while (!this.#stopping && !isDone(pass)) {
      const startedAt = performance.now();
      const isFine = await this.#tryStep(pass);
      await this.#pause(isFine ? performance.now() - startedAt : undefined, pass.suspects !== undefined);
    }
    if (this.#stopping) return;
    this.#sweptTo = pass.sweptTo ?? goal;
    this.#sweptAt = new Date().toISOString();
  }

  async #tryStep(pass: Pass): Promise<boolean> {
    try {
      if (pass.sweptTo === undefined) await this.#compareLeaves(pass);
      if (pass.suspects) await this.#settleSuspects(pass, pass.suspects);
      else if (pass.after !== undefined) await this.#lookForUnsealed(pass, pass.after);
      this.#inTrouble = false;
      return true;
    } catch (error) {
      if (!this.#inTrouble && !this.#stopping)
        this.#deps.log.warn({ err: error }, "the records can't be compared with the log now");
      this.#inTrouble = true;
      return false;
    }
  }

  async #compareLeaves(pass: Pass): Promise<void> {
    const { connection, read, tree } = this.#deps;
    const where = { tiles: this.#tiles, read };
    // The tree before the rows: those may be ahead of it, never behind.
    const compared = await compareTile(pass.nextTile, tree(), where, (from, to) =>
      connection.use((client) => findSwept(client, from, to)),
    );
    // What is not published yet is compared in the next pass.
    if (!compared) return void (pass.sweptTo = pass.nextTile * TILE_WIDTH);
    const { from, to, altered } = compared;
    this.#findings.replace(({ leafIndex }) => leafIndex !== null && leafIndex >= from && leafIndex < to, altered);
    pass.nextTile += 1;
    if (to >= pass.goal) pass.sweptTo = to;
  }

  async #lookForUnsealed(pass: Pass, after: string | null): Promise<void> {
    const { connection, tree } = this.#deps;
    pass.newest ??= BigInt((await connection.use(findNewestSeq)) ?? -1);
    const { turns, edge } = tree();
    const { upTo, seqs } = await connection.use((client) => findUnleafed(client, after, WINDOW, edge.size));
    const isLast = upTo === null || BigInt(upTo) >= pass.newest;
    pass.after = isLast ? undefined : upTo;
    // Behind the last record nothing can be left of what was found before.
    pass.suspects = { after, upTo: isLast ? undefined : upTo, seqs, turns };
  }

  async #settleSuspects(pass: Pass, { after, upTo, seqs, turns }: Suspects): Promise<void> {
    const { connection, tree } = this.#deps;
    if (seqs.length === 0) {
      this.#replaceUnsealed(after, upTo, []);
      pass.suspects = undefined;
      return;
    }
    const now = tree();
    // The next turn may have been under way already: the one after it began after they were seen.
    if (now.turns < turns + 2) return;
    this.#replaceUnsealed(
      after,
      upTo,
      await connection.use((client) => findStillUnleafed(client, seqs, now.edge.size)),
    );
    pass.suspects = undefined;
  }

  #replaceUnsealed(after: string | null, upTo: string | undefined, seqs: readonly string[]): void {
    const covers = ({ what, seq }: AlteredRecord): boolean =>
      what === 'unsealed' &&
      (after === null || BigInt(seq!) > BigInt(after)) &&
      (upTo === undefined || BigInt(seq!) <= BigInt(upTo));
    this.#findings.replace(
      covers,
      seqs.map((seq) => ({ seq, leafIndex: null, what: 'unsealed' as const, parts: [] })),
    );
  }

  /** @param spentMs undefined after a step that failed */
  async #pause(spentMs: number | undefined, isWaiting: boolean): Promise<void> {
    const inHurry = (): boolean => this.#stopping || this.#hurried.length + this.#requests.length > 0;
    // Also in a hurry it waits a little for a database that is away, and for the sealer that suspects are waiting for.
    if (inHurry()) return spentMs === undefined || isWaiting ? delay(PAUSE_MS) : nextTurn();
    if (spentMs === undefined) return this.#wake.wait(RETRY_MS);
    await this.#wake.wait(Math.max(PAUSE_MS, spentMs / SHARE));
    const since = performance.now();
    while (!inHurry() && this.#deps.isBusy() && performance.now() - since < BUSY_MS) await this.#wake.wait(PAUSE_MS);
  }
}

const isDone = ({ sweptTo, after, suspects }: Pass): boolean =>
  sweptTo !== undefined && after === undefined && suspects === undefined;
