// SPDX-License-Identifier: AGPL-3.0-or-later
// Process B: the only way by which a picture leaves. Decodes, covers, encodes; has no network. One masker burns in one
// mask set and is never told another: a change of masks is a new masker.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { type FrameSize, type MaskPolygons, h264Level } from '@louver/contract';
import { FlvSplitter } from './flv.ts';
import { Fmp4Writer, initOf } from './fmp4-writer.ts';
import type { Fragment, Init } from './fmp4.ts';
import { rasterise } from './mask-raster.ts';
import { FILL_FILE, MASK_FILE, evenSize, maskerArgs } from './masker-args.ts';
import { type Sandbox, launchDecoder, makeFolder, removeFolder } from './sandbox.ts';
import { fillPicture, maskPicture } from './y4m.ts';

export interface MaskSpec {
  readonly frame: FrameSize;
  readonly polygons: MaskPolygons;
}

export interface MaskerEvents {
  onInit(init: Init): void;
  onFragment(fragment: Fragment): void;
  /** Once, whatever happened. `complaint` is ffmpeg's last line, for the log. */
  onEnd(complaint: string): void;
}

/** Input that waits longer than this for the decoder is dropped up to the next key frame. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
const MAX_COMPLAINT = 500;

export class Masker {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<void>;
  #waitsForKey = false;
  #stopped = false;
  #complaint = '';
  #startedAt = performance.now();
  #lastOutputAt = 0;

  private constructor(sandbox: Sandbox, spec: MaskSpec, folder: string, events: MaskerEvents) {
    this.#child = launchDecoder(sandbox, folder, 'ffmpeg', maskerArgs(spec.frame));
    // Sizes are compared once more on the way out: whatever comes out of B in another size is not what was asked for.
    const expected = evenSize(spec.frame);
    const writer = new Fmp4Writer();
    const splitter = new FlvSplitter(
      (configuration) => {
        const init = initOf(configuration);
        if (init.size.width !== expected.width || init.size.height !== expected.height)
          throw new Error('output of another size');
        events.onInit(init);
      },
      (frame) => {
        this.#lastOutputAt = performance.now();
        events.onFragment(writer.write(frame));
      },
    );
    this.#child.stdout.on('data', (bytes: Buffer) => {
      if (this.#stopped) return;
      try {
        splitter.push(bytes);
      } catch (error) {
        this.#complain(String(error));
        this.kill();
      }
    });
    this.#child.stderr.on('data', (bytes: Buffer) => this.#complain(bytes.toString()));
    this.#closed = new Promise((resolve) => {
      const end = (error?: Error) => {
        if (error) this.#complain(error.message);
        void removeFolder(folder).finally(resolve);
      };
      this.#child.once('error', end);
      this.#child.once('close', () => end());
    });
    void this.#closed.then(() => events.onEnd(this.#complaint));
  }

  /** Draws the masks and starts the process. Nothing comes out before `begin`. */
  static async start(sandbox: Sandbox, spec: MaskSpec, events: MaskerEvents): Promise<Masker> {
    const mask = maskPicture(rasterise(spec.frame, spec.polygons));
    const folder = await makeFolder({ [MASK_FILE]: mask, [FILL_FILE]: fillPicture(spec.frame) });
    try {
      return new Masker(sandbox, spec, folder, events);
    } catch (error) {
      await removeFolder(folder);
      throw error;
    }
  }

  /** The codec string of what comes out, known beforehand. */
  static mimeType(frame: FrameSize): string {
    return h264Level(evenSize(frame)).mimeType;
  }

  /** @param group begins with a key frame, or is empty */
  begin(init: Init, group: readonly Fragment[]): void {
    this.#startedAt = performance.now();
    this.#child.stdin.write(init.bytes);
    // The cache that it comes from is bounded, so the whole group may wait in the pipe.
    for (const fragment of group) this.#child.stdin.write(fragment.bytes);
    this.#waitsForKey = group.length === 0;
  }

  feed(fragment: Fragment): void {
    if (this.#stopped) return;
    if (this.#child.stdin.writableLength > MAX_WAITING_BYTES) this.#waitsForKey = true;
    if (this.#waitsForKey && (!fragment.key || this.#child.stdin.writableLength > MAX_WAITING_BYTES)) return;
    this.#waitsForKey = false;
    this.#child.stdin.write(fragment.bytes);
  }

  /** Milliseconds without a frame coming out. */
  silentFor(): number {
    return performance.now() - Math.max(this.#lastOutputAt, this.#startedAt);
  }

  /** From now on no event but `onEnd` comes. SIGKILL, because a decoder that hangs does not listen to anything else. */
  kill(): void {
    this.#stopped = true;
    this.#child.kill('SIGKILL');
  }

  /** Resolves when the process is gone and its files are removed. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** No more input; what is inside comes out still. */
  finish(): void {
    this.#child.stdin.end();
  }

  #complain(text: string): void {
    this.#complaint = (this.#complaint + text).slice(-MAX_COMPLAINT);
  }
}
