// SPDX-License-Identifier: AGPL-3.0-or-later
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DeviceClient } from './soap-client.ts';

let device: Server;
let asked = 0;
beforeEach(async () => {
  asked = 0;
  // Takes every question and never answers.
  device = createServer(() => void asked++);
  device.listen(0, '127.0.0.1');
  await once(device, 'listening');
});
afterEach(() => {
  device.closeAllConnections();
  device.close();
});

const client = (stop: AbortSignal, withinMs: number) => {
  const url = `http://127.0.0.1:${(device.address() as AddressInfo).port}/onvif`;
  return new DeviceClient({ url, username: 'u', password: 'p' }, stop, withinMs);
};

it('does not wait for a device that hangs, however much garbage is collected meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const collecting = setInterval(collect, 20);
  const failed = client(new AbortController().signal, 500).ask('media2', 'GetMasks');
  await expect(failed).rejects.toMatchObject({ trouble: 'unreachable' });
  clearInterval(collecting);
  expect(asked).toBe(1);
}, 60_000);

it('asks nothing any more when nobody wants to know', async () => {
  const stop = new AbortController();
  const failed = client(stop.signal, 3_600_000).ask('media2', 'GetMasks');
  stop.abort();
  await expect(failed).rejects.toMatchObject({ trouble: 'unreachable' });
  await expect(client(stop.signal, 3_600_000).ask('media2', 'GetMasks')).rejects.toMatchObject({
    trouble: 'unreachable',
  });
}, 60_000);
