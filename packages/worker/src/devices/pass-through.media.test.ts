// SPDX-License-Identifier: AGPL-3.0-or-later
// A device that burns its masks in itself, with everything real but the street: what it says is worth nothing, its pictures
// are decoded, and whatever it does wrong, nobody sees what is to be covered.
import { type DeviceTraits, SimulatedDevice, type OnvifServer, startOnvifServer } from '@louver/camsim';
import type { CameraId, MaskPolygons } from '@louver/contract';
import { sealDeviceAccess } from '@louver/db';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ControlRoom, FRAME, LEFT_HALF, RIGHT_HALF, aClip } from '../testing/control-room.ts';
import { decode, exposure } from '../testing/pictures.ts';
import { type Watcher, until } from '../testing/watcher.ts';
import type { RunningWorker } from '../worker.ts';
import { KeyFrameCheck } from './key-frame-check.ts';

const SLOW = 600_000;
const LONG = 240_000;
const CREDENTIALS = { user: 'onvif', password: 'p&<"wörd' };
const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
let room: ControlRoom;
let worker: RunningWorker;
let devices: OnvifServer;
/** Checks look for these masks instead of those that they are told. */
let blind: MaskPolygons | undefined;

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  await aClip();
  devices = await startOnvifServer();
  worker = await room.startWorker(
    {},
    {
      startCheck: (sandbox, spec, init, events) =>
        KeyFrameCheck.start(sandbox, blind ? { ...spec, polygons: blind } : spec, init, events),
    },
  );
});
beforeEach(() => {
  blind = undefined;
});
afterAll(async () => {
  await room.close();
  await devices.close();
});

/** Turned upside down it lies elsewhere. */
const TOP_LEFT: MaskPolygons = [
  [
    [0.1, 0.05],
    [0.4, 0.05],
    [0.4, 0.4],
    [0.1, 0.4],
  ],
];

interface Given {
  traits?: Partial<DeviceTraits>;
  wanted?: boolean;
  masks?: MaskPolygons;
}

async function aDevice({ traits = {}, wanted = true, masks = LEFT_HALF }: Given = {}) {
  const camera = await room.aWatchableCamera({ masks });
  const device = new SimulatedDevice({
    mount: camera.mount,
    clip: await aClip(),
    frame: FRAME,
    streamUrl: camera.source.url,
    credentials: CREDENTIALS,
    traits,
  });
  devices.add(device);
  await register(camera.cameraId, devices.urlOf(camera.code), wanted);
  return { ...camera, device };
}

async function register(cameraId: CameraId, url: string, wanted: boolean): Promise<void> {
  const access = { url, username: CREDENTIALS.user, password: CREDENTIALS.password };
  const sealed = sealDeviceAccess(room.config.credentialsKey, cameraId, access);
  await room.owner.query('INSERT INTO camera_devices (camera_id, sealed, masks_wanted) VALUES ($1, $2, $3)', [
    cameraId,
    sealed,
    wanted,
  ]);
}

interface Told {
  readonly masks_state: string;
  readonly masks_reason: string | null;
  readonly masks_able: boolean | null;
  readonly mask_tokens: string[];
}

const told = async (cameraId: CameraId): Promise<Told> =>
  (await room.owner.query('SELECT * FROM camera_devices WHERE camera_id = $1', [cameraId])).rows[0] as Told;

const untilState = (cameraId: CameraId, state: string, reason: string | null = null) =>
  until(`${state} ${reason ?? ''}`, LONG, async () => {
    const { masks_state, masks_reason } = await told(cameraId);
    return masks_state === state && masks_reason === reason;
  });

const entriesOf = async (cameraId: CameraId) =>
  (
    await room.owner.query(
      "SELECT action, detail->>'why' AS why FROM records WHERE camera_id = $1 AND action ~ '^device[.]' ORDER BY seq",
      [cameraId],
    )
  ).rows
    .map(({ action, why }) => (why === null ? String(action) : `${String(action)} ${String(why)}`))
    // On a busy machine a check may be late, or a stream stand still: then masks come here for a while.
    .filter((entry) => !/check-late|stream-lost/.test(entry))
    .filter((entry, i, all) => entry !== all[i - 1]);

/** Decodes all that came and looks under the masks. */
async function expectCovered(watcher: Watcher, polygons: MaskPolygons = LEFT_HALF): Promise<void> {
  let pictures = 0;
  for (const run of watcher.runs.keys()) {
    for (const picture of await decode(watcher.bytesOf(run), FRAME)) {
      pictures++;
      expect(exposure(picture, polygons)).toBeLessThanOrEqual(6);
    }
  }
  expect(pictures).toBeGreaterThan(10);
}

