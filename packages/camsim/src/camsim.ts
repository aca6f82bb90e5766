// SPDX-License-Identifier: AGPL-3.0-or-later
import { localFrame } from '@louver/sightline';
import { CITY_CENTRE, type DemoCamera, type DemoCity, demoCity } from './city/demo-city.ts';
import { loadClip } from './clip.ts';
import { LOOP_FPS, loopFile, readLoop, requireFfmpeg, sceneDigest } from './loop-cache.ts';
import { renderAll } from './render-pool.ts';
import { readAnnexB } from './rtsp/annexb.ts';
import type { Credentials } from './rtsp/auth.ts';
import { Mount } from './rtsp/mount.ts';
import { type RtspServer, startRtspServer } from './rtsp/server.ts';

export interface CamsimOptions {
  /** 0 takes a free port. */
  readonly port?: number;
  /** Where rendered loops are kept. */
  readonly dataDir: string;
  readonly credentials?: Credentials;
  /** Further mounts that loop a video file. */
  readonly clips?: readonly { readonly name: string; readonly path: string }[];
  /** Codes of the demo cameras to serve; default all that stream. */
  readonly codes?: readonly string[];
  /** Mounts each demo loop so many more times, as CODE.2, CODE.3, …, each at another point of the loop. */
  readonly copies?: number;
  readonly log?: (line: string) => void;
}

export interface Camsim {
  readonly server: RtspServer;
  readonly port: number;
  /** Resolves when every camera is served; rejects when one can't be. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** Streaming cameras of the demo city, those nearest to its centre first. */
function streamingCameras(city: DemoCity, codes: readonly string[] | undefined): DemoCamera[] {
  const frame = localFrame(CITY_CENTRE);
  const far = ({ location }: DemoCamera): number => Math.hypot(...frame.toLocal(location.coordinates));
  return city.cameras
    .filter((camera) => camera.streaming !== null && (!codes || codes.includes(camera.code)))
    .toSorted((a, b) => far(a) - far(b));
}

/** Starts serving at once; each camera answers as soon as its loop is there. Until then it is not found. */
export async function startCamsim(options: CamsimOptions): Promise<Camsim> {
  const { port = 0, dataDir, credentials, clips = [], codes, copies = 0, log = () => undefined } = options;
  await requireFfmpeg();
  const server = await startRtspServer({ port, ...(credentials ? { credentials } : {}) });
  const stopping = new AbortController();

  const mount = (code: string, stream: Buffer): void => {
    const clip = readAnnexB(stream, 'h264', LOOP_FPS);
    for (let i = 0; i <= copies; i++) {
      const offset = Math.floor((i * clip.units.length) / (copies + 1));
      server.mount(new Mount(i === 0 ? code : `${code}.${i + 1}`, clip, offset));
    }
  };

  const serve = async (): Promise<void> => {
    for (const { name, path } of clips) server.mount(new Mount(name, await loadClip(path)));
    const city = demoCity();
    const digest = sceneDigest(city);
    const cameras = streamingCameras(city, codes);
    const missing: { code: string; file: string }[] = [];
    for (const camera of cameras) {
      const file = loopFile(dataDir, digest, camera);
      const stream = await readLoop(file);
      if (stream) mount(camera.code, stream);
      else missing.push({ code: camera.code, file });
    }
    let started = cameras.length - missing.length;
    await renderAll(
      missing,
      {
        onStart: ({ code }) => log(`camsim: rendering ${++started}/${cameras.length} ${code}`),
        onDone: async ({ code, file }) => {
          const stream = await readLoop(file);
          if (!stream) throw new Error(`couldn't read the loop of ${code}`);
          mount(code, stream);
        },
      },
      stopping.signal,
    );
    if (!stopping.signal.aborted) log(`camsim: serving ${server.names().length} cameras on 127.0.0.1:${server.port}`);
  };

  const ready = serve();
  // Whoever started us may look at `ready` later or never; an early failure must not end the process unseen.
  ready.catch(() => undefined);
  return {
    server,
    port: server.port,
    ready,
    async close() {
      stopping.abort();
      await ready.catch(() => undefined);
      await server.close();
    },
  };
}
