// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Mount } from '../rtsp/mount.ts';
import { SimulatedDevice } from './device.ts';
import { type HeadPosition, SimulatedHead } from './head.ts';
import { type OnvifServer, startOnvifServer } from './server.ts';

const credentials = { user: 'ops', password: 'secret' };
const aClip = () => ({ codec: 'h264', fps: 10, parameterSets: [], units: [] }) as const;
const [AT_GATE, AT_MARKET, ELSEWHERE] = [aClip(), aClip(), aClip()];
const PRESETS = [
  { token: '1', name: 'Cổng & <chợ>', position: { pan: -0.5, tilt: 0, zoom: 0 } },
  { token: '2', name: 'market', position: { pan: 0.5, tilt: 0.1, zoom: 0.2 } },
] as const;
/** Nobody watches it: what it would show next is enough. */
class Screen extends Mount {
  shows: unknown;
  override switchTo(clip: Parameters<Mount['switchTo']>[0]): void {
    this.shows = clip;
    super.switchTo(clip);
  }
}
let server: OnvifServer;
let screen: Screen;
let head: SimulatedHead;

beforeAll(async () => {
  server = await startOnvifServer();
});
afterAll(() => server.close());
beforeEach(() => {
  screen = new Screen('turning', AT_GATE);
  head = headWith(50);
});
afterEach(() => head.close());

function headWith(travelMs: number): SimulatedHead {
  const views = { '1': AT_GATE, '2': AT_MARKET };
  const made = new SimulatedHead({ mount: screen, presets: PRESETS, views, elsewhere: ELSEWHERE, travelMs });
  const frame = { width: 640, height: 360 };
  server.add(
    new SimulatedDevice({ mount: screen, clip: AT_GATE, frame, streamUrl: 'rtsp://a/b', credentials, head: made }),
  );
  return made;
}

async function ask(body: string): Promise<string> {
  const [nonce, created] = [randomBytes(16), new Date().toISOString()];
  const digest = createHash('sha1')
    .update(Buffer.concat([nonce, Buffer.from(created), Buffer.from(credentials.password)]))
    .digest('base64');
  const security =
    `<Security><UsernameToken><Username>ops</Username><Password>${digest}</Password>` +
    `<Nonce>${nonce.toString('base64')}</Nonce><Created>${created}</Created></UsernameToken></Security>`;
  const envelope = `<e:Envelope xmlns:e="x"><e:Header>${security}</e:Header><e:Body>${body}</e:Body></e:Envelope>`;
  const url = server.urlOf('turning').replace('device_service', 'ptz_service');
  return (await fetch(url, { method: 'POST', body: envelope, signal: AbortSignal.timeout(60_000) })).text();
}
const PROFILE = '<ProfileToken>profile-1</ProfileToken>';
const status = () => ask(`<GetStatus>${PROFILE}</GetStatus>`);
async function untilIdle(): Promise<string> {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline;) {
    const told = await status();
    if (told.includes('IDLE')) return told;
  }
  throw new Error('it never stood still');
}
const at = ({ pan, tilt }: HeadPosition) => `<tt:PanTilt x="${pan.toFixed(6)}" y="${tilt.toFixed(6)}"`;

it('goes to a preset, shows what is seen there, and something else on the way', async () => {
  expect(await status()).toContain(at(PRESETS[0].position));
  expect(screen.shows).toBe(AT_GATE);
  expect(await ask(`<GetPresets>${PROFILE}</GetPresets>`)).toContain('Cổng &amp; &lt;chợ&gt;');
  await ask(`<GotoPreset>${PROFILE}<PresetToken>2</PresetToken></GotoPreset>`);
  expect(await untilIdle()).toContain(at(PRESETS[1].position));
  await expect.poll(() => screen.shows, { timeout: 60_000 }).toBe(AT_MARKET);
  expect(await ask(`<GotoPreset>${PROFILE}<PresetToken>9</PresetToken></GotoPreset>`)).toContain('ter:NoToken');
});

it('says that it moves while it does, and stops between presets', async () => {
  head.close();
  head = headWith(600_000);
  await ask(`<GotoPreset>${PROFILE}<PresetToken>2</PresetToken></GotoPreset>`);
  expect(screen.shows).toBe(ELSEWHERE);
  expect(await status()).toContain('MOVING');
  await ask(`<Stop>${PROFILE}</Stop>`);
  expect(await status()).toContain('IDLE');
  expect(await status()).not.toContain(at(PRESETS[0].position));
  expect(screen.shows).toBe(ELSEWHERE);
});

it('tells what a test wants it to tell', async () => {
  head.close();
  head = headWith(600_000);
  head.inject({ kind: 'stuck' });
  head.goto('2');
  expect(await status()).toContain(at(PRESETS[0].position));
  head.inject({ kind: 'says-idle' });
  expect(await status()).toContain('IDLE');
  head.inject({ kind: 'says-nothing' });
  expect(await status()).not.toMatch(/PanTilt|MoveStatus/);
  head.inject({ kind: 'forgetful' });
  expect(await ask(`<GetPresets>${PROFILE}</GetPresets>`)).not.toContain('Preset token');
});