const runsSince = (watcher: Watcher, count: number) =>
  until(
    'pictures of another encoder',
    LONG,
    () => watcher.runs.length > count && watcher.runs.at(-1)!.pieces.length > 10,
  );

async function untilPassing(given: Given = {}) {
  const made = await aDevice(given);
  const watcher = await room.watch(made.cameraId);
  await untilState(made.cameraId, 'passing');
  await runsSince(watcher, 1);
  return { ...made, watcher };
}

it(
  'passes on what a device covers, after it was looked at, and takes the device’s clock into account',
  async () => {
    const { cameraId, device } = await aDevice({ traits: { clockAheadMs: -3_600_000 } });
    const watcher = await room.watch(cameraId);
    await watcher.untilFrames(5, LONG);
    await untilState(cameraId, 'passing');
    await runsSince(watcher, 1);
    const passing = /^louver_streams_passing 1$/m;
    await until('it is counted', LONG, async () => passing.test(await (await fetch(`${worker.url}/metrics`)).text()));
    await watcher.untilFrames(watcher.frames + 60, LONG);
    watcher.close();
    // The camera's own messages are taken out.
    expect(watcher.bytesOf(1).includes('x264')).toBe(false);
    await expectCovered(watcher);
    expect(device.masks).toHaveLength(1);
    expect((await entriesOf(cameraId))[0]).toBe('device.pass');
    expect(await told(cameraId)).toMatchObject({ masks_able: true, mask_tokens: [device.masks[0]!.token] });
  },
  SLOW,
);

it(
  'leaves a device alone that nobody has switched on, and takes its masks off when it is switched off',
  async () => {
    const { cameraId, device, watcher } = await untilPassing();
    const runs = watcher.runs.length;
    await room.owner.query(
      'UPDATE camera_devices SET masks_wanted = false, updated_at = clock_timestamp() WHERE camera_id = $1',
      [cameraId],
    );
    await runsSince(watcher, runs);
    await until('no masks on it', LONG, () => device.masks.length === 0);
    await until('no tokens', LONG, async () => (await told(cameraId)).mask_tokens.length === 0);
    await device.settled();
    await watcher.untilFrames(watcher.frames + 20, LONG);
    watcher.close();
    await expectCovered(watcher);

    const other = await aDevice({ wanted: false });
    const late = await room.watch(other.cameraId);
    await late.untilFrames(40, LONG);
    late.close();
    expect(other.device.asked).toEqual([]);
    expect(late.runs).toHaveLength(1);
  },
  SLOW,
);

it.each([
  ['is switched off at the device', 'masks', (device: SimulatedDevice) => device.switchMasksOff()],
  ['is lost by a reboot', 'masks', (device: SimulatedDevice) => device.reboot()],
  [
    'is still read back, and another profile is served',
    'masks-not-flat',
    (device: SimulatedDevice) => device.serveWithoutMasks(),
  ],
  ['lies elsewhere from now on', 'masks-not-flat', (device: SimulatedDevice) => device.inject({ kind: 'upside-down' })],
  ['is not burned in any more', 'masks-not-flat', (device: SimulatedDevice) => device.inject({ kind: 'no-burn' })],
])(
  'covers here within ten seconds when a mask %s, and nothing was seen',
  async (_what, why, goWrong) => {
    const { cameraId, device, watcher } = await untilPassing({ masks: TOP_LEFT });
    const before = watcher.runs.length;
    goWrong(device);
    await runsSince(watcher, before);
    await watcher.untilFrames(watcher.frames + 15, LONG);
    watcher.close();
    await expectCovered(watcher, TOP_LEFT);
    const [, second] = await until('on the record', LONG, async () => {
      const entries = await entriesOf(cameraId);
      const hasStopped = why === 'masks' && (await told(cameraId)).masks_state !== 'passing';
      return entries.length > 1 || hasStopped ? entries : undefined;
    });
    // A reboot also breaks the stream off, which may be noticed first.
    if (second !== undefined) expect(second).toMatch(/^device\.fallback masks-/);
    if (why === 'masks-not-flat') expect(second).toBe('device.fallback masks-not-flat');
  },
  SLOW,
);

