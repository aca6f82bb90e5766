// SPDX-License-Identifier: AGPL-3.0-or-later
// Brings out what was sealed: files, then witnesses, then the checkpoint. Sealing does not wait for it; what piles up
// meanwhile is published together, so only sizes that somebody may have seen get partial tiles.
import { setTimeout as delay } from 'node:timers/promises';
import {
  encodeBundle,
  type Growth,
  LedgerError,
  openCheckpoint,
  peekCheckpoint,
  type Policy,
  QuorumUnmet,
  type ReadFile,
  TILE_WIDTH,
  tilePath,
  tilesBetween,
} from '@louver/ledger';
import type { ClaimedFolder, Staged } from './claimed-folder.ts';
import type { Cosign, SignedCheckpoint } from './cosign.ts';
import { removePartials } from './log-folder.ts';
import { CHECKPOINT, FLOOR } from './marks.ts';
import { MayNotSeal } from './may-not-seal.ts';
import { bundleStart } from './tree.ts';

const RETRY_MS = 1_000;
/** Sealed entries that wait for their files before sealing waits for them as well, to bound the memory. */
const MAX_BACKLOG = 32_768;
const MAX_BACKLOG_BYTES = 64 * 1024 * 1024;

export interface PublishingDeps {
  readonly logDir: string;
  readonly read: ReadFile;
  readonly logFolder: ClaimedFolder;
  readonly keyFolder: ClaimedFolder;
  readonly cosign: Cosign;
  /** Whose quorum is worth asking again for when nothing new is sealed. */
  readonly policy: Policy | undefined;
  readonly reached: (step: 'files-written' | 'floor-written' | 'cosigned' | 'published') => void;
  readonly onPublished: (size: number) => void;
  readonly onFailure: (error: unknown) => void;
}

interface Waiting {
  readonly size: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Publishing {
  readonly #deps: PublishingDeps;
  /** Files of the tree of this size are durable. */
  #written: number;
  /** Entries from the start of the bundle that `#written` goes into. */
  #entries: Uint8Array[] = [];
  /** Of all of them together. */
  #bytes = 0;
  #tiles = new Map<string, { size: number; bytes: Uint8Array }>();
  #sealed: number;
  #newest: SignedCheckpoint | undefined;
  #published = -1;
  /** Up to here partial tiles have given way to full ones. */
  #cleared: number;
  #running: Promise<void> | undefined;
  #clearing: Promise<void> = Promise.resolve();
  #waiting: Waiting[] = [];
  /** Why nothing is published any more. */
  #over: Error | undefined;
  readonly #stopping = new AbortController();

  /** @param written the tree whose files are there already; what is added begins at the bundle that its end is in */
  constructor(deps: PublishingDeps, written: number) {
    this.#deps = deps;
    this.#written = written;
    this.#cleared = written;
    this.#sealed = bundleStart(written);
  }

  get published(): number {
    return this.#published;
  }

  /** Whether more is sealed and waits for its files than the memory should hold. */
  get isFull(): boolean {
    return this.#sealed - this.#written > MAX_BACKLOG || this.#bytes > MAX_BACKLOG_BYTES;
  }

  add({ edge, tiles }: Growth, entries: readonly Uint8Array[]): void {
    for (const tile of tiles) this.#tiles.set(tilePath(tile), { size: edge.size, bytes: tile.bytes });
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#bytes += entry.length;
    }
    this.#sealed = edge.size;
  }

