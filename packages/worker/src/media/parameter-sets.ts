// SPDX-License-Identifier: AGPL-3.0-or-later
// The frame size that an H.264 or H.265 sequence parameter set announces: known before anything is decoded.
import type { FrameSize } from '@louver/contract';

class BitReader {
  readonly #bytes: Buffer;
  #at = 0;

  /** `nal` without its header; bytes that only prevent false start codes are taken out. */
  constructor(nal: Buffer) {
    const bytes = Buffer.alloc(nal.length);
    let length = 0;
    let zeros = 0;
    for (const byte of nal) {
      if (zeros >= 2 && byte === 3) {
        zeros = 0;
        continue;
      }
      zeros = byte === 0 ? zeros + 1 : 0;
      bytes[length++] = byte;
    }
    this.#bytes = bytes.subarray(0, length);
  }

  bit(): number {
    const byte = this.#bytes[this.#at >> 3];
    if (byte === undefined) throw new RangeError('a parameter set ends too early');
    return (byte >> (7 - (this.#at++ & 7))) & 1;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** Exp-Golomb, unsigned. */
  ue(): number {
    let zeros = 0;
    while (this.bit() === 0) if (++zeros > 31) throw new RangeError('a number in a parameter set is too large');
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  se(): number {
    const value = this.ue();
    return value % 2 ? (value + 1) / 2 : -value / 2;
  }
}

const WITH_CHROMA_FORMAT = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

function skipScalingLists(reader: BitReader, lists: number): void {
  for (let list = 0; list < lists; list++) {
    if (!reader.bit()) continue;
    let next = 8;
    for (let i = 0, last = 8; i < (list < 6 ? 16 : 64); i++) {
      if (next !== 0) next = (last + reader.se() + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}

/** ITU-T H.264, 7.3.2.1.1. */
function h264Size(sps: Buffer): FrameSize {
  const reader = new BitReader(sps.subarray(1));
  const profile = reader.bits(8);
  reader.skip(16);
  reader.ue();
  let chroma = 1;
  let separatePlanes = 0;
  if (WITH_CHROMA_FORMAT.has(profile)) {
    chroma = reader.ue();
    if (chroma === 3) separatePlanes = reader.bit();
    reader.ue();
    reader.ue();
    reader.skip(1);
    if (reader.bit()) skipScalingLists(reader, chroma === 3 ? 12 : 8);
  }
  reader.ue();
  const order = reader.ue();
  if (order === 0) reader.ue();
  else if (order === 1) {
    reader.skip(1);
    reader.se();
    reader.se();
    for (let cycles = reader.ue(); cycles > 0; cycles--) reader.se();
  }
  reader.ue();
  reader.skip(1);
  const width = (reader.ue() + 1) * 16;
  const mapUnits = reader.ue() + 1;
  const framesOnly = reader.bit();
  if (!framesOnly) reader.skip(1);
  reader.skip(1);
  const height = (2 - framesOnly) * mapUnits * 16;
  if (!reader.bit()) return { width, height };
  const crop = [reader.ue(), reader.ue(), reader.ue(), reader.ue()] as const;
  const planes = separatePlanes ? 0 : chroma;
  const across = planes === 1 || planes === 2 ? 2 : 1;
  const down = (planes === 1 ? 2 : 1) * (2 - framesOnly);
  return { width: width - across * (crop[0] + crop[1]), height: height - down * (crop[2] + crop[3]) };
}

/** ITU-T H.265, 7.3.2.2.1 and 7.3.3. */
function h265Size(sps: Buffer): FrameSize {
  const reader = new BitReader(sps.subarray(2));
  reader.skip(4);
  const subLayers = reader.bits(3);
  reader.skip(1 + 88 + 8);
  const present = Array.from({ length: subLayers }, () => ({ profile: reader.bit(), level: reader.bit() }));
  if (subLayers > 0) reader.skip(2 * (8 - subLayers));
  for (const { profile, level } of present) reader.skip((profile ? 88 : 0) + (level ? 8 : 0));
  reader.ue();
  const chroma = reader.ue();
  const separatePlanes = chroma === 3 ? reader.bit() : 0;
  const [width, height] = [reader.ue(), reader.ue()];
  if (!reader.bit()) return { width, height };
  const crop = [reader.ue(), reader.ue(), reader.ue(), reader.ue()] as const;
  const across = !separatePlanes && (chroma === 1 || chroma === 2) ? 2 : 1;
  const down = !separatePlanes && chroma === 1 ? 2 : 1;
  return { width: width - across * (crop[0] + crop[1]), height: height - down * (crop[2] + crop[3]) };
}

const CODECS = {
  h264: { typeOf: (nal: Buffer) => nal[0]! & 0x1f, sps: 7, size: h264Size },
  h265: { typeOf: (nal: Buffer) => (nal[0]! >> 1) & 0x3f, sps: 33, size: h265Size },
} as const;

export type NalCodec = keyof typeof CODECS;

/** Frame sizes of the sequence parameter sets among length-prefixed NAL units. @throws RangeError on nonsense */
export function announcedSizes(codec: NalCodec, sample: Buffer, lengthBytes: number): FrameSize[] {
  const { typeOf, sps, size } = CODECS[codec];
  const sizes: FrameSize[] = [];
  for (let at = 0; at + lengthBytes < sample.length;) {
    const length = sample.readUIntBE(at, lengthBytes);
    at += lengthBytes;
    if (length > sample.length - at) throw new RangeError('a NAL unit reaches beyond its sample');
    const nal = sample.subarray(at, at + length);
    if (length > 0 && typeOf(nal) === sps) sizes.push(size(nal));
    at += length;
  }
  return sizes;
}

/** Frame size of one parameter set NAL unit, or undefined when it is of another kind. */
export function sizeOfNal(codec: NalCodec, nal: Buffer): FrameSize | undefined {
  const { typeOf, sps, size } = CODECS[codec];
  return nal.length > 0 && typeOf(nal) === sps ? size(nal) : undefined;
}
