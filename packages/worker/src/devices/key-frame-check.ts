// SPDX-License-Identifier: AGPL-3.0-or-later
// Looks at every key frame that a camera sends, before it leaves: one decoder that runs on and is given little else. Starting
// one for each look would cost more than all that passing on saves.
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

interface Waiting {
  readonly isKey: boolean;
  readonly since: number;
}
const MAX_COMPLAINT = 300;

export class KeyFrameCheck {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #interior: readonly Run[];
  readonly #size: FrameSize;
  readonly #onVerdict: (verdict: Verdict) => void;
  readonly #closed: Promise<void>;
  /** What went in and has not come out. */
  #waiting: Waiting[] = [];
  #flushes = false;
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

  /** Every frame of the stream, in order. Each key frame is decoded, and the frame behind it, without which it stays inside. */
  look({ bytes, key }: Fragment): void {
    if (this.#over || !(key || this.#flushes)) return;
    this.#flushes = key;
    this.#waiting.push({ isKey: key, since: performance.now() });
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
    const oldest = this.#waiting.find(({ isKey }) => isKey);
    if (!oldest) return;
    this.#limit = setTimeout(() => this.#end({ kind: 'late' }), oldest.since + WITHIN_MS - performance.now());
  }

  #take(bytes: Buffer): void {
    if (this.#over) return;
    this.#received.push(bytes);
    this.#length += bytes.length;
    const expected = (this.#size.width * this.#size.height * 3) / 2;
    while (this.#length >= expected && !this.#over) {
      const all = Buffer.concat(this.#received, this.#length);
      this.#received = [all.subarray(expected)];
      this.#length -= expected;
      this.#judge(all.subarray(0, expected));
    }
  }

  #judge(picture: Buffer): void {
    const looked = this.#waiting.shift();
    // What comes out is not what went in.
    if (!looked) return this.#end({ kind: 'unreadable', complaint: 'one picture too many' });
    this.#expect();
    const deviation = deviationOf(picture, this.#size, this.#interior, FILL);
    if (!isFlat(deviation)) this.#end({ kind: 'not-flat', ...deviation });
    else if (looked.isKey) this.#onVerdict({ kind: 'flat' });
  }

  #end(verdict: Verdict): void {
    if (this.#over) return;
    this.kill();
    this.#onVerdict(verdict);
  }
}