it.each([
  ['lies about its masks', { kind: 'no-burn' } as const],
  ['has its top at the bottom', { kind: 'upside-down' } as const],
])(
  'never passes on a device that %s',
  async (_what, fault) => {
    const made = await aDevice();
    await room.setMasks(made, TOP_LEFT, { version: 2 });
    made.device.inject(fault);
    const watcher = await room.watch(made.cameraId);
    await untilState(made.cameraId, 'here', 'masks-not-flat');
    await watcher.untilFrames(watcher.frames + 20, LONG);
    watcher.close();
    expect(made.device.masks).toHaveLength(1);
    expect(await entriesOf(made.cameraId)).toEqual([]);
    await expectCovered(watcher, TOP_LEFT);
  },
  SLOW,
);

it(
  'would let a liar’s pictures out if nobody decoded them: this is what the check is for',
  async () => {
    blind = [];
    const { cameraId, device } = await aDevice();
    device.inject({ kind: 'no-burn' });
    const watcher = await room.watch(cameraId);
    await untilState(cameraId, 'passing');
    await runsSince(watcher, 1);
    watcher.close();
    const worst = (await decode(watcher.bytesOf(1), FRAME)).map((picture) => exposure(picture, LEFT_HALF));
    expect(Math.max(...worst)).toBeGreaterThan(80);
  },
  SLOW,
);

it.each([
  ['has no room for a mask', { traits: { maxMasks: 0 } }, 'unable', 'device-unsupported'],
  ['has corners for half a rectangle only', { traits: { maxPoints: 3 } }, 'unable', 'masks-too-coarse'],
  ['has no black', { traits: { colours: [[120, 90, 90]] as const } }, 'unable', 'device-unsupported'],
  ['blurs only', { traits: { types: ['Blurred'] } }, 'unable', 'device-unsupported'],
])(
  'burns in here when the device %s',
  async (_what, made, state, reason) => {
    const { cameraId } = await aDevice(made);
    const watcher = await room.watch(cameraId);
    await untilState(cameraId, state, reason);
    await watcher.untilFrames(20, LONG);
    watcher.close();
    expect((await told(cameraId)).masks_able).toBe(false);
    await expectCovered(watcher);
  },
  SLOW,
);

it.each([
  ['refuses the password', 'refuse', 'device-refused'],
  ['answers too late', 'slow', 'device-unreachable'],
  ['says yes and keeps nothing', 'forgetful', 'masks-not-kept'],
] as const)(
  'burns in here while the device %s',
  async (_what, kind, reason) => {
    const { cameraId, device } = await aDevice();
    device.inject(kind === 'slow' ? { kind, ms: 20_000 } : { kind });
    const watcher = await room.watch(cameraId);
    await untilState(cameraId, 'here', reason);
    device.heal();
    await untilState(cameraId, 'passing');
    watcher.close();
    await expectCovered(watcher);
  },
  SLOW,
);

it(
  'asks a device nowhere but where its stream comes from',
  async () => {
    const camera = await room.aWatchableCamera();
    await register(camera.cameraId, devices.urlOf(camera.code).replace('127.0.0.1', 'localhost'), true);
    const watcher = await room.watch(camera.cameraId);
    await untilState(camera.cameraId, 'unable', 'device-elsewhere');
    watcher.close();
    expect((await told(camera.cameraId)).masks_able).toBe(false);
  },
  SLOW,
);

it(
  'goes over to other masks at once, here first, and then on the device, without those of before',
  async () => {
    const { cameraId, aimId, device, watcher } = await untilPassing();
    const before = watcher.runs.length;
    await room.setMasks({ cameraId, aimId }, RIGHT_HALF, { version: 2 });
    await watcher.untilRun(2, LONG);
    const passedAnew =
      "SELECT FROM records WHERE camera_id = $1 AND action = 'device.pass' AND detail->>'version' = '2'";
    await until('passing the new ones', LONG, async () => (await room.owner.query(passedAnew, [cameraId])).rowCount);
    await runsSince(watcher, before + 1);
    watcher.close();
    for (const [i, run] of watcher.runs.entries())
      for (const picture of await decode(watcher.bytesOf(i), FRAME))
        expect(exposure(picture, run.version === 1 ? LEFT_HALF : RIGHT_HALF)).toBeLessThanOrEqual(6);
    expect(device.masks).toHaveLength(1);
    expect(device.masks[0]!.polygon[0]![0]).toBeGreaterThan(0);
  },
  SLOW,
);
