// SPDX-License-Identifier: AGPL-3.0-or-later
// Process A: fetches a camera's stream and repacks it, never decodes. Has the network, and therefore no rights.
// Watched by what comes out of it: ffmpeg may end with 0 and no frame, or not end at all.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { StreamSource } from '@louver/contract';
import { Backoff } from './backoff.ts';
import { AddressUnusable, ingestScript, redactor } from './camera-address.ts';
import { type Fragment, Fmp4Splitter, type Init, retimed } from './fmp4.ts';
import { launchFetcher } from './sandbox.ts';

export type IngestFailure = 'refused' | 'unreachable' | 'not-video' | 'silent';

export interface IngestEvents {
  onInit(init: Init): void;
  onFragment(fragment: Fragment): void;
  /** The stream is down; it is tried again after a pause. `complaint` holds neither address nor secrets. */
  onDown(failure: IngestFailure, complaint: string): void;
}

export interface IngestTiming {
  /** A camera may need this long to its first picture. */
  readonly firstFragmentMs: number;
  readonly nextFragmentMs: number;
}

const TIMING: IngestTiming = { firstFragmentMs: 12_000, nextFragmentMs: 5_000 };
/** After this long a stream counts as well again, and the next failure is the first one. */
const WELL_AFTER_MS = 10_000;
const MAX_COMPLAINT = 1000;

export const INGEST_ARGS: readonly string[] = [
  ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-f', 'concat', '-safe', '0'],
  ...['-protocol_whitelist', 'pipe,rtsp,rtsps,rtp,tcp,udp,tls'],
  // `nobuffer` would throw away the packets that were used for probing, a whole group of pictures.
  ...['-probesize', '500000', '-analyzeduration', '0', '-fpsprobesize', '0', '-i', 'pipe:0'],
  ...['-map', '0:v:0', '-an', '-sn', '-dn', '-map_metadata', '-1', '-c:v', 'copy', '-copyts'],
  ...['-f', 'mp4', '-movflags', 'empty_moov+default_base_moof+frag_every_frame', '-flush_packets', '1', 'pipe:1'],
];

/** Why a stream ended, from what ffmpeg said. */
export function classify(complaint: string): IngestFailure {
  if (/\b40[13]\b|unauthorized|forbidden/i.test(complaint)) return 'refused';
  if (
    /PLAY failed: 45[45]|matches no streams|does not contain any stream|could not find codec|not a fragmented MP4|codec not currently supported/i.test(
      complaint,
    )
  )
    return 'not-video';
  return 'unreachable';
}

/** One camera's connection, kept up until `stop`. */
export class Ingest {
  readonly #source: StreamSource;
  readonly #events: IngestEvents;
  readonly #timing: IngestTiming;
  readonly #backoff = new Backoff();
  readonly #redact: (text: string) => string;
  #attempt: Attempt | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(source: StreamSource, events: IngestEvents, timing: IngestTiming = TIMING) {
    this.#source = source;
    this.#events = events;
    this.#timing = timing;
    this.#redact = redactor(source);
    this.#connect();
  }

  /** No event comes afterwards. Resolves when the process is gone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#attempt?.kill();
  }

  #connect(): void {
    try {
      const startedAt = performance.now();
      this.#attempt = new Attempt(ingestScript(this.#source), this.#events, this.#timing, (failure, complaint) => {
        if (performance.now() - startedAt > WELL_AFTER_MS && failure !== 'refused') this.#backoff.reset();
        this.#down(failure, complaint);
      });
    } catch (error) {
      if (!(error instanceof AddressUnusable)) throw error;
      // In a turn of its own: whoever made this ingest does not hold it yet.
      setImmediate(() => this.#down('refused', error.message));
    }
  }

  #down(failure: IngestFailure, complaint: string): void {
    if (this.#stopped) return;
    this.#events.onDown(failure, this.#redact(complaint));
    if (this.#stopped) return;
    this.#retry = setTimeout(() => this.#connect(), this.#backoff.next());
  }
}

/** One run of the process. */
class Attempt {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #events: IngestEvents;
  readonly #gone: Promise<void>;
  #silence: NodeJS.Timeout | undefined;
  #first: Fragment | undefined;
  #timescale = 1;
  #frames = 0;
  #cause: IngestFailure | undefined;
  #complaint = '';
  #killed = false;

  constructor(
    script: string,
    events: IngestEvents,
    timing: IngestTiming,
    onEnd: (failure: IngestFailure, complaint: string) => void,
  ) {
    this.#events = events;
    this.#child = launchFetcher('ffmpeg', INGEST_ARGS);
    this.#child.stdin.end(script);
    this.#expectWithin(timing.firstFragmentMs);
    const splitter = new Fmp4Splitter(
      (init) => {
        this.#timescale = init.timescale;
        events.onInit(init);
      },
      (fragment) => {
        this.#expectWithin(timing.nextFragmentMs);
        this.#pass(fragment);
      },
    );
    this.#child.stdout.on('data', (bytes: Buffer) => {
      if (this.#killed) return;
      try {
        splitter.push(bytes);
      } catch (error) {
        this.#complaint += String(error);
        this.#end('not-video');
      }
    });
    this.#child.stderr.on('data', (bytes: Buffer) => {
      this.#complaint = (this.#complaint + bytes.toString()).slice(-MAX_COMPLAINT);
    });
    this.#gone = new Promise((resolve) => {
      const gone = () => {
        clearTimeout(this.#silence);
        resolve();
      };
      this.#child.once('error', (error) => {
        this.#complaint += error.message;
        gone();
      });
      this.#child.once('close', gone);
    });
    void this.#gone.then(() => {
      if (this.#killed && !this.#cause) return;
      // A stream that ran and ended was cut; what ffmpeg muttered on the way says nothing about the camera.
      onEnd(this.#cause ?? (this.#frames > 0 ? 'unreachable' : classify(this.#complaint)), this.#complaint);
    });
  }

  async kill(): Promise<void> {
    this.#killed = true;
    this.#cause = undefined;
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  #end(cause: IngestFailure): void {
    this.#cause = cause;
    this.#killed = true;
    // One SIGTERM does not end an ffmpeg that waits for a camera.
    this.#child.kill('SIGKILL');
  }

  #expectWithin(ms: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#end(this.#frames > 0 ? 'silent' : 'unreachable'), ms);
  }

  /** ffmpeg 5.1 gives the first packet of an RTSP stream no time: it is told from the second one, seconds are lost otherwise. */
  #pass(fragment: Fragment): void {
    this.#frames++;
    if (this.#frames === 1) {
      this.#first = fragment;
      return;
    }
    if (this.#first) {
      const gap = fragment.time - this.#first.time;
      const sane = gap > 0 && gap <= this.#timescale;
      const time = Math.max(0, fragment.time - Math.round(this.#timescale / 25));
      this.#events.onFragment(sane ? this.#first : retimed(this.#first, time, 1));
      this.#first = undefined;
    }
    this.#events.onFragment(fragment);
  }
}
