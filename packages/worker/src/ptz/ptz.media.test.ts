// SPDX-License-Identifier: AGPL-3.0-or-later
// A camera that somebody else turns while people watch, with everything real but the street (promise P1). Each view has a
// home of a colour that is seen nowhere else: whatever left is decoded, and must show none of them.
import { type HeadFault, type OnvifServer, startOnvifServer } from '@louver/camsim';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControlRoom, FRAME } from '../testing/control-room.ts';
import { type TurningCamera, type View, aTurningCamera, seenOf, theViews } from '../testing/heads.ts';
import { decode } from '../testing/pictures.ts';
import { type Watcher, until } from '../testing/watcher.ts';

const SLOW = 600_000;
const PATIENT = 120_000;
const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
let room: ControlRoom;
let devices: OnvifServer;

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  devices = await startOnvifServer();
  await theViews();
  await room.startWorker();
}, SLOW);
afterAll(async () => {
  await room.close();
  await devices.close();
});

/** Masks of the gate are version 1, of the market 2. */
const VERSION: Record<View, number> = { gate: 1, market: 2 };

/** New pictures of that view come. */
async function untilShown(watcher: Watcher, view: View, since = watcher.runs.length): Promise<void> {
  await until(`pictures of the ${view}`, PATIENT, () =>
    watcher.runs.some(({ version, pieces }, i) => i >= since && version === VERSION[view] && pieces.length > 5),
  );
}

/** Every picture that came, decoded: no home, and nothing of what lies between. @returns how many were of each view's masks */
async function expectNoHome(watcher: Watcher): Promise<Record<View, number>> {
  const pictures = { gate: 0, market: 0 };
  for (const [i, { version }] of watcher.runs.entries()) {
    for (const picture of await decode(watcher.bytesOf(i), FRAME)) {
      pictures[version === VERSION.gate ? 'gate' : 'market']++;
      const seen = {
        magenta: seenOf(picture, 'magenta'),
        green: seenOf(picture, 'green'),
        blue: seenOf(picture, 'blue'),
      };
      expect(seen).toEqual({ magenta: 0, green: 0, blue: 0 });
    }
  }
  return pictures;
}

const toldOf = async ({ cameraId }: TurningCamera) =>
  (await room.owner.query('SELECT state, reason, aim_id AS "aimId" FROM camera_ptz WHERE camera_id = $1', [cameraId]))
    .rows[0] as { state: string; reason: string | null; aimId: string | null } | undefined;

it(
  'shows each preset under its own masks and nothing on the way, whenever somebody turns the camera between two questions',
  async () => {
    const camera = await aTurningCamera(room, devices, { travelMs: 900 });
    const watcher = await room.watch(camera.cameraId);
    await untilShown(watcher, 'gate', 0);
    // At other moments between two questions each time, and once more while it is still on its way.
    for (const [turn, wait] of [0, 40, 90, 140, 190, 240].entries()) {
      const [to, back]: [View, View] = turn % 2 === 0 ? ['market', 'gate'] : ['gate', 'market'];
      const [runs, asked] = [watcher.runs.length, camera.device.asked.length];
      await until('the next question', PATIENT, () => camera.device.asked.length > asked);
      // Nothing is waited for: this is the moment at which somebody turns it.
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (turn % 3 === 2) camera.head.goto(back);
      camera.head.goto(to);
      await untilShown(watcher, to, runs);
    }
    watcher.close();
    const { gate, market } = await expectNoHome(watcher);
    expect(Math.min(gate, market)).toBeGreaterThan(15);
    expect(watcher.messages.some((message) => message.type === 'waiting' && message.reason === 'aim-moving')).toBe(
      true,
    );
    camera.head.close();
  },
  SLOW,
);

it(
  'shows nothing of before to whom a slow camera sends it when it stands already, nor by a device that is late to notice',
  async () => {
    const camera = await aTurningCamera(room, devices, { pictureLateMs: 1_000, travelMs: 300 });
    camera.head.inject({ kind: 'stale', ms: 250 });
    const watcher = await room.watch(camera.cameraId);
    await untilShown(watcher, 'gate', 0);
    for (const to of ['market', 'gate', 'market'] as const) {
      const runs = watcher.runs.length;
      camera.head.goto(to);
      await untilShown(watcher, to, runs);
    }
    watcher.close();
    await expectNoHome(watcher);
    camera.head.close();
  },
  SLOW,
);

