// SPDX-License-Identifier: AGPL-3.0-or-later
// Where cameras that turn look, written down for people. Those that nobody watches are asked now and then: aims are made
// from what the device says, and before there are aims nobody can watch.
import { type CameraId, redisKeys } from '@louver/contract';
import { NOBODY, inTx, type Pool } from '@louver/db';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { OpenDevice } from '../devices/device-masks.ts';
import { OrderedWrites } from '../record/ordered-writes.ts';
import { readPresets, readStatus } from './ptz-service.ts';
import { findHeads, writeHead } from './queries.ts';
import { type TurningDeps, openHead, reasonOf } from './turning.ts';

export class Heads {
  readonly deps: TurningDeps;
  readonly #pool: Pool;
  readonly #log: Logger;
  readonly #writes: OrderedWrites;

  constructor(pool: Pool, log: Logger, loadDevice: (cameraId: CameraId) => Promise<OpenDevice | undefined>) {
    this.#pool = pool;
    this.#log = log;
    this.#writes = new OrderedWrites(pool, log, 'where a camera looks could not be written yet');
    this.deps = { loadDevice, report: (report) => this.#writes.put((tx) => writeHead(tx, report)) };
  }

  /** Asks those that no worker holds, one after the other. */
  async askUnwatched(redis: Redis, cancelled: AbortSignal): Promise<void> {
    for (const { cameraId } of await inTx(this.#pool, NOBODY, findHeads)) {
      if (cancelled.aborted) return;
      if ((await redis.exists(redisKeys.streamLocation(cameraId))) === 0) await this.#ask(cameraId, cancelled);
    }
  }

  async #ask(cameraId: CameraId, cancelled: AbortSignal): Promise<void> {
    const unknown = { cameraId, state: 'unknown', aimId: null } as const;
    try {
      const { client, profile } = await openHead(await this.deps.loadDevice(cameraId), cancelled);
      const presets = await readPresets(client, profile);
      const { position, movement } = await readStatus(client, profile);
      const at = movement === 'moving' ? null : (position ?? null);
      this.deps.report({ ...unknown, reason: 'not-watched', position: at, presets });
    } catch (error) {
      this.#log.info({ err: error, cameraId }, 'a camera that turns does not say where it looks');
      this.deps.report({ ...unknown, reason: reasonOf(error), position: null });
    }
  }

  /** What is being written now is written. */
  close(): Promise<void> {
    return this.#writes.close();
  }
}
