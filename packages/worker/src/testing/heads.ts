// SPDX-License-Identifier: AGPL-3.0-or-later
// A camera that turns between two views, each with a home of a colour of its own, and the colours of homes in what left.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import {
  type Clip,
  type HeadOptions,
  type OnvifServer,
  SimulatedDevice,
  SimulatedHead,
  loadClip,
} from '@louver/camsim';
import type { AimId, CameraId, MaskPolygons } from '@louver/contract';
import { NOBODY, appendRecord, inTx, sealDeviceAccess } from '@louver/db';
import { type ControlRoom, FRAME, LEFT_HALF, RIGHT_HALF } from './control-room.ts';
import { type Planes, ffmpeg } from './pictures.ts';

const CREDENTIALS = { user: 'onvif', password: 'p&<"wörd' };

/** Of the home at the left of one view, of that at the right of the other, and of all that is seen on the way. */
type Colour = 'magenta' | 'green' | 'blue';
const CHROMA: Record<Colour, readonly [u: number, v: number]> = {
  magenta: [202, 222],
  green: [54, 34],
  blue: [240, 110],
};
const SURE = 40;
const FPS = 15;

/** Grey and moving; a home that is coloured all over, a hand's breadth within its mask. */
async function aView(colour: Colour, [from, to]: readonly [number, number]): Promise<Clip> {
  const folder = await mkdtemp(`${tmpdir()}/louver-view-`);
  try {
    const { width, height } = FRAME;
    const [left, across] = [Math.round(from * width), Math.round((to - from) * width)];
    const [u, v] = CHROMA[colour];
    const home = `color=c=gray:s=${across}x${Math.round(height * (colour === 'blue' ? 1 : 0.7))}:r=${FPS}:d=4,format=yuv420p,lutyuv=y=150:u=${u}:v=${v}`;
    const street = `testsrc2=s=${width}x${height}:r=${FPS}:d=4,format=yuv420p,lutyuv=y=clip(val\\,100\\,200):u=128:v=128`;
    const file = `${folder}/clip.mp4`;
    const graph = `${street}[a];${home}[b];[a][b]overlay=${left}:${colour === 'blue' ? 0 : Math.round(height * 0.15)}:format=yuv420`;
    const encode = ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-qp', '14', '-f', 'mp4', '-movflags', 'empty_moov'];
    await writeFile(file, await ffmpeg(['-f', 'lavfi', '-i', graph, ...encode, 'pipe:1']));
    return await loadClip(file, { codec: 'h264' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

let views: Promise<readonly [Clip, Clip, Clip]> | undefined;
/** Made once in a process. */
export const theViews = () =>
  (views ??= Promise.all([aView('magenta', [0.14, 0.36]), aView('green', [0.64, 0.86]), aView('blue', [0, 1])]));

const POSITIONS = { gate: { pan: -0.5, tilt: -0.1, zoom: 0 }, market: { pan: 0.25, tilt: -0.2, zoom: 0.1 } };
export type View = keyof typeof POSITIONS;

export interface TurningCamera {
  readonly cameraId: CameraId;
  readonly aims: Readonly<Record<View, AimId>>;
  readonly head: SimulatedHead;
  readonly device: SimulatedDevice;
}

/** What the API writes of an aim of a preset, in the table and on the record. */
async function putPreset(room: ControlRoom, cameraId: CameraId, aimId: AimId, view: View, current: boolean) {
  const { pan, tilt, zoom } = POSITIONS[view];
  await room.owner.query(
    'UPDATE aims SET preset_token = $2, preset_pan = $3, preset_tilt = $4, preset_zoom = $5 WHERE id = $1',
    [aimId, view, pan, tilt, zoom],
  );
  await inTx(room.owner, NOBODY, (tx) =>
    appendRecord(tx, {
      action: 'aim.create',
      actor: null,
      subject: aimId,
      cameraId,
      jurisdiction: 'vn.p66.hoa_sua',
      detail: { after: { preset: { token: view, position: { pan, tilt, zoom } } }, current },
    }),
  );
}

/** A home at the left is covered where it looks at the gate, one at the right where it looks at the market; versions 1 and 2. */
export async function aTurningCamera(
  room: ControlRoom,
  devices: OnvifServer,
  {
    masks = { gate: LEFT_HALF, market: RIGHT_HALF },
    ...options
  }: Partial<HeadOptions> & {
    masks?: Partial<Record<View, MaskPolygons>>;
  } = {},
): Promise<TurningCamera> {
  const camera = await room.aWatchableCamera({ masks: null });
  const { cameraId, aimId: gate, mount, source, code } = camera;
  const { rows } = await room.owner.query(
    `INSERT INTO aims (camera_id, name, is_current, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m, calibration)
     SELECT camera_id, 'market', false, position, height_m, 200, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m, calibration
     FROM aims WHERE id = $1 RETURNING id`,
    [gate],
  );
  const aims = { gate, market: rows[0]!.id as AimId };
  await putPreset(room, cameraId, aims.gate, 'gate', true);
  await putPreset(room, cameraId, aims.market, 'market', false);
  const [atGate, atMarket, elsewhere] = await theViews();
  const head = new SimulatedHead({
    mount,
    presets: (['gate', 'market'] as const).map((view) => ({ token: view, name: view, position: POSITIONS[view] })),
    views: { gate: atGate, market: atMarket },
    elsewhere,
    ...options,
  });
  const { user, password } = CREDENTIALS;
  const given = { mount, clip: atGate, frame: FRAME, streamUrl: source.url, credentials: CREDENTIALS, head };
  const device = new SimulatedDevice(given);
  devices.add(device);
  const access = { url: devices.urlOf(code), username: user, password };
  await room.owner.query('INSERT INTO camera_devices (camera_id, sealed) VALUES ($1, $2)', [
    cameraId,
    sealDeviceAccess(room.config.credentialsKey, cameraId, access),
  ]);
  for (const [i, view] of (['gate', 'market'] as const).entries())
    if (masks[view])
      await room.setMasks({ cameraId, aimId: aims[view] }, masks[view], { version: i + 1, state: 'active' });
  return { cameraId, aims, head, device };
}

/** Samples of the colour of a home, or of what is seen on the way. */
export function seenOf({ u, v }: Planes, colour: Colour): number {
  const [wantedU, wantedV] = CHROMA[colour];
  let seen = 0;
  for (let i = 0; i < u.length; i++) if (Math.abs(u[i]! - wantedU) < SURE && Math.abs(v[i]! - wantedV) < SURE) seen++;
  return seen;
}
