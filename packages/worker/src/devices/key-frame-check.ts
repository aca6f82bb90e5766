// SPDX-License-Identifier: AGPL-3.0-or-later
// Looks at every key frame that a camera sends, before it leaves: one decoder that runs on and is given nothing else.
// Starting one for each look would cost more than all that passing on saves.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { FrameSize, MaskPolygons } from '@louver/contract';
import type { Fragment, Init } from '../media/fmp4.ts';
import { evenSize, keyFrameArgs } from '../media/masker-args.ts';
import { type Sandbox, launchDecoder, makeFolder, removeFolder } from '../media/sandbox.ts';
import { FILL } from '../media/y4m.ts';
import type { Verdict } from '../sampling/inspect.ts';
import { type Run, deviationOf, interiorOf, isFlat } from '../sampling/flatness.ts';

export interface CheckSpec {
  readonly frame: FrameSize;
  readonly polygons: MaskPolygons;
}

export interface CheckEvents {
  /** `flat` for every key frame, in their order. Anything else is told once and ends the check. */
  onVerdict(verdict: Verdict): void;
}

/** A decoder that takes longer is not waited for. */
const WITHIN_MS = 10_000;

const MAX_COMPLAINT = 300;
const MAX_HEADER = 1_000;
const FRAME_LINE = Buffer.from('FRAME\n');
const END_OF_LINE = 0x0a;

export class KeyFrameCheck {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #interior: readonly Run[];
  readonly #size: FrameSize;
  readonly #onVerdict: (verdict: Verdict) => void;
  readonly #closed: Promise<void>;
  /** When each key frame went in that has not come out. */
  readonly #waiting: number[] = [];
  #hasBegun = false;
  #received: Buffer[] = [];
  #length = 0;
  #limit: NodeJS.Timeout | undefined;
  #complaint = '';
  #over = false;

  private constructor(sandbox: Sandbox, spec: CheckSpec, init: Init, folder: string, { onVerdict }: CheckEvents) {
    this.#size = evenSize(spec.frame);
    this.#interior = interiorOf(spec.frame, spec.polygons);
    this.#onVerdict = onVerdict;
    this.#child = launchDecoder(sandbox, folder, 'ffmpeg', keyFrameArgs());
    this.#child.stdin.on('error', () => undefined);
    this.#child.stdin.write(init.bytes);
    this.#child.stdout.on('data', (bytes: Buffer) => this.#take(bytes));
    this.#child.stderr.on('data', (bytes: Buffer) => {
      this.#complaint = (this.#complaint + bytes.toString()).slice(-MAX_COMPLAINT);
    });
    this.#closed = new Promise((resolve) => {
      const end = () => {
        clearTimeout(this.#limit);
        this.#end({ kind: 'unreadable', complaint: this.#complaint.trim() || 'the decoder ended' });
        void removeFolder(folder).finally(resolve);
      };
      this.#child.once('error', end);
      this.#child.once('close', end);
    });
  }

  static async start(sandbox: Sandbox, spec: CheckSpec, init: Init, events: CheckEvents): Promise<KeyFrameCheck> {
    const folder = await makeFolder();
    try {
      return new KeyFrameCheck(sandbox, spec, init, folder, events);
    } catch (error) {
      await removeFolder(folder);
      throw error;
    }
  }

  /** Every frame of the stream, in order; those that are no key frames are not looked at. */
  look({ bytes, key }: Fragment): void {
    if (this.#over || !key) return;
    this.#waiting.push(performance.now());
    this.#child.stdin.write(bytes);
    this.#expect();
  }

  /** No verdict comes afterwards. */
  kill(): void {
    this.#over = true;
    clearTimeout(this.#limit);
    this.#child.kill('SIGKILL');
  }

  /** Resolves when the process is gone and its folder removed. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  #expect(): void {
    clearTimeout(this.#limit);
    const [oldest] = this.#waiting;
    if (oldest === undefined) return;
    this.#limit = setTimeout(() => this.#end({ kind: 'late' }), oldest + WITHIN_MS - performance.now());
  }

  #take(bytes: Buffer): void {
    if (this.#over) return;
    this.#received.push(bytes);
    this.#length += bytes.length;
    if (!this.#hasBegun && !this.#skipHeader()) return;
    const expected = FRAME_LINE.length + (this.#size.width * this.#size.height * 3) / 2;
    while (this.#length >= expected && !this.#over) {
      const all = Buffer.concat(this.#received, this.#length);
      this.#received = [all.subarray(expected)];
      this.#length -= expected;
      this.#judge(all.subarray(0, expected));
    }
  }

  /** YUV4MPEG2 begins with one line about all pictures. @returns whether it is over */
  #skipHeader(): boolean {
    const all = Buffer.concat(this.#received, this.#length);
    const end = all.indexOf(END_OF_LINE);
    this.#hasBegun = end >= 0;
    if (end < 0 && all.length > MAX_HEADER) this.#end({ kind: 'unreadable', complaint: 'no pictures come out' });
    this.#received = [all.subarray(end + 1)];
    this.#length -= end + 1;
    return this.#hasBegun;
  }

  #judge(picture: Buffer): void {
    const [line, samples] = [picture.subarray(0, FRAME_LINE.length), picture.subarray(FRAME_LINE.length)];
    // What comes out is not what went in.
    if (this.#waiting.shift() === undefined || !line.equals(FRAME_LINE))
      return this.#end({ kind: 'unreadable', complaint: 'other pictures than were asked for' });
    this.#expect();
    const deviation = deviationOf(samples, this.#size, this.#interior, FILL);
    const luma = samples.subarray(0, this.#size.width * this.#size.height);
    if (isFlat(deviation)) this.#onVerdict({ kind: 'flat', lumas: [luma] });
    else this.#end({ kind: 'not-flat', ...deviation });
  }

  #end(verdict: Verdict): void {
    if (this.#over) return;
    this.kill();
    this.#onVerdict(verdict);
  }
}
