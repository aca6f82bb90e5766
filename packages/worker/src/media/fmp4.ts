// SPDX-License-Identifier: AGPL-3.0-or-later
// Cuts a byte stream into an init segment and fragments of one frame each, and reads and moves their times.
import type { FrameSize } from '@louver/contract';
import { BOX_HEADER, NotMp4, boxAt, findBox, readUInt, requireBox } from './boxes.ts';

export interface Init {
  readonly bytes: Buffer;
  /** Ticks a second. */
  readonly timescale: number;
  /** Four letters of the sample entry: avc1, hev1, hvc1, mp4v, … */
  readonly format: string;
  /** As the container states it; what is decoded may differ. */
  readonly size: FrameSize;
  /** Decoder configuration (avcC or hvcC), without its header. */
  readonly configuration: Buffer | undefined;
}

export interface Fragment {
  /** moof and mdat. */
  readonly bytes: Buffer;
  readonly key: boolean;
  /** Decode time in ticks. */
  readonly time: number;
  /** Sum of its samples' durations in ticks. */
  readonly duration: number;
  readonly samples: number;
  /** What the mdat holds. */
  readonly payload: Buffer;
}

/** A frame of 8K H.264 stays far below; whoever claims more means to fill the memory. */
const MAX_BOX = 16 * 1024 * 1024;
const MAX_INIT = 1024 * 1024;
const TOP_LEVEL = new Set(['ftyp', 'moov', 'moof', 'mdat', 'styp', 'sidx', 'free', 'skip', 'prft', 'emsg', 'mfra']);

/** Push bytes in, get segments out. @throws NotMp4 from `push`; afterwards the splitter is of no use */
export class Fmp4Splitter {
  #chunks: Buffer[] = [];
  #length = 0;
  #needed = BOX_HEADER;
  #head: Buffer[] = [];
  #init: Init | undefined;
  #moof: Buffer | undefined;
  readonly #onInit: (init: Init) => void;
  readonly #onFragment: (fragment: Fragment) => void;

