// SPDX-License-Identifier: AGPL-3.0-or-later
// What the masks on devices need of this worker: their addresses, and somebody who writes down what became of them.
import type { CameraId, OnDeviceMasksReason } from '@louver/contract';
import { NOBODY, inTx, openDeviceAccess, type Pool, type Tx } from '@louver/db';
import type { Logger } from 'pino';
import { openSource } from '../media/source.ts';
import type { Sandbox } from '../media/sandbox.ts';
import { OrderedWrites } from '../record/ordered-writes.ts';
import type { DeviceDeps } from './device-masks.ts';
import { findSealedDevice, keepTokens, writeReport } from './queries.ts';

interface Given extends Pick<DeviceDeps, 'startCheck'> {
  readonly pool: Pool;
  readonly log: Logger;
  readonly sandbox: Sandbox;
  readonly credentialsKey: Buffer;
  /** The stream that the device belongs to: its host has to be the device's. */
  findStream(tx: Tx, cameraId: CameraId): Promise<Parameters<typeof openSource>[2] | undefined>;
  onFallback(why: OnDeviceMasksReason): void;
}

export class Devices {
  readonly deps: DeviceDeps;
  readonly #writes: OrderedWrites;

  constructor({ pool, log, sandbox, credentialsKey, findStream, onFallback, startCheck }: Given) {
    this.#writes = new OrderedWrites(pool, log, 'what became of masks on a device could not be written yet');
    this.deps = {
      sandbox,
      startCheck,
      onFallback,
      loadDevice: async (cameraId) => {
        const [device, stream] = await inTx(pool, NOBODY, async (tx) => [
          await findSealedDevice(tx, cameraId),
          await findStream(tx, cameraId),
        ]);
        if (!device || !stream) return undefined;
        const { url } = openSource(credentialsKey, cameraId, stream);
        const access = openDeviceAccess(credentialsKey, cameraId, device.sealed);
        return { access, tokens: device.tokens, streamUrl: url };
      },
      keepTokens: async (cameraId, tokens) => {
        await inTx(pool, NOBODY, (tx) => keepTokens(tx, cameraId, tokens));
      },
      report: (report) => this.#writes.put((tx) => writeReport(tx, report)),
    };
  }

  /** What is being written now is written. */
  close(): Promise<void> {
    return this.#writes.close();
  }
}
