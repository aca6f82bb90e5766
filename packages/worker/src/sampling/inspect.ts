// SPDX-License-Identifier: AGPL-3.0-or-later
// Decodes what left and looks whether the masks lie over it. One decode at a time in a worker, behind everything else: a
// check must not take the processor from those whom it checks.
import type { AimId, CameraId, FrameSize, MaskPolygons, MaskSetId } from '@louver/contract';
import type { Fragment, Init } from '../media/fmp4.ts';
import { evenSize, jpegSampleArgs, sampleArgs } from '../media/masker-args.ts';
import { type Sandbox, launchDecoder, makeFolder, removeFolder } from '../media/sandbox.ts';
import { FILL } from '../media/y4m.ts';
import { type Deviation, type Fill, deviationOf, interiorOf, isFlat, worse } from './flatness.ts';

/** What left, and what was to lie over it. */
export interface Sample {
  readonly init: Init;
  /** Begins with a key frame. */
  readonly fragments: readonly Fragment[];
  /** Of the masks; the picture is of the next even size. */
  readonly frame: FrameSize;
  readonly polygons: MaskPolygons;
}

/** Of a camera: which masks these were, and the masker that gave it. */
export interface OutputSample extends Sample {
  readonly maskSet: OutputStop['maskSet'];
  /** Another masker is another object. */
  readonly of: object;
  /** There is no picture before it was looked at. */
  readonly isAwaited: boolean;
}

/** What was found, and what was to lie over it. */
export interface OutputStop {
  readonly cameraId: CameraId;
  readonly maskSet: {
    readonly id: MaskSetId;
    readonly aimId: AimId;
    readonly version: number;
    readonly digest: string;
  };
  readonly output: 'live' | 'still';
  /** Steps of 8 bits from the fill, or null when nobody could read what left. */
  readonly luma: number | null;
  readonly chroma: number | null;
}

/** `unreadable`: no picture came out of it, or of another size. `late`: the decoder took too long, which says nothing. */
export type Verdict =
  /** `lumas`: of each picture that was looked at, where it was decoded here. */
  | { readonly kind: 'flat'; readonly lumas?: readonly Uint8Array[] }
  | ({ readonly kind: 'not-flat' } & Deviation)
  | { readonly kind: 'unreadable'; readonly complaint: string }
  | { readonly kind: 'late' };

const WITHIN_MS = 10_000;
/** JPEG is of full range. */
const FILL_OF_JPEG: Fill = { ...FILL, y: 0 };

export class Inspector {
  readonly #sandbox: Sandbox;
  readonly #onVerdict: (kind: Verdict['kind'], milliseconds: number) => void;
  #last: Promise<unknown> = Promise.resolve();

  constructor(sandbox: Sandbox, onVerdict: (kind: Verdict['kind'], milliseconds: number) => void) {
    this.#sandbox = sandbox;
    this.#onVerdict = onVerdict;
  }

  /** The key frame and the last frame of what was sampled; those in between are decoded on the way. */
  inspect(sample: Sample, isAwaited = false): Promise<Verdict> {
    const { init, fragments } = sample;
    const input = Buffer.concat([init.bytes, ...fragments.map(({ bytes }) => bytes)]);
    const frames = fragments.reduce((sum, { samples }) => sum + samples, 0);
    return this.#inOrder(() =>
      this.#look(sample, {
        args: sampleArgs(frames - 1),
        input,
        pictures: Math.min(frames, 2),
        fill: FILL,
        low: !isAwaited,
      }),
    );
  }

  /** A JPEG that was made of it. Somebody waits for that. */
  inspectStill(sample: Sample, jpeg: Buffer): Promise<Verdict> {
    return this.#inOrder(() =>
      this.#look(sample, { args: jpegSampleArgs(), input: jpeg, pictures: 1, fill: FILL_OF_JPEG, low: false }),
    );
  }

  #inOrder(look: () => Promise<Verdict>): Promise<Verdict> {
    const looked = this.#last.then(look);
    this.#last = looked.catch(() => undefined);
    return looked;
  }

  async #look({ frame, polygons }: Sample, asked: Asked): Promise<Verdict> {
    const since = performance.now();
    const size = evenSize(frame);
    const length = (size.width * size.height * 3) / 2;
    const decoded = await decode(this.#sandbox, asked, length * asked.pictures);
    const verdict = Buffer.isBuffer(decoded)
      ? judge(decoded, length, size, interiorOf(frame, polygons), asked.fill)
      : decoded;
    this.#onVerdict(verdict.kind, performance.now() - since);
    return verdict;
  }
}

interface Asked {
  readonly args: readonly string[];
  readonly input: Buffer;
  readonly pictures: number;
  readonly fill: Fill;
  readonly low: boolean;
}

function judge(
  decoded: Buffer,
  length: number,
  size: FrameSize,
  interior: ReturnType<typeof interiorOf>,
  fill: Fill,
): Verdict {
  let worst: Deviation = { luma: 0, chroma: 0 };
  const lumas: Uint8Array[] = [];
  for (let at = 0; at < decoded.length; at += length) {
    lumas.push(decoded.subarray(at, at + size.width * size.height));
    worst = worse(worst, deviationOf(decoded.subarray(at, at + length), size, interior, fill));
  }
  return isFlat(worst) ? { kind: 'flat', lumas } : { kind: 'not-flat', ...worst };
}

/** Exactly so many bytes of raw pictures, or why there are none. */
async function decode(sandbox: Sandbox, { args, input, low }: Asked, expected: number): Promise<Buffer | Verdict> {
  const folder = await makeFolder();
  try {
    const child = launchDecoder(sandbox, folder, 'ffmpeg', args, low ? 'low' : 'normal');
    const out: Buffer[] = [];
    let [length, complaint, late] = [0, '', false];
    child.stdout.on('data', (bytes: Buffer) => {
      length += bytes.length;
      if (length > expected) child.kill('SIGKILL');
      else out.push(bytes);
    });
    child.stderr.on('data', (text: Buffer) => (complaint = (complaint + text.toString()).slice(-300)));
    child.stdin.end(input);
    const limit = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, WITHIN_MS);
    const code = await new Promise((resolve) => {
      child.once('error', resolve);
      child.once('close', resolve);
    });
    clearTimeout(limit);
    if (late) return { kind: 'late' };
    if (code !== 0 || length !== expected)
      return { kind: 'unreadable', complaint: complaint.trim() || `${length} bytes instead of ${expected}` };
    return Buffer.concat(out);
  } finally {
    await removeFolder(folder);
  }
}
