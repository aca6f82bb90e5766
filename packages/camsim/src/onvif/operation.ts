// SPDX-License-Identifier: AGPL-3.0-or-later
import type { SimulatedDevice } from './device.ts';
import type { Xml } from './soap.ts';

interface Asked {
  readonly device: SimulatedDevice;
  readonly body: Xml;
  /** Where the device's services are, without a slash at the end. */
  readonly base: string;
}

/** @returns the answer's element. @throws SoapFault */
export type Operation = (asked: Asked) => string;
