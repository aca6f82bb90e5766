// SPDX-License-Identifier: AGPL-3.0-or-later
// Smallest segments that are segments, made box by box.
import { type Fragment, Fmp4Splitter, type Init } from '../media/fmp4.ts';

const box = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
};
export const words = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, i * 4);
  return bytes;
};

export function anInit({ timescale = 90_000, width = 1280, height = 720 } = {}): Buffer {
  const entry = Buffer.alloc(78);
  entry.writeUInt16BE(width, 24);
  entry.writeUInt16BE(height, 26);
  const turned = words(0, 0x1_0000, 0, 0xffff_0000, 0, 0, 0, 0, 0x4000_0000);
  const tkhd = box('tkhd', Buffer.alloc(40), turned, words(width << 16, height << 16));
  const stsd = box('stsd', words(0, 1), box('avc1', entry, box('avcC', Buffer.from([1, 100, 0, 31, 255, 224, 0]))));
  const mdhd = box('mdhd', words(0, 0, 0, timescale, 0, 0));
  const hdlr = box('hdlr', words(0, 0), Buffer.from('vide'), Buffer.alloc(13));
  const mdia = box('mdia', mdhd, hdlr, box('minf', box('stbl', stsd)));
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0')), box('moov', box('trak', tkhd, mdia))]);
}

export function aFragment({ time = 0, key = false, payload = Buffer.from('picture') } = {}): Buffer {
  const tfdt = box('tfdt', words(0x0100_0000, Math.floor(time / 2 ** 32), time >>> 0));
  const trun = box('trun', words(0x305, 1, 100, key ? 0x200_0000 : 0x101_0000, 3600, payload.length));
  const traf = box('traf', box('tfhd', words(0x2_0000, 1)), tfdt, trun);
  return Buffer.concat([box('moof', box('mfhd', words(0, 1)), traf), box('mdat', payload)]);
}

export function collect(...chunks: Buffer[]): { inits: Init[]; fragments: Fragment[] } {
  const inits: Init[] = [];
  const fragments: Fragment[] = [];
  const splitter = new Fmp4Splitter(
    (init) => inits.push(init),
    (fragment) => fragments.push(fragment),
  );
  for (const chunk of chunks) splitter.push(chunk);
  return { inits, fragments };
}
