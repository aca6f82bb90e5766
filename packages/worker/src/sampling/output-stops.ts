// SPDX-License-Identifier: AGPL-3.0-or-later
// Stops of an output, written down in their order. While the database is away they wait: the picture stopped before.
import type { CameraId } from '@louver/contract';
import type { Pool } from '@louver/db';
import type { Logger } from 'pino';
import { OrderedWrites } from '../record/ordered-writes.ts';
import { recordShift } from '../scene/recording.ts';
import type { SceneShift } from '../scene/shift.ts';
import type { OutputStop } from './inspect.ts';
import { closeStops, recordStop } from './queries.ts';

export class OutputStops {
  readonly #writes: OrderedWrites;

  constructor(pool: Pool, log: Logger) {
    this.#writes = new OrderedWrites(pool, log, 'the stop of an output could not be recorded yet');
  }

  stopped(stop: OutputStop): void {
    this.#writes.put((tx) => recordStop(tx, stop));
  }

  shifted(shift: SceneShift): void {
    this.#writes.put((tx) => recordShift(tx, shift));
  }

  flatAgain(cameraId: CameraId): void {
    this.#writes.put((tx) => closeStops(tx, cameraId));
  }

  /** What is being written now is written. */
  close(): Promise<void> {
    return this.#writes.close();
  }
}
