// SPDX-License-Identifier: AGPL-3.0-or-later
import { LedgerError, openCheckpoint, PlatformUnsupported, type ReadFile } from '@louver/ledger/verify';
import { LogUnread } from './log-reader.ts';
import { Alarming, lookAtLog, pin, policyOf, proveContinues, servedKeysOf, type Sight } from './look.ts';
import { withAlarm, withKept, withVerified, type Memory } from './memory.ts';
import { START, type CompareResult, type Outcome, type ProofResult, type Snapshot } from './messages-between.ts';
import { notAnswered, proveRecord } from './prove.ts';
import { rateOf, type Mark } from './rate.ts';
import type { MemoryStore } from './storage.ts';
import { verifiedBefore, verifyRecord } from './verify-record.ts';

interface KeeperOptions {
  store: MemoryStore;
  /** A reader of the log; `fresh` does not believe what the browser's cache holds. */
  reader: (options: { signal?: AbortSignal; fresh?: boolean }) => ReadFile;
  tell: (snapshot: Snapshot) => void;
  now?: () => number;
  /** Before a log that looks shorter is called so: a copy that lags behind catches up meanwhile. */
  secondLookMs?: number;
}

const TELL_EVERY_MS = 250;
const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

/** Watches one log for one browser: judges every new checkpoint by what it keeps, verifies when asked, forgets nothing. */
export class Keeper {
  readonly #options: Required<KeeperOptions>;
  #snapshot: Snapshot;
  #looking: Promise<Sight | undefined> | undefined;
  #running: AbortController | undefined;

  constructor(options: KeeperOptions) {
    this.#options = { now: Date.now, secondLookMs: 1500, ...options };
    this.#snapshot = { ...START, lasting: options.store.lasting };
  }