  /** From now on this is what is published, as soon as its turn comes. */
  publish(checkpoint: SignedCheckpoint): void {
    if (this.#over !== undefined) return;
    this.#newest = checkpoint;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when a checkpoint of at least this size is published. */
  whenPublished(size: number): Promise<void> {
    if (this.#published >= size) return Promise.resolve();
    if (this.#over !== undefined) return Promise.reject(this.#over);
    return new Promise((resolve, reject) => this.#waiting.push({ size, resolve, reject }));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#clearing;
    this.#giveUp(new Error('the sealer was stopped'));
  }

  /** Writes the files of the tree of this size, at which something was added, without a checkpoint that says so. */
  async writeFiles(to: number): Promise<void> {
    const from = this.#written;
    if (to <= from) return;
    const files = new Map<string, Uint8Array>();
    for (const tile of tilesBetween(from, to)) {
      const path = tilePath(tile);
      files.set(path, this.#tiles.get(path)!.bytes);
      if (tile.level > 0) continue;
      const first = tile.index * TILE_WIDTH - bundleStart(from);
      files.set(tilePath({ ...tile, level: 'entries' }), encodeBundle(this.#entries.slice(first, first + tile.width)));
    }
    await this.#deps.logFolder.write(files);
    this.#written = to;
    for (const { length } of this.#entries.splice(0, bundleStart(to) - bundleStart(from))) this.#bytes -= length;
    for (const [path, { size }] of this.#tiles) if (size <= to) this.#tiles.delete(path);
  }

  async #run(): Promise<void> {
    while (this.#newest && !this.#stopping.signal.aborted) {
      const checkpoint = this.#newest;
      try {
        const cosigned = await this.#publishOne(checkpoint);
        if (this.#newest !== checkpoint) continue;
        this.#newest = undefined;
        if (await this.#isEnough(cosigned)) continue;
        // Nothing new may come for hours, and until the quorum is met whoever waits for this record sees nothing.
        await this.#pause();
        this.#newest ??= { ...checkpoint, signed: cosigned };
      } catch (error) {
        this.#deps.onFailure(error);
        if (error instanceof MayNotSeal) return this.#giveUp(error);
        await this.#pause();
      }
    }
  }

  async #publishOne(checkpoint: SignedCheckpoint): Promise<string> {
    const { cosign, keyFolder, read, reached, policy } = this.#deps;
    // Without witnesses it is known already what the checkpoint will be: one wait for the disk less.
    const early = policy ? undefined : this.#stageCheckpoint(checkpoint.signed);
    // The floor before anybody outside hears of it: whatever is restored later, this size was signed.
    const [files, floor, ahead] = await Promise.allSettled([
      this.writeFiles(checkpoint.size).then(() => reached('files-written')),
      keyFolder.write(new Map([[FLOOR, checkpoint.signed]])).then(() => reached('floor-written')),
      early,
    ]);
    try {
      for (const done of [files, floor, ahead]) if (done.status === 'rejected') throw done.reason;
      const cosigned = await cosign(checkpoint, read);
      reached('cosigned');
      await this.#requireNewest(checkpoint);
      await this.#placeCheckpoint(cosigned, cosigned === checkpoint.signed ? await early : undefined);
      this.#isPublished(checkpoint);
      return cosigned;
    } finally {
      if (ahead.status === 'fulfilled' && ahead.value) await this.#deps.logFolder.discard(ahead.value);
    }
  }

  #stageCheckpoint(signed: string): Promise<Staged> {
    return this.#deps.logFolder.stage(new Map([[CHECKPOINT, signed]]));
  }

  /** Its place is not flushed: should the power fail, the floor remembers it, and the next start publishes it again. */
  async #placeCheckpoint(signed: string, staged: Staged | undefined): Promise<void> {
    await this.#deps.logFolder.place(staged ?? (await this.#stageCheckpoint(signed)), false);
  }

  #isPublished({ size }: SignedCheckpoint): void {
    this.#published = size;
    this.#deps.reached('published');
    this.#deps.onPublished(size);
    const told = this.#waiting.filter((waiting) => waiting.size <= size);
    this.#waiting = this.#waiting.filter((waiting) => waiting.size > size);
    for (const { resolve } of told) resolve();
    const from = this.#cleared;
    this.#cleared = size;
    // Nobody waits for it: what is left over stays beside the full tiles, and harms nobody.
    this.#clearing = this.#clearing
      .then(() => removePartials(this.#deps.logDir, from, size))
      .catch((error: unknown) => this.#deps.onFailure(error));
  }

  /** The claim on the folder keeps a former sealer out; this tells of one that writes where it should not. */
  async #requireNewest({ size }: SignedCheckpoint): Promise<void> {
    const there = sizeOf(await this.#deps.read(CHECKPOINT));
    if (there > size)
      throw new MayNotSeal('replaced', `a checkpoint of ${there} records is published, newer than ${size}`);
  }

  async #isEnough(cosigned: string): Promise<boolean> {
    if (!this.#deps.policy) return true;
    try {
      await openCheckpoint(cosigned, this.#deps.policy);
      return true;
    } catch (error) {
      if (error instanceof QuorumUnmet) return false;
      throw error;
    }
  }

  async #pause(): Promise<void> {
    await delay(RETRY_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  #giveUp(reason: Error): void {
    this.#over ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#over);
  }
}

/** Of a published checkpoint; -1 for none, and for what is none: it is put right by the next one. */
function sizeOf(checkpoint: Uint8Array | undefined): number {
  try {
    return checkpoint ? peekCheckpoint(checkpoint).size : -1;
  } catch (error) {
    if (error instanceof LedgerError) return -1;
    throw error;
  }
}
