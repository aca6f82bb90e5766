// SPDX-License-Identifier: AGPL-3.0-or-later
// Follows the size of the frames that a camera sends, also when it changes in mid-stream. Masks are drawn for one size:
// the masker's graph refuses another one by itself, this only lets us say so before, and in words.
import type { FrameSize } from '@louver/contract';
import type { Fragment, Init } from './fmp4.ts';
import { type NalCodec, announcedSizes, sizeOfNal } from './parameter-sets.ts';

const NAL_CODECS: Readonly<Record<string, NalCodec>> = { avc1: 'h264', avc3: 'h264', hev1: 'h265', hvc1: 'h265' };

/** Parameter sets inside avcC (ISO/IEC 14496-15, 5.3.3.1.2). */
function* avcSets(configuration: Buffer): Generator<Buffer> {
  let at = 6;
  for (let left = configuration[5]! & 0x1f; left > 0 && at + 2 <= configuration.length; left--) {
    const length = configuration.readUInt16BE(at);
    yield configuration.subarray(at + 2, at + 2 + length);
    at += 2 + length;
  }
}

/** Parameter sets inside hvcC (ISO/IEC 14496-15, 8.3.3.1.2). */
function* hevcSets(configuration: Buffer): Generator<Buffer> {
  let at = 23;
  for (let arrays = configuration[22] ?? 0; arrays > 0 && at + 3 <= configuration.length; arrays--) {
    let left = configuration.readUInt16BE(at + 1);
    at += 3;
    for (; left > 0 && at + 2 <= configuration.length; left--) {
      const length = configuration.readUInt16BE(at);
      yield configuration.subarray(at + 2, at + 2 + length);
      at += 2 + length;
    }
  }
}

export class FrameGauge {
  readonly #codec: NalCodec | undefined;
  readonly #lengthBytes: number;
  #size: FrameSize | undefined;

  constructor(init: Init) {
    this.#codec = NAL_CODECS[init.format];
    const configuration = init.configuration;
    this.#size = init.size;
    this.#lengthBytes = 4;
    if (!this.#codec || !configuration || configuration.length < 7) return;
    const h264 = this.#codec === 'h264';
    this.#lengthBytes = ((configuration[h264 ? 4 : 21] ?? 3) & 3) + 1;
    for (const nal of h264 ? avcSets(configuration) : hevcSets(configuration)) {
      this.#size = this.#measure(() => sizeOfNal(this.#codec!, nal)) ?? this.#size;
    }
  }

  /** Size of the frames from here on, undefined when the camera announced something that makes no sense. */
  get size(): FrameSize | undefined {
    return this.#size;
  }

  observe(fragment: Fragment): void {
    const codec = this.#codec;
    if (!codec) return;
    try {
      this.#size = announcedSizes(codec, fragment.payload, this.#lengthBytes).at(-1) ?? this.#size;
    } catch {
      // Damaged on its way: no picture until the camera announces a size again.
      this.#size = undefined;
    }
  }

  #measure(read: () => FrameSize | undefined): FrameSize | undefined {
    try {
      return read();
    } catch {
      return undefined;
    }
  }

  fits(frame: FrameSize): boolean {
    return this.#size?.width === frame.width && this.#size.height === frame.height;
  }
}
