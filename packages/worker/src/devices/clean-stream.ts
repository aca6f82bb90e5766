// SPDX-License-Identifier: AGPL-3.0-or-later
// What a camera sends, taken apart and put together again for whoever watches: slices and parameter sets and nothing else.
// A camera's own messages may hold a place, a caption, or a second picture.
import { BOX_HEADER, NotMp4, boxAt, findBox, readUInt, requireBox } from '../media/boxes.ts';
import { type Fragment, type Init, readInit, upright } from '../media/fmp4.ts';

const SLICE = 1;
const KEY_SLICE = 5;
const PASSED: ReadonlySet<number> = new Set([SLICE, KEY_SLICE, 7, 8]);
const KEPT: Readonly<Record<string, ReadonlySet<string>>> = {
  moov: new Set(['mvhd', 'trak', 'mvex']),
  trak: new Set(['tkhd', 'edts', 'mdia']),
};
const DEPENDS_ON_NOTHING = 0x200_0000;
const DEPENDS_ON_OTHERS = 0x101_0000;

/** Only H.264 is passed on: every browser plays it, and its units are known here. */
export const canPass = (init: Init): boolean => init.format === 'avc1' && (init.configuration?.length ?? 0) >= 7;

/** RFC 6381, from the decoder configuration. */
export const mimeTypeOf = ({ configuration }: Init): string =>
  `video/mp4; codecs="avc1.${configuration!.toString('hex', 1, 4)}"`;

/** The same track without a rotation, titles or anything else that no decoder needs. @throws NotMp4 */
export function cleanInit(init: Init): Init {
  const bytes = Buffer.from(upright(init).bytes);
  const moov = findBox(bytes, 'moov', 0);
  if (!moov) throw new NotMp4('no moov');
  blank(moov, KEPT['moov']!);
  blank(requireBox(moov, 'trak'), KEPT['trak']!);
  return readInit(bytes);
}

/** Boxes of other types become empty space. */
function blank(parent: Buffer, kept: ReadonlySet<string>): void {
  for (let at = BOX_HEADER; at + BOX_HEADER <= parent.length;) {
    const { size, type } = boxAt(parent, at);
    if (!kept.has(type)) {
      parent.write('free', at + 4, 'latin1');
      parent.fill(0, at + BOX_HEADER, at + size);
    }
    at += size;
  }
}

/**
 * One frame that may be handed on, in boxes that were made here. `key` is what its units say, not what the container says.
 * @returns undefined when nothing of it is a picture
 * @throws NotMp4 when it is not one whole frame
 */
export function cleanFragment(fragment: Fragment, { configuration }: Init): Fragment | undefined {
  if (fragment.samples !== 1) throw new NotMp4('not one frame a fragment');
  const lengthBytes = ((configuration?.[4] ?? 3) & 3) + 1;
  const units: Buffer[] = [];
  let [key, hasSlice] = [false, false];
  for (let at = 0; at < fragment.payload.length;) {
    if (at + lengthBytes > fragment.payload.length) throw new NotMp4('a unit without its length');
    const end = at + lengthBytes + fragment.payload.readUIntBE(at, lengthBytes);
    if (end > fragment.payload.length) throw new NotMp4('a unit reaches beyond its frame');
    const type = fragment.payload[at + lengthBytes]! & 0x1f;
    if (end > at + lengthBytes && PASSED.has(type)) {
      units.push(fragment.payload.subarray(at, end));
      key ||= type === KEY_SLICE;
      hasSlice ||= type === SLICE || type === KEY_SLICE;
    }
    at = end;
  }
  return hasSlice ? assembled(fragment, Buffer.concat(units), key) : undefined;
}

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(BOX_HEADER);
  head.writeUInt32BE(BOX_HEADER + parts.reduce((sum, part) => sum + part.length, 0));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...parts]);
}

const words = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32BE(value >>> 0, i * 4));
  return bytes;
};

function assembled(from: Fragment, payload: Buffer, key: boolean): Fragment {
  const { track, offset } = placeOf(from);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(from.time));
  const flags = key ? DEPENDS_ON_NOTHING : DEPENDS_ON_OTHERS;
  const sample = words(from.duration, payload.length, flags, offset);
  const moof = box(
    'moof',
    box('mfhd', words(0, 1)),
    box(
      'traf',
      box('tfhd', words(0x2_0000, track)),
      box('tfdt', words(0x100_0000), time),
      // Version 1: the offset may be negative. Where the picture begins is known when this is whole.
      box('trun', words(0x100_0f01, 1, 0), sample),
    ),
  );
  const dataAt = moof.length + BOX_HEADER;
  moof.writeUInt32BE(dataAt, moof.length - sample.length - 4);
  const bytes = Buffer.concat([moof, box('mdat', payload)]);
  return { ...from, bytes, key, samples: 1, payload: bytes.subarray(dataAt) };
}

/** Track and composition offset of a fragment's one sample. */
function placeOf({ bytes }: Fragment): { track: number; offset: number } {
  const traf = requireBox(bytes.subarray(0, boxAt(bytes, 0).size), 'traf');
  const trun = requireBox(traf, 'trun');
  const flags = readUInt(trun, 8, 4) & 0xff_ffff;
  const before = [0x1, 0x4, 0x100, 0x200, 0x400].filter((bit) => flags & bit).length * 4;
  const offset = flags & 0x800 ? readUInt(trun, 16 + before, 4) | 0 : 0;
  return { track: readUInt(requireBox(traf, 'tfhd'), 12, 4), offset };
}
