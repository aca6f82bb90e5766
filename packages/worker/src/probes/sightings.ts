// SPDX-License-Identifier: AGPL-3.0-or-later
// What the workers see of a camera, written down once a change. The newest sighting counts; while the database is away it waits.
import type { CameraId, StreamState } from '@louver/contract';
import { NOBODY, inTx, type Pool } from '@louver/db';
import type { Logger } from 'pino';
import { writeSighting } from './queries.ts';

export type SeenState = Exclude<StreamState, 'none' | 'unknown'>;

const RETRY_MS = 2_000;
/** A camera that is seen the same again is written again this often, so that `checked_at` means something. */
const REPEAT_MS = 20_000;

interface Sighting {
  readonly state: SeenState;
  readonly detail: string | null;
  readonly at: number;
}

export class Sightings {
  readonly #pool: Pool;
  readonly #log: Logger;
  readonly #waiting = new Map<CameraId, Sighting>();
  readonly #written = new Map<CameraId, Sighting>();
  #writing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(pool: Pool, log: Logger) {
    this.#pool = pool;
    this.#log = log;
  }

  saw(cameraId: CameraId, state: SeenState, detail: string | null): void {
    const last = this.#waiting.get(cameraId) ?? this.#written.get(cameraId);
    const now = Date.now();
    if (last?.state === state && last.detail === detail && now - last.at < REPEAT_MS) return;
    this.#waiting.set(cameraId, { state, detail, at: now });
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  }

  /** What is being written now is written; what waits for a database that is away is given up. */
  async close(): Promise<void> {
    clearTimeout(this.#retry);
    await this.#writing;
  }

  async #write(): Promise<void> {
    for (;;) {
      const [next] = this.#waiting;
      if (!next) return;
      const [cameraId, sighting] = next;
      try {
        await inTx(this.#pool, NOBODY, (tx) => writeSighting(tx, cameraId, sighting.state, sighting.detail));
      } catch (error) {
        this.#log.warn({ err: error }, 'a sighting could not be written');
        this.#retry = setTimeout(() => {
          this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
        }, RETRY_MS);
        return;
      }
      this.#written.set(cameraId, sighting);
      if (this.#waiting.get(cameraId) === sighting) this.#waiting.delete(cameraId);
    }
  }
}
