// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Mount } from '../rtsp/mount.ts';
import { SimulatedDevice } from './device.ts';
import { type OnvifServer, startOnvifServer } from './server.ts';

const credentials = { user: 'ops', password: 'secret' };
/** Nobody watches it, and no mask is drawn: it needs no pictures. */
const clip = { codec: 'h264', fps: 10, parameterSets: [], units: [] } as const;
let server: OnvifServer;
let device: SimulatedDevice;

beforeAll(async () => {
  server = await startOnvifServer();
});
afterAll(async () => {
  await server.close();
});
beforeEach(() => {
  device = new SimulatedDevice({
    mount: new Mount('cổng 1', clip),
    clip,
    frame: { width: 640, height: 360 },
    streamUrl: 'rtsp://127.0.0.1:8554/a',
    credentials,
    traits: { maxMasks: 2, maxPoints: 4, clockAheadMs: 3_600_000 },
  });
  // What it burns in is tried where there are pictures.
  device.inject({ kind: 'no-burn' });
  server.add(device);
});

function token({ password = credentials.password, at = device.clock, nonce = randomBytes(16) } = {}): string {
  const created = new Date(at).toISOString();
  const digest = createHash('sha1')
    .update(Buffer.concat([nonce, Buffer.from(created), Buffer.from(password)]))
    .digest('base64');
  return (
    `<Security><UsernameToken><Username>ops</Username><Password>${digest}</Password>` +
    `<Nonce>${nonce.toString('base64')}</Nonce><Created>${created}</Created></UsernameToken></Security>`
  );
}

async function ask(service: string, body: string, security = token()): Promise<{ status: number; text: string }> {
  const envelope = `<e:Envelope xmlns:e="x"><e:Header>${security}</e:Header><e:Body>${body}</e:Body></e:Envelope>`;
  const answer = await fetch(server.urlOf(device.name).replace('device_service', service), {
    method: 'POST',
    body: envelope,
  });
  return { status: answer.status, text: await answer.text() };
}

const polygon = (...points: [number, number][]) =>
  `<Polygon>${points.map(([x, y]) => `<tt:Point x="${x}" y="${y}"/>`).join('')}</Polygon>`;
const TRIANGLE = polygon([-0.5, -0.5], [0.5, -0.5], [0, 0.5]);
const mask = (shape: string, type = 'Color') =>
  `<CreateMask><Mask><ConfigurationToken>source-1</ConfigurationToken>${shape}<Type>${type}</Type>` +
  '<Color X="16" Y="128" Z="128"/><Enabled>true</Enabled></Mask></CreateMask>';

describe('who asks', () => {
  it('is refused without a token, with a wrong password, with an old one, and the second time', async () => {
    const used = token();
    expect((await ask('media2_service', '<GetMasks/>', used)).status).toBe(200);
    for (const security of ['', used, token({ password: 'guessed' }), token({ at: Date.now() })]) {
      const { status, text } = await ask('media2_service', '<GetMasks/>', security);
      expect([status, text.includes('ter:NotAuthorized')]).toEqual([401, true]);
    }
  });

  it('learns the device’s clock without one', async () => {
    const { status, text } = await ask('device_service', '<GetSystemDateAndTime/>', '');
    expect([status, text]).toEqual([200, expect.stringContaining(`<tt:Hour>${new Date(device.clock).getUTCHours()}<`)]);
  });
});

describe('a device', () => {
  it('makes masks, reads them back, changes and deletes them', async () => {
    expect((await ask('media2_service', mask(TRIANGLE))).text).toContain('<tr2:Token>mask-1</tr2:Token>');
    const read = await ask('media2_service', '<GetMasks/>');
    expect(read.text).toContain('<tt:Point x="-0.5000" y="-0.5000"/>');
    device.switchMasksOff();
    expect((await ask('media2_service', '<GetMasks/>')).text).toContain('<tr2:Enabled>false</tr2:Enabled>');
    expect((await ask('media2_service', '<DeleteMask><Token>mask-1</Token></DeleteMask>')).status).toBe(200);
    expect(device.masks).toEqual([]);
  });

  it.each([
    ['too many corners', mask(polygon([0, 0], [0.1, 0], [0.2, 0.1], [0.2, 0.2], [0, 0.2])), 'InvalidPolygon'],
    ['a corner outside the frame', mask(polygon([0, 0], [1.2, 0], [0, 1])), 'InvalidPolygon'],
    ['a type it does not have', mask(TRIANGLE, 'Pixelated'), 'ConfigModify'],
  ])('refuses %s', async (_what, body, subcode) => {
    const { status, text } = await ask('media2_service', body);
    expect([status, text.includes(`ter:${subcode}`)]).toEqual([400, true]);
    expect(device.masks).toEqual([]);
  });

  it('has no room for more than it says, and forgets all of them when it restarts', async () => {
    await ask('media2_service', mask(TRIANGLE));
    await ask('media2_service', mask(TRIANGLE));
    expect((await ask('media2_service', mask(TRIANGLE))).text).toContain('ter:MaxMasks');
    device.reboot();
    expect(device.masks).toEqual([]);
  });

  it('answers nobody with a stack when it is sent nonsense', async () => {
    for (const body of ['', '<', '<a><b></a>', '{}']) {
      const answer = await fetch(server.urlOf(device.name), { method: 'POST', body });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('ter:WellFormed')]);
    }
    expect((await ask('device_service', '<GetMasks/>')).text).toContain('ter:ActionNotSupported');
  });
});
