// SPDX-License-Identifier: AGPL-3.0-or-later
import { setTimeout as delay } from 'node:timers/promises';
import type { AlteredRecord, LogHealth } from '@louver/contract';
import { formatVkey, type Policy } from '@louver/ledger';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { Announcing } from './announcing.ts';
import { Connection } from './connection.ts';
import type { Cosign } from './cosign.ts';
import { type LogKeys, readLogKeys } from './keys.ts';
import { readFrom } from './log-folder.ts';
import type { Folders } from './marks.ts';
import { MayNotSeal } from './may-not-seal.ts';
import { createMetrics, type SealerMetrics } from './metrics.ts';
import { Publishing } from './publishing.ts';
import { Sealing, type SealStep } from './sealing.ts';
import { type Takeover, takeOver } from './takeover.ts';
import { Sweep } from './sweep/sweep.ts';
import { regrow } from './tree.ts';
import { Wake } from './wake.ts';

/** How long a record waits at most that nobody asked to hurry, in quiet times and while others come as well. */
const LOOK_EVERY_MS = 100;
const LOOK_SOON_MS = 50;
/** Rounds do not follow one another faster: a signature and some flushed files are worth more than one record. */
const PACE_MS = 20;
const RETRY_MS = 500;
/** A round under way takes no longer. */
const ROUND_MS = 5_000;
/** Nothing was found out about the records for so long: something hangs. */
const HEALTHY_WITHIN_MS = 15_000;

export type Step = SealStep | 'files-written' | 'floor-written' | 'cosigned' | 'published';

export interface SealerOptions extends Folders {
  readonly databaseUrl: string;
  /** Without Redis sealing goes on by looking. */
  readonly redisUrl?: string | undefined;
  readonly log: Logger;
  readonly cosign?: Cosign | undefined;
  readonly policy?: Policy | undefined;
  /** Where its numbers go, for Prometheus. */
  readonly registry?: Registry | undefined;
  readonly witnessHealth?: (() => LogHealth['witnesses']) | undefined;
  /** Called between any two steps; what it throws is as if the process had come to that step and no further. */
  readonly reached?: ((step: Step) => void) | undefined;
}

export interface Sealer {
  /** Resolves when all that was committed before the call is in a published checkpoint, of at least this size. */
  sealNow(): Promise<{ size: number }>;
  /** Compares the whole database with the log, now and without pauses. Resolves with what is not as it was sealed. */
  sweepNow(): Promise<AlteredRecord[]>;
  /** Lets the round under way end. Safe to call twice. */
  stop(): Promise<void>;
  /** Resolves once, if it may not go on sealing. It still answers about its health, and must be stopped. */
  readonly ended: Promise<MayNotSeal>;
  healthy(): boolean;
}

/**
 * Becomes the sealer of a log; whoever was it before stops signing. Waits for a database that is away.
 * @throws MayNotSeal
 */
export async function startSealer(options: SealerOptions, signal?: AbortSignal): Promise<Sealer> {
  const keys = readLogKeys(options.keyDir);
  if (options.policy) requireKnown(keys, options.policy);
  const connection = new Connection(options.databaseUrl);
  try {
    const takeover = await untilDatabaseAnswers(options.log, signal, () =>
      takeOver(connection, options, keys, options.log),
    );
    const sealer = new RunningSealer(options, keys, connection, takeover);
    await sealer.start();
    return sealer;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Whoever verifies by a policy that lacks a key would refuse all that it signs. */
function requireKnown({ signers }: LogKeys, { logs }: Policy): void {
  const unknown = signers.find(({ key }) => !logs.some((known) => formatVkey(known.key) === formatVkey(key)));
  if (unknown)
    throw new MayNotSeal('unsuitable-key', `the witness policy has no line "log ${formatVkey(unknown.key)}"`);
}

async function untilDatabaseAnswers<T>(
  log: Logger,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof MayNotSeal || signal?.aborted || !isConnectionTrouble(error)) throw error;
      log.warn({ err: error }, 'the database is not there yet');
      await delay(RETRY_MS, undefined, signal ? { signal } : {});
    }
  }
}

