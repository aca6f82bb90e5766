// SPDX-License-Identifier: AGPL-3.0-or-later
// Cameras that a test has in its hand: what they see, where they turn, and what is registered of them.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  Mount,
  SimulatedDevice,
  SimulatedHead,
  loadClip,
  startOnvifServer,
  startRtspServer,
  type Clip,
} from '@louver/camsim';
import { routes, type Aim, type AimStatement, type CameraId, type MaskPolygons, type MaskSet } from '@louver/contract';
import type { Client } from './city.ts';

export const FRAME = { width: 640, height: 360 };
export const ACCESS = { user: 'may-quay', password: 'mot-hai-ba-bon' };
/** Where the map has no buildings: geometry adds nothing to the masks that are drawn there. */
const PLACE = { lon: 108.35, lat: 12.97 };

/** Blocks of grey that stand still: another `seed` is another street, and `right` the same one from a camera that was knocked. */
async function aView(seed: number, right = 0): Promise<Clip> {
  const folder = await mkdtemp(join(tmpdir(), 'louver-view-'));
  try {
    const file = join(folder, 'view.mp4');
    const block = (by: number) => `floor((X+${right})/${by})*${seed}+floor(Y/${by})*${seed + 29}`;
    const street = `geq=lum='40+mod(${block(40)}+mod(${block(88)},61),170)':cb=128:cr=128`;
    const source = `nullsrc=s=${FRAME.width}x${FRAME.height}:r=10:d=0.1,format=yuv420p,${street},loop=loop=19:size=1,setpts=N/10/TB`;
    await promisify(execFile)('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-t', '2', file]);
    return await loadClip(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A camera that does not turn, until somebody knocks it. */
export async function aFixedCamera() {
  const [asApproved, knocked] = await Promise.all([aView(53), aView(53, 24)]);
  const rtsp = await startRtspServer({ credentials: ACCESS });
  const mount = new Mount('dung-yen', asApproved);
  rtsp.mount(mount);
  return {
    streamUrl: `rtsp://127.0.0.1:${rtsp.port}/dung-yen`,
    knock: () => mount.switchTo(knocked),
    close: () => rtsp.close(),
  };
}

const position = (pan: number) => ({ pan, tilt: -0.1, zoom: 0 });
const PRESETS = {
  gate: { token: '1', name: 'Cổng chợ', position: position(-0.5) },
  lake: { token: '2', name: 'Bờ hồ', position: position(0.25) },
} as const;
/** Between the two, and no preset. */
export const NOWHERE = position(0);

/** A camera that stands at the gate, until somebody turns its head. */
export async function aTurningCamera() {
  const [gate, lake, elsewhere] = await Promise.all([aView(53), aView(97), aView(37)]);
  const [rtsp, onvif] = [await startRtspServer({ credentials: ACCESS }), await startOnvifServer()];
  const mount = new Mount('quay', gate);
  rtsp.mount(mount);
  const streamUrl = `rtsp://127.0.0.1:${rtsp.port}/quay`;
  const views = { [PRESETS.gate.token]: gate, [PRESETS.lake.token]: lake };
  const head = new SimulatedHead({ mount, presets: Object.values(PRESETS), views, elsewhere });
  onvif.add(new SimulatedDevice({ mount, clip: gate, frame: FRAME, streamUrl, credentials: ACCESS, head }));
  return {
    streamUrl,
    deviceUrl: onvif.urlOf('quay'),
    head,
    /** Registers the aim of a preset. */
    aimOf(supervisor: Client, cameraId: CameraId, view: keyof typeof PRESETS) {
      const { token, name, position: place } = PRESETS[view];
      return anAim(supervisor, cameraId, { name, preset: { token, position: place } });
    },
    async close() {
      head.close();
      await Promise.all([rtsp.close(), onvif.close()]);
    },
  };
}

/** Registers a camera in use, and where its stream is fetched. */
export async function register(
  supervisor: Client,
  { code, name, mobility, streamUrl }: { code: string; name: string; mobility: 'fixed' | 'ptz'; streamUrl: string },
): Promise<CameraId> {
  const { items } = await supervisor.call(routes.listJurisdictions, {});
  const { id } = await supervisor.call(routes.createCamera, {
    body: {
      code,
      name,
      jurisdiction: items.find((place) => place.kind === 'commune')!.path,
      location: { type: 'Point', coordinates: [PLACE.lon, PLACE.lat] },
      owner: null,
      operator: null,
      hostPremises: 'public-pole',
      purpose: null,
      legalBasis: null,
      retentionDays: null,
      publication: 'counted',
      status: 'live',
      mobility,
      manufacturer: null,
      model: null,
      hasAudio: false,
      hasBiometrics: false,
    },
  });
  const source = { url: streamUrl, username: ACCESS.user, password: ACCESS.password };
  await supervisor.call(routes.putStream, { params: { cameraId: id }, body: source });
  return id;
}

export const anAim = (supervisor: Client, cameraId: CameraId, given: Partial<AimStatement> = {}): Promise<Aim> =>
  supervisor.call(routes.createAim, {
    params: { cameraId },
    body: {
      name: 'Chính',
      position: { ...PLACE, height: 6 },
      heading: 200,
      tilt: -20,
      roll: 0,
      hfov: 60,
      image: FRAME,
      range: 40,
      ...given,
    },
  });

const CORNER: MaskPolygons = [
  [
    [0.05, 0.05],
    [0.25, 0.05],
    [0.25, 0.3],
    [0.05, 0.3],
  ],
];

/** Proposed by one person and approved by another. */
export async function masksOf(supervisor: Client, reviewer: Client, aim: Pick<Aim, 'id'>): Promise<MaskSet> {
  const { id } = await supervisor.call(routes.proposeMasks, {
    params: { aimId: aim.id },
    body: { polygons: CORNER, frame: FRAME, basedOnVersion: 0, reason: 'Cửa sổ nhà dân' },
  });
  return reviewer.call(routes.approveMasks, { params: { maskSetId: id }, body: { note: 'Đã xem, che đủ' } });
}