  /** Looks at the newest checkpoint. Two who ask at once get the same look. */
  async look(): Promise<Sight | undefined> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async verify(entries: boolean, full: boolean): Promise<void> {
    if (this.#running !== undefined) return;
    const running = new AbortController();
    this.#running = running;
    try {
      const outcome = await this.#verify(entries, full, running.signal);
      this.#tell({ run: null, outcome });
    } finally {
      this.#running = undefined;
    }
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** Somebody has compared the new keys with what the log's owner published elsewhere. What was kept stays kept. */
  async trustServedKeys(): Promise<void> {
    const { now, reader } = this.#options;
    const keys = await servedKeysOf(reader({}));
    policyOf(keys);
    const pinnedAt = now();
    const memory = await this.#change((old) => ({
      ...{ ...old, keys, pinnedAt },
      alarms: old.alarms.filter(({ kind }) => kind !== 'key-changed'),
    }));
    this.#tell({ memory, newKeys: [] });
    await this.look();
  }

  /** The evidence of earlier alarms is kept elsewhere. What is wrong now stays an alarm. */
  async alarmsKept(): Promise<void> {
    const memory = await this.#change((old) => ({ ...old, alarms: [] }));
    this.#tell({ memory });
    await this.look();
  }

  async prove(digest: string, receipt: string): Promise<ProofResult> {
    try {
      return await proveRecord({ memory: await this.#memory(), read: this.#options.reader({}), digest, receipt });
    } catch (error) {
      return notAnswered(error);
    }
  }

  /** Holds a checkpoint that somebody kept against the log as it is now. */
  async compare(signed: string): Promise<CompareResult> {
    try {
      const memory = await this.#memory();
      const older = await openCheckpoint(signed, policyOf(memory.keys)).catch((error: unknown) => {
        if (error instanceof LedgerError) return error;
        throw error;
      });
      if (older instanceof Error) return { kind: 'not-ours', detail: older.message };
      const sight = await this.look();
      const size = sight?.checkpoint.size ?? null;
      const broken = (detail: string): CompareResult => ({ kind: 'broken', oldSize: older.size, size, detail });
      if (sight === undefined)
        return this.#snapshot.alarm === null
          ? { kind: 'failed', why: 'unreachable' }
          : broken(this.#snapshot.alarm.detail);
      if (older.size > sight.checkpoint.size)
        return broken(`the log shrank from ${older.size} entries to ${sight.checkpoint.size}`);
      try {
        await proveContinues(older, sight.checkpoint, this.#options.reader({}));
      } catch (error) {
        if (error instanceof LedgerError) return broken(error.message);
        throw error;
      }
      return { kind: 'continued', oldSize: older.size, size: sight.checkpoint.size };
    } catch (error) {
      return notAnswered(error);
    }
  }

  async #memory(): Promise<Memory> {
    const { store, reader, now } = this.#options;
    const known = await store.read();
    if (known !== undefined) return known;
    const fresh = pin(await servedKeysOf(reader({})), now());
    this.#tell({ firstSight: true });
    return store.change((old) => old ?? fresh);
  }

  async #change(step: (memory: Memory) => Memory): Promise<Memory> {
    const known = await this.#memory();
    return this.#options.store.change((old) => step(old ?? known));
  }

  async #look(): Promise<Sight | undefined> {
    const { store, now } = this.#options;
    // What is remembered needs no line: an alarm of yesterday shows before the first look is over.
    if (this.#snapshot.memory === null) this.#tell({ memory: (await store.read()) ?? null });
    try {
      const sight = await this.#lookTwice();
      const { size, root } = sight.checkpoint;
      const kept = { signed: sight.signed, size, root, seenAt: now() };
      const memory = await this.#change((old) => withKept(old, kept));
      const newKeys = sight.servedKeys.filter((key) => !memory.keys.includes(key));
      this.#tell({ contact: { kind: 'good', at: now() }, memory, size, alarm: null, newKeys });
      return sight;
    } catch (error) {
      await this.#couldNot(error);
      return undefined;
    }
  }

  async #lookTwice(): Promise<Sight> {
    const { reader, now, secondLookMs } = this.#options;
    try {
      return await lookAtLog({ memory: await this.#memory(), read: reader({}), now: now() });
    } catch (error) {
      if (!(error instanceof Alarming)) throw error;
    }
    await pause(secondLookMs);
    return lookAtLog({ memory: await this.#memory(), read: reader({ fresh: true }), now: now() });
  }

  async #verify(entries: boolean, full: boolean, signal: AbortSignal): Promise<Outcome> {
    const { reader, now } = this.#options;
    const sight = await this.look();
    if (sight === undefined) return this.#snapshot.alarm === null ? 'unreachable' : 'alarm';
    const memory = await this.#memory();
    const startedAt = now();
    const total = sight.checkpoint.size - (verifiedBefore(memory, entries, full)?.size ?? 0);
    const marks: Mark[] = [];
    const progress = (verified: number, total: number) => {
      const at = now();
      if (at - (marks.at(-1)?.at ?? -Infinity) < TELL_EVERY_MS) return;
      marks.push({ at, verified });
      this.#tell({ run: { entries, full, verified, total, startedAt, rate: rateOf(marks) } });
    };
    this.#tell({ outcome: null });
    progress(0, total);
    try {
      const verified = await verifyRecord({
        ...{ memory, sight, entries, full, now, signal },
        read: reader({ signal, fresh: full }),
        onProgress: ({ verified, total }) => progress(verified, total),
      });
      this.#tell({ memory: await this.#change((old) => withVerified(old, verified, entries)) });
      return 'verified';
    } catch (error) {
      if (signal.aborted) return 'cancelled';
      if (error instanceof LogUnread && error.why === 'refused') return 'refused';
      await this.#couldNot(error);
      return error instanceof Alarming ? 'alarm' : 'unreachable';
    }
  }

  async #couldNot(error: unknown): Promise<void> {
    const { store, now } = this.#options;
    if (error instanceof Alarming) {
      const memory = await this.#change((old) => withAlarm(old, error.alarm));
      this.#tell({ contact: { kind: 'good', at: now() }, memory, alarm: error.alarm });
      return;
    }
    const memory = (await store.read()) ?? null;
    if (error instanceof PlatformUnsupported) {
      this.#tell({ contact: { kind: 'unsupported' }, memory });
      return;
    }
    const kind = error instanceof LogUnread && error.why === 'absent' ? 'absent' : 'unreachable';
    const { contact } = this.#snapshot;
    this.#tell({ contact: { kind, since: 'since' in contact ? contact.since : now() }, memory });
    if (!(error instanceof LogUnread)) throw error;
  }

  #tell(change: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#options.tell(this.#snapshot);
  }
}
