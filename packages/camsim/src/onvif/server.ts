// SPDX-License-Identifier: AGPL-3.0-or-later
// Where devices are asked: POST /NAME/onvif/SERVICE on loopback.
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatedDevice } from './device.ts';
import { WITHOUT_PROOF, findOperation, isServiceName } from './operations.ts';
import { SoapFault, envelope, readRequest } from './soap.ts';

export interface OnvifServer {
  readonly port: number;
  /** Adds or replaces the device of that name. */
  add(device: SimulatedDevice): void;
  find(name: string): SimulatedDevice | undefined;
  /** Address of a device's Device service. */
  urlOf(name: string): string;
  close(): Promise<void>;
}

const MAX_REQUEST = 64 * 1024;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_REQUEST) throw new SoapFault('Sender', ['InvalidArgs'], 'The request is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function answer(device: SimulatedDevice, service: string, message: string, base: string): string {
  const request = readRequest(message);
  if (!request || !isServiceName(service)) throw new SoapFault('Sender', ['WellFormed'], 'This is no request');
  device.asked.push(request.operation);
  const isProven = device.tokens.proves(request.security, device.credentials, device.clock);
  if (device.fault?.kind === 'refuse' || (!isProven && !WITHOUT_PROOF.has(request.operation)))
    throw new SoapFault('Sender', ['NotAuthorized'], 'Sender not authorized');
  const operation = findOperation(service, request.operation);
  if (!operation) throw new SoapFault('Receiver', ['ActionNotSupported'], 'This operation is not known here');
  return envelope(operation({ device, body: request.body, base }));
}

/** Resolves when it listens. `port` 0 takes a free one. */
export async function startOnvifServer({ host = '127.0.0.1', port = 0 } = {}): Promise<OnvifServer> {
  const devices = new Map<string, SimulatedDevice>();
  const origin = () => `http://${host}:${(server.address() as AddressInfo).port}`;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, name = '', service = ''] = /^\/([^/]+)\/onvif\/(\w+)$/.exec(request.url ?? '') ?? [];
    const device = devices.get(decodeURIComponent(name));
    if (request.method !== 'POST' || !device) {
      response.writeHead(404).end();
      return;
    }
    let [status, text] = [200, ''];
    try {
      const message = await bodyOf(request);
      // Whoever asks hangs up some day.
      if (device.head?.fault?.kind === 'silent') return;
      if (device.fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, slowness(device)));
      text = answer(device, service, message, `${origin()}/${name}/onvif`);
    } catch (error) {
      if (!(error instanceof SoapFault)) throw error;
      [status, text] = [error.status, error.toXml()];
    }
    response.writeHead(status, { 'Content-Type': 'application/soap+xml; charset=utf-8' }).end(text);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    add: (device) => void devices.set(device.name, device),
    find: (name) => devices.get(name),
    urlOf: (name) => `${origin()}/${encodeURIComponent(name)}/onvif/device_service`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const slowness = ({ fault }: SimulatedDevice): number => (fault?.kind === 'slow' ? fault.ms : 0);
