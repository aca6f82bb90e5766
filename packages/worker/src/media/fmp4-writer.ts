// SPDX-License-Identifier: AGPL-3.0-or-later
// Wraps coded frames into fragmented MP4, one frame a fragment, as soon as each is there.
import type { FrameSize } from '@louver/contract';
import type { CodedFrame } from './flv.ts';
import { type Fragment, IDENTITY, type Init, readInit } from './fmp4.ts';
import { sizeOfNal } from './parameter-sets.ts';

const TIMESCALE = 1000;
const TRACK = 1;
/** Nothing depends on it; depends on others. */
const KEY_SAMPLE = 0x0200_0000;
const OTHER_SAMPLE = 0x0101_0000;

const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => bytes.writeUInt16BE(value, 2 * i));
  return bytes;
};
const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeUInt32BE(value >>> 0, 4 * i));
  return bytes;
};
const box = (type: string, ...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([u32(8 + parts.reduce((sum, { length }) => sum + length, 0)), Buffer.from(type, 'latin1'), ...parts]);
/** A box with version and flags. */
const full = (type: string, version: number, flags: number, ...parts: readonly Buffer[]): Buffer =>
  box(type, u32(version * 2 ** 24 + flags), ...parts);

/** Frame size of the one sequence parameter set. @throws RangeError without one that can be read */
function configuredSize(avcC: Buffer): FrameSize {
  // Lengths of four bytes, one sequence parameter set: what ffmpeg writes, and nothing else is expected here.
  if (avcC.length < 8 || (avcC[4]! & 3) !== 3 || (avcC[5]! & 0x1f) !== 1) throw new RangeError('another configuration');
  const size = sizeOfNal('h264', avcC.subarray(8, 8 + avcC.readUInt16BE(6)));
  if (!size) throw new RangeError('a configuration without a frame size');
  return size;
}

function sampleEntry({ width, height }: FrameSize, avcC: Buffer): Buffer {
  const head = [u16(0, 0, 0, 1), u32(0, 0, 0, 0), u16(width, height), u32(0x48_0000, 0x48_0000, 0), u16(1)];
  return box('avc1', ...head, Buffer.alloc(32), u16(0x18, 0xffff), box('avcC', avcC));
}

/** An init segment of one H.264 track that says nothing but what a decoder needs. @throws RangeError on another configuration */
export function initOf(avcC: Buffer): Init {
  const size = configuredSize(avcC);
  const tables = ['stts', 'stsc', 'stco'].map((type) => full(type, 0, 0, u32(0)));
  const stbl = box(
    'stbl',
    full('stsd', 0, 0, u32(1), sampleEntry(size, avcC)),
    full('stsz', 0, 0, u32(0, 0)),
    ...tables,
  );
  const dinf = box('dinf', full('dref', 0, 0, u32(1), full('url ', 0, 1)));
  const minf = box('minf', full('vmhd', 0, 1, u16(0, 0, 0, 0)), dinf, stbl);
  const hdlr = full('hdlr', 0, 0, u32(0), Buffer.from('vide'), u32(0, 0, 0), Buffer.from('\0'));
  const mdia = box('mdia', full('mdhd', 0, 0, u32(0, 0, TIMESCALE, 0), u16(0x55c4, 0)), hdlr, minf);
  const place = [u32(0, 0, TRACK, 0, 0, 0, 0), u16(0, 0, 0, 0), u32(...IDENTITY)];
  const tkhd = full('tkhd', 0, 3, ...place, u32(size.width * 2 ** 16, size.height * 2 ** 16));
  const rate = [u32(0, 0, TIMESCALE, 0, 0x1_0000), u16(0x100, 0), u32(0, 0)];
  const mvhd = full('mvhd', 0, 0, ...rate, u32(...IDENTITY), u32(0, 0, 0, 0, 0, 0, TRACK + 1));
  const mvex = box('mvex', full('trex', 0, 0, u32(TRACK, 1, 0, 0, 0)));
  const brands = [Buffer.from('iso5'), u32(512), Buffer.from('iso5iso6mp41')];
  return readInit(Buffer.concat([box('ftyp', ...brands), box('moov', mvhd, box('trak', tkhd, mdia), mvex)]));
}

function fragmentOf({ key, payload }: CodedFrame, time: number, duration: number, sequence: number): Fragment {
  const tfdt = Buffer.alloc(8);
  tfdt.writeBigUInt64BE(BigInt(time));
  const moof = (offset: number): Buffer =>
    box(
      'moof',
      full('mfhd', 0, 0, u32(sequence)),
      box(
        'traf',
        full('tfhd', 0, 0x2_0000, u32(TRACK)),
        full('tfdt', 1, 0, tfdt),
        // Offset, then duration, size and flags of the one sample.
        full('trun', 0, 0x701, u32(1, offset, duration, payload.length, key ? KEY_SAMPLE : OTHER_SAMPLE)),
      ),
    );
  const head = moof(moof(0).length + 8);
  const bytes = Buffer.concat([head, box('mdat', payload)]);
  return { bytes, key, time, duration, samples: 1, payload: bytes.subarray(head.length + 8) };
}

/** Before two frames have shown the pace. */
const FIRST_DURATION_MS = 40;
/** A pause says nothing of the pace. */
const MAX_PACE_MS = 1000;
/** How much of the pace the newest frame decides. */
const NEWEST = 1 / 8;

/**
 * Fragments without a gap. How long a frame lasts is known only when the next one comes, so it is foreseen from the pace; each
 * begins where the one before it ended, because a player that meets a hole waits for the next key frame. What was foreseen
 * wrongly is made good by the duration of the frame after it.
 */
export class Fmp4Writer {
  #pace = FIRST_DURATION_MS;
  #before: number | undefined;
  #end = 0;
  #sequence = 0;

  write(frame: CodedFrame): Fragment {
    if (this.#before === undefined) this.#end = frame.time;
    else if (frame.time >= this.#before) {
      const step = Math.min(MAX_PACE_MS, frame.time - this.#before);
      this.#pace = this.#sequence === 1 ? step : this.#pace + (step - this.#pace) * NEWEST;
    }
    this.#before = frame.time;
    const time = this.#end;
    const duration = Math.max(1, Math.round(frame.time + this.#pace - time));
    this.#end = time + duration;
    return fragmentOf(frame, time, duration, ++this.#sequence);
  }
}