/** Refused, reset, shutting down, starting up; the driver's own errors have no code. */
function isConnectionTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(ECONN|ENOENT|EPIPE|EAI_AGAIN|ETIMEDOUT|57P|08)/.test(code) ||
    /timeout|connection terminated/i.test(String(error))
  );
}

class RunningSealer implements Sealer {
  readonly ended: Promise<MayNotSeal>;
  readonly #metrics: SealerMetrics;
  readonly #options: SealerOptions;
  readonly #origin: string;
  readonly #connection: Connection;
  readonly #takeover: Takeover;
  readonly #keys: LogKeys;
  readonly #publishing: Publishing;
  readonly #wake = new Wake();
  readonly #sweep: Sweep;
  #sealing: Sealing | undefined;
  #announcing: Announcing | undefined;
  #end: (reason: MayNotSeal) => void = () => undefined;
  #halted: MayNotSeal | undefined;
  #stopped: Promise<void> | undefined;
  #stopping = false;
  #looping: Promise<void> | undefined;
  #requests: { resolve: (value: { size: number }) => void; reject: (error: unknown) => void }[] = [];
  #lookedAt = Date.now();
  #sealedAt: string | null;
  #publishedAt: string | null = null;

  constructor(options: SealerOptions, keys: LogKeys, connection: Connection, takeover: Takeover) {
    this.#options = options;
    this.#origin = keys.origin;
    this.#keys = keys;
    this.#connection = connection;
    this.#takeover = takeover;
    this.#sealedAt = takeover.state.sealedAt && new Date(takeover.state.sealedAt).toISOString();
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#metrics = createMetrics(options.registry ?? new Registry(), () => ({
      size: this.#sealing?.size ?? takeover.state.size,
      published: Math.max(this.#publishing.published, 0),
      term: takeover.term,
      halted: this.#halted?.reason,
      altered: this.#sweep.count,
      swept: this.#sweep.health,
    }));
    this.#publishing = this.#createPublishing();
    this.#sweep = this.#createSweep();
  }

  async start(): Promise<void> {
    const { base, state, term } = this.#takeover;
    const publishing = this.#publishing;
    const edge = await regrow(this.#connection, base, state, [], async ({ growth, entries }) => {
      publishing.add(growth, entries);
      if (growth.edge.size < state.size) await publishing.writeFiles(growth.edge.size);
    });
    const deps = { connection: this.#connection, keys: this.#keys, publishing, reached: this.#reached };
    this.#sealing = new Sealing(deps, term, edge);
    await this.#sealing.signAgain();
    const { redisUrl, log } = this.#options;
    if (redisUrl !== undefined)
      this.#announcing = new Announcing(
        redisUrl,
        log,
        () => this.#wake.call(),
        () => this.#health(),
      );
    this.#looping = this.#loop(this.#sealing);
    this.#sweep.start();
  }

  healthy(): boolean {
    return this.#halted === undefined && !this.#stopping && Date.now() - this.#lookedAt < HEALTHY_WITHIN_MS;
  }

  async sealNow(): Promise<{ size: number }> {
    if (this.#halted) throw this.#halted;
    if (this.#stopping) throw new Error('the sealer was stopped');
    return new Promise((resolve, reject) => {
      this.#requests.push({ resolve, reject });
      this.#wake.call();
    });
  }

  async sweepNow(): Promise<AlteredRecord[]> {
    if (this.#halted) throw this.#halted;
    return this.#sweep.now();
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  async #loop(sealing: Sealing): Promise<void> {
    while (!this.#stopping && !this.#halted) {
      const [requests, startedAt, before] = [this.#requests.splice(0), Date.now(), sealing.size];
      try {
        await this.#sealAll(sealing);
        const { size } = sealing;
        for (const { resolve, reject } of requests)
          this.#publishing.whenPublished(size).then(() => resolve({ size }), reject);
      } catch (error) {
        // Their wish still stands, unless it can't be met any more.
        this.#requests.unshift(...requests);
        this.#failed(error, 'a round of sealing failed');
        if (!this.#halted) await this.#wake.wait(RETRY_MS);
      }
      const pause = PACE_MS - (Date.now() - startedAt);
      if (pause > 0 && !this.#stopping) await delay(pause);
      const every = sealing.size > before ? LOOK_SOON_MS : LOOK_EVERY_MS;
      if (this.#requests.length === 0 && !this.#stopping) await this.#wake.wait(every - PACE_MS);
    }
    for (const { reject } of this.#requests.splice(0)) reject(this.#halted ?? new Error('the sealer was stopped'));
  }

  async #sealAll(sealing: Sealing): Promise<void> {
    for (let more = true; more && !this.#stopping && !this.#halted;) {
      const startedAt = performance.now();
      const round = await sealing.sealNext();
      more = round.more;
      this.#lookedAt = Date.now();
      if (round.sealed > 0) {
        this.#sealedAt = new Date().toISOString();
        this.#metrics.sealed(round.sealed, performance.now() - startedAt);
      }
      if (this.#publishing.isFull) await this.#publishing.whenPublished(sealing.size);
    }
  }

  #createPublishing(): Publishing {
    const { logDir, cosign, policy } = this.#options;
    const { logFolder, keyFolder, written } = this.#takeover;
    return new Publishing(
      {
        logDir,
        logFolder,
        keyFolder,
        policy,
        read: readFrom(logDir),
        cosign: cosign ?? (async ({ signed }) => signed),
        reached: this.#reached,
        onPublished: (size) => {
          this.#publishedAt = new Date().toISOString();
          this.#announcing?.published(size);
        },
        onFailure: (error) => this.#failed(error, 'publishing failed'),
      },
      written,
    );
  }

  #createSweep(): Sweep {
    const { databaseUrl, logDir, log } = this.#options;
    return new Sweep({
      connection: new Connection(databaseUrl, 'louver-sealer-sweep'),
      read: readFrom(logDir),
      log,
      tree: () => ({
        edge: this.#sealing!.edge,
        turns: this.#sealing!.turns,
        published: Math.max(this.#publishing.published, 0),
      }),
      isBusy: () => this.#sealing!.size > this.#publishing.published,
    });
  }

  readonly #reached = (step: Step): void => this.#options.reached?.(step);

  #failed(error: unknown, what: string): void {
    this.#metrics.failed();
    if (!(error instanceof MayNotSeal)) return this.#options.log.error({ err: error }, what);
    if (this.#halted) return;
    this.#options.log.fatal({ err: error, reason: error.reason }, 'sealing has stopped');
    this.#halted = error;
    // Its successor says how the log is doing.
    this.#announcing?.stop();
    void this.#sweep.stop();
    this.#wake.call();
    this.#end(error);
  }

  #health(): LogHealth {
    return {
      origin: this.#origin,
      size: Math.max(this.#publishing.published, 0),
      sealedAt: this.#sealedAt,
      publishedAt: this.#publishedAt,
      witnesses: this.#options.witnessHealth?.() ?? [],
      ...this.#sweep.health,
    };
  }

  async #stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.call();
    const sweepStopped = this.#sweep.stop();
    // A round ends by itself, unless it waits for files that can't be written.
    await Promise.race([this.#looping, delay(ROUND_MS, undefined, { ref: false })]);
    await this.#publishing.stop();
    await this.#looping;
    this.#announcing?.stop();
    await sweepStopped;
    await this.#connection.close();
    await this.#takeover.logFolder.release();
    await this.#takeover.keyFolder.release();
  }
}