  constructor(onInit: (init: Init) => void, onFragment: (fragment: Fragment) => void) {
    this.#onInit = onInit;
    this.#onFragment = onFragment;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    // Joined only when a box is complete, so a large box in small chunks is not copied again with every chunk.
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    this.#needed = BOX_HEADER;
    while (rest.length >= BOX_HEADER) {
      const { size, type } = boxAt(rest, 0);
      if (!TOP_LEVEL.has(type)) throw new NotMp4(`unexpected ${type}`);
      if (size > (this.#init ? MAX_BOX : MAX_INIT)) throw new NotMp4(`a ${type} of ${size} bytes`);
      if (rest.length < size) {
        this.#needed = size;
        break;
      }
      this.#take(type, rest.subarray(0, size));
      rest = rest.subarray(size);
    }
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
  }

  #take(type: string, box: Buffer): void {
    if (!this.#init) {
      if (type === 'moof' || type === 'mdat') throw new NotMp4(`${type} before moov`);
      this.#head.push(box);
      if (type !== 'moov') return;
      this.#init = readInit(Buffer.concat(this.#head));
      this.#head = [];
      this.#onInit(this.#init);
    } else if (type === 'moof') {
      this.#moof = box;
    } else if (type === 'mdat' && this.#moof) {
      const bytes = Buffer.concat([this.#moof, box]);
      this.#moof = undefined;
      this.#onFragment(readFragment(bytes));
    }
  }
}

/** @throws NotMp4 unless it holds exactly one track, and that one is video */
export function readInit(bytes: Buffer): Init {
  const moov = findBox(bytes, 'moov', 0);
  if (!moov) throw new NotMp4('no moov');
  const mdia = requireBox(moov, 'trak', 'mdia');
  const hdlr = requireBox(mdia, 'hdlr');
  if (hdlr.toString('latin1', 16, 20) !== 'vide') throw new NotMp4('the first track is not video');
  const mdhd = requireBox(mdia, 'mdhd');
  const timescale = readUInt(mdhd, mdhd[8] === 1 ? 28 : 20, 4);
  if (timescale === 0) throw new NotMp4('no timescale');
  const stsd = requireBox(mdia, 'minf', 'stbl', 'stsd');
  if (readUInt(stsd, 12, 4) !== 1) throw new NotMp4('more than one sample description');
  const entry = stsd.subarray(16);
  const { size, type: format } = boxAt(entry, 0);
  if (size > entry.length || size < 86) throw new NotMp4('a sample entry of impossible length');
  const width = readUInt(entry, 32, 2);
  const height = readUInt(entry, 34, 2);
  const box = findBox(entry.subarray(0, size), 'avcC', 86) ?? findBox(entry.subarray(0, size), 'hvcC', 86);
  return { bytes, timescale, format, size: { width, height }, configuration: box?.subarray(BOX_HEADER) };
}

const NON_SYNC = 0x10000;

/** What tfhd gives for samples that say nothing themselves. */
function defaultsOf(tfhd: Buffer): { duration: number; flags: number | undefined } {
  const flags = readUInt(tfhd, 8, 4) & 0xffffff;
  let at = 16;
  if (flags & 0x1) at += 8;
  if (flags & 0x2) at += 4;
  const duration = flags & 0x8 ? readUInt(tfhd, at, 4) : 0;
  if (flags & 0x8) at += 4;
  if (flags & 0x10) at += 4;
  return { duration, flags: flags & 0x20 ? readUInt(tfhd, at, 4) : undefined };
}

function readFragment(bytes: Buffer): Fragment {
  const moofSize = boxAt(bytes, 0).size;
  const traf = requireBox(bytes.subarray(0, moofSize), 'traf');
  const tfdt = requireBox(traf, 'tfdt');
  const defaults = defaultsOf(requireBox(traf, 'tfhd'));
  const trun = requireBox(traf, 'trun');
  const flags = readUInt(trun, 8, 4) & 0xffffff;
  const samples = readUInt(trun, 12, 4);
  const stride = [0x100, 0x200, 0x400, 0x800].filter((bit) => flags & bit).length * 4;
  const first = 16 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
  if (first + samples * stride > trun.length) throw new NotMp4('trun is shorter than its samples');
  let duration = flags & 0x100 ? 0 : samples * defaults.duration;
  if (flags & 0x100) for (let i = 0; i < samples; i++) duration += readUInt(trun, first + i * stride, 4);
  const firstFlags = flags & 0x4 ? readUInt(trun, first - 4, 4) : (sampleFlags(trun, first, flags) ?? defaults.flags);
  return {
    bytes,
    key: firstFlags !== undefined && !(firstFlags & NON_SYNC),
    time: readUInt(tfdt, 12, tfdt[8] === 1 ? 8 : 4),
    duration,
    samples,
    payload: bytes.subarray(moofSize + BOX_HEADER),
  };
}

function sampleFlags(trun: Buffer, first: number, flags: number): number | undefined {
  if (!(flags & 0x400)) return undefined;
  const at = first + (flags & 0x100 ? 4 : 0) + (flags & 0x200 ? 4 : 0);
  return readUInt(trun, at, 4);
}

/** The same frame at another decode time, as number `sequence` of its stream. */
export function retimed(fragment: Fragment, time: number, sequence: number): Fragment {
  const bytes = Buffer.from(fragment.bytes);
  const moof = bytes.subarray(0, boxAt(bytes, 0).size);
  const tfdt = requireBox(moof, 'traf', 'tfdt');
  if (tfdt[8] === 1) tfdt.writeBigUInt64BE(BigInt(time), 12);
  else tfdt.writeUInt32BE(time >>> 0, 12);
  requireBox(moof, 'mfhd').writeUInt32BE(sequence >>> 0, 12);
  return { ...fragment, bytes, time, payload: bytes.subarray(moof.length + BOX_HEADER) };
}

/** No rotation: the matrix of a track header. */
export const IDENTITY = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000] as const;

/** The same track without a rotation: ffmpeg hands on the camera's, and every player would turn what is masked upright. */
export function upright(init: Init): Init {
  const bytes = Buffer.from(init.bytes);
  const moov = findBox(bytes, 'moov', 0);
  if (!moov) throw new NotMp4('no moov');
  const tkhd = requireBox(moov, 'trak', 'tkhd');
  const matrix = tkhd[8] === 1 ? 60 : 48;
  if (tkhd.length < matrix + IDENTITY.length * 4) throw new NotMp4('tkhd is too short');
  for (const [i, value] of IDENTITY.entries()) tkhd.writeUInt32BE(value, matrix + i * 4);
  return readInit(bytes);
}
