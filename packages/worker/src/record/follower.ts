// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads the published log from its first entry to its last and believes none of it before the tree of all of it has the root
// that was signed. That way this worker knows not only what is in the record, but also what is not: no later decision can be
// kept from it by whoever holds the database, and a log that tells another story than before is noticed.
import {
  EMPTY_EDGE,
  LogWrong,
  type ReadFile,
  type RightEdge,
  TILE_WIDTH,
  decodeBundle,
  growTree,
  hashLeaf,
  openCheckpoint,
  rootOfEdge,
  tilePath,
} from '@louver/ledger';
import type { Logger } from 'pino';
import type { LogTrust } from './trust.ts';

/** Told of every entry, in order, once. */
export interface Reader {
  /** Whether an entry is of any interest; the others are hashed and forgotten. */
  wants(entry: Uint8Array): boolean;
  read(entry: Uint8Array, index: number): void;
}

interface Deps {
  readonly readFile: ReadFile;
  readonly trust: LogTrust;
  readonly reader: Reader;
  readonly log: Logger;
}

/** The same complaint is not repeated at every look. */
const COMPLAIN_EVERY_MS = 60_000;

export class LogFollower {
  readonly #deps: Deps;
  #edge: RightEdge = EMPTY_EDGE;
  #running: Promise<void> | undefined;
  #again = false;
  /** The checkpoint that was believed last, byte for byte: as long as it stands there is nothing to do. */
  #believed: Uint8Array = new Uint8Array();
  #complaint = { text: '', at: -Infinity };
  /** False after a look at the log found it missing or wrong. */
  healthy = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** How many entries are known and verified. */
  get size(): number {
    return this.#edge.size;
  }

  /** Resolves when everything that was published before the call is known, or could not be believed. */
  async catchUp(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#run().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#read();
        this.healthy = true;
      } catch (error) {
        this.healthy = false;
        this.#complain(error);
      }
    } while (this.#again);
  }

  #complain(error: unknown): void {
    const text = String(error);
    const now = performance.now();
    if (text === this.#complaint.text && now - this.#complaint.at < COMPLAIN_EVERY_MS) return;
    this.#complaint = { text, at: now };
    this.#deps.log.error({ err: error, size: this.size }, 'the log of the access record could not be believed');
  }

  /** @throws LogWrong, SignatureInvalid, QuorumUnmet, and whatever reading the files throws */
  async #read(): Promise<void> {
    const { readFile, trust, reader } = this.#deps;
    const signed = await readFile('checkpoint');
    // A log without a checkpoint has not begun.
    if (!signed) {
      if (this.size > 0) throw new LogWrong('checkpoint', 'is missing');
      return;
    }
    if (Buffer.from(signed).equals(this.#believed)) return;
    const { size, root } = await trust.judge((policy) => openCheckpoint(signed, policy));
    if (size < this.size) throw new LogWrong('checkpoint', `the log shrank from ${this.size} entries to ${size}`);
    const wanted: { entry: Uint8Array; index: number }[] = [];
    let edge = this.#edge;
    while (edge.size < size) {
      const at = edge.size;
      const entries = await this.#bundleFrom(at, size);
      edge = growTree(edge, entries.map(hashLeaf)).edge;
      for (const [i, entry] of entries.entries())
        if (reader.wants(entry)) wanted.push({ entry: entry.slice(), index: at + i });
    }
    if (!Buffer.from(rootOfEdge(edge)).equals(root))
      throw new LogWrong('checkpoint', 'its root is not that of the entries that were read: the log was rewritten');
    this.#edge = edge;
    this.#believed = signed;
    for (const { entry, index } of wanted) {
      try {
        reader.read(entry, index);
      } catch (error) {
        // One that could not be taken in keeps none of the others out.
        this.#deps.log.error({ err: error, index }, 'an entry of the log could not be taken in');
      }
    }
  }

  /** The entries of one bundle of a tree of this size, from an index on. */
  async #bundleFrom(from: number, size: number): Promise<Uint8Array[]> {
    const { readFile } = this.#deps;
    const index = Math.floor(from / TILE_WIDTH);
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
    const path = tilePath({ level: 'entries', index, width });
    const whole = tilePath({ level: 'entries', index, width: TILE_WIDTH });
    // A partial one may have given way to the full one meanwhile.
    const partial = await readFile(path);
    const full = partial ?? (await readFile(whole));
    if (!full) throw new LogWrong(path, 'is missing');
    return decodeBundle(full, partial ? width : TILE_WIDTH).slice(from - index * TILE_WIDTH, width);
  }
}
