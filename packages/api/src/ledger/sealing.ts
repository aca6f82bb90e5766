// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, redisKeys } from '@louver/contract';
import { inTx, NOBODY, type Pool } from '@louver/db';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { LogFiles } from './log-files.ts';
import { openProver } from './proofs.ts';
import { findLeaves } from './queries.ts';
import type { Trust } from './trust.ts';

/** Nobody waits longer for a picture, and a picture without its record is not shown. */
const WITHIN_MS = 5_000;
/** Looked at unasked, for the message that was sent before this process listened. */
const LOOK_EVERY_MS = 50;

interface Sealed {
  leafIndex: number;
  tlogProof: string;
}

export interface Sealing {
  /**
   * The proof of a committed record, as soon as there is one.
   * @throws Problem record-not-sealed after five seconds
   */
  sealed(record: { seq: string; digest: string }): Promise<Sealed>;
  close(): void;
}

interface Waiter {
  seq: string;
  leaf: Buffer;
  leafIndex?: number;
  done(sealed: Sealed): void;
}

interface Given {
  pool: Pool;
  redis: Redis;
  files: LogFiles;
  trust: Trust;
  log: Logger;
}

/** Everybody who waits, together: one subscription, and one look for all of them whenever the log grew. */
export function createSealing(given: Given): Sealing {
  const { redis, log } = given;
  const waiting = new Set<Waiter>();
  let ear: Redis | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let heard = false;

  const look = (): void => {
    if (waiting.size === 0) return;
    heard = true;
    looking ??= lookWhileHeard().finally(() => (looking = undefined));
  };
  const lookWhileHeard = async (): Promise<void> => {
    while (heard) {
      heard = false;
      await settle(given, waiting).catch((error: unknown) => log.warn({ err: error }, "couldn't look at the log"));
    }
    if (waiting.size > 0) lookSoon();
  };
  const lookSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, LOOK_EVERY_MS);
  };
  const listen = (): void => {
    if (ear) return;
    ear = redis.duplicate({ maxRetriesPerRequest: null });
    ear.on('error', (error) => log.warn({ err: error }, 'redis, listening for checkpoints'));
    ear.on('message', look);
    void ear.subscribe(redisKeys.logPublished).catch((error: unknown) => log.warn({ err: error }, 'redis'));
  };

  return {
    sealed({ seq, digest }) {
      listen();
      return new Promise((resolve, reject) => {
        const leave = () => {
          clearTimeout(tooLate);
          waiting.delete(waiter);
        };
        const done = (sealed: Sealed) => {
          leave();
          resolve(sealed);
        };
        const waiter: Waiter = { seq, leaf: Buffer.from(digest, 'hex'), done };
        const tooLate = setTimeout(() => {
          leave();
          reject(new Problem('record-not-sealed'));
        }, WITHIN_MS);
        waiting.add(waiter);
        // Without Redis the sealer looks by itself, and so does this.
        redis.publish(redisKeys.sealWanted, '').catch((error: unknown) => log.warn({ err: error }, 'redis'));
        lookSoon();
      });
    },
    close() {
      clearTimeout(timer);
      ear?.disconnect();
    },
  };
}

/** One statement and one checkpoint for however many wait. */
async function settle({ pool, files, trust, log }: Given, waiting: ReadonlySet<Waiter>): Promise<void> {
  const unplaced = new Map([...waiting].filter((w) => w.leafIndex === undefined).map((w) => [w.seq, w]));
  if (unplaced.size > 0) {
    const leaves = await inTx(pool, NOBODY, (tx) => findLeaves(tx, [...unplaced.keys()]));
    for (const { seq, leafIndex } of leaves) unplaced.get(seq)!.leafIndex = leafIndex;
  }
  const placed = [...waiting].filter((w) => w.leafIndex !== undefined);
  const prover = placed.length > 0 ? await openProver(files, trust, log) : undefined;
  if (!prover) return;
  await Promise.all(
    placed.map(async ({ leafIndex, leaf, done }) => {
      const tlogProof = await prover.prove(leafIndex!, leaf);
      if (tlogProof !== undefined) done({ leafIndex: leafIndex!, tlogProof });
    }),
  );
}