it.each<[string, HeadFault]>([
  ['says nothing of where it stands', { kind: 'says-nothing' }],
  ['is silent', { kind: 'silent' }],
])(
  'covers everything while the device %s, and shows its aim again afterwards',
  async (_what, fault) => {
    const camera = await aTurningCamera(room, devices);
    const watcher = await room.watch(camera.cameraId);
    await untilShown(watcher, 'gate', 0);
    camera.head.inject(fault);
    await watcher.untilWaiting('aim-unknown', PATIENT);
    const [frames, runs] = [watcher.frames, watcher.runs.length];
    // Somebody turns it while nobody can know.
    camera.head.goto('market');
    camera.head.heal();
    await untilShown(watcher, 'market', runs);
    expect(watcher.frames).toBeGreaterThan(frames);
    watcher.close();
    await expectNoHome(watcher);
    camera.head.close();
  },
  SLOW,
);

it(
  'does not take a device’s word that it stands still for where it stands, and needs no preset of the device',
  async () => {
    const camera = await aTurningCamera(room, devices, { travelMs: 3_000 });
    camera.head.inject({ kind: 'says-idle' });
    const watcher = await room.watch(camera.cameraId);
    await untilShown(watcher, 'gate', 0);
    const runs = watcher.runs.length;
    camera.head.goto('market');
    await watcher.untilWaiting('aim-unknown', PATIENT);
    camera.head.inject({ kind: 'forgetful' });
    await untilShown(watcher, 'market', runs);
    watcher.close();
    await expectNoHome(watcher);
    camera.head.close();
  },
  SLOW,
);

it(
  'shows nothing where no aim is, where its preset was stored elsewhere, and along an aim that was retired',
  async () => {
    const camera = await aTurningCamera(room, devices);
    const watcher = await room.watch(camera.cameraId);
    await untilShown(watcher, 'gate', 0);
    await until('it is told', PATIENT, async () => (await toldOf(camera))?.aimId === camera.aims.gate);
    camera.head.setPreset({ token: 'gate', name: 'gate', position: { pan: 0.9, tilt: 0, zoom: 0 } });
    camera.head.goto('gate');
    await watcher.untilWaiting('aim-unknown', PATIENT);
    await until('it is told', PATIENT, async () => (await toldOf(camera))?.reason === 'no-aim');
    const runs = watcher.runs.length;
    camera.head.goto('market');
    await untilShown(watcher, 'market', runs);
    const before = watcher.messages.length;
    await room.owner.query('UPDATE aims SET retired_at = now() WHERE id = $1', [camera.aims.market]);
    await until('nothing any more', PATIENT, () =>
      watcher.messages.slice(before).some((message) => message.type === 'waiting' && message.reason === 'aim-unknown'),
    );
    watcher.close();
    await expectNoHome(watcher);
    camera.head.close();
  },
  SLOW,
);

it(
  'a camera of which somebody says that it turns shows nothing before it has presets, and one that has some is never fixed',
  async () => {
    const fixed = await room.aWatchableCamera();
    await room.owner.query("UPDATE cameras SET mobility = 'ptz' WHERE id = $1", [fixed.cameraId]);
    const blind = await room.watch(fixed.cameraId);
    await blind.untilWaiting('aim-unknown', PATIENT);
    expect(blind.frames).toBe(0);
    blind.close();

    // On paper: the presets are gone, the aim is the current one, and its masks were approved.
    const camera = await aTurningCamera(room, devices);
    const [client, clear] = [
      await room.owner.connect(),
      'preset_token = NULL, preset_pan = NULL, preset_tilt = NULL, preset_zoom = NULL',
    ];
    await client.query('SET session_replication_role = replica');
    await client.query(`UPDATE aims SET ${clear} WHERE camera_id = $1`, [camera.cameraId]);
    await client.query('RESET session_replication_role');
    client.release();
    const watcher = await room.watch(camera.cameraId);
    await watcher.untilWaiting('masks-unknown', PATIENT);
    expect(watcher.frames).toBe(0);
    watcher.close();
    camera.head.close();
  },
  SLOW,
);
