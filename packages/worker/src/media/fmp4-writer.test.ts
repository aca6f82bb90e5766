// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { type CodedFrame, FlvSplitter, NotFlv } from './flv.ts';
import { Fmp4Splitter, readInit } from './fmp4.ts';
import { Fmp4Writer, initOf } from './fmp4-writer.ts';

/** Of libx264: 320×240, High. */
const AVCC = Buffer.from('0164000dffe100176764000dacb40a0fd808800000030080000019478a155001000468ef0fcbfdf8f800', 'hex');

const uint = (value: number, bytes: number): Buffer => {
  const made = Buffer.alloc(bytes);
  made.writeUIntBE(value, 0, bytes);
  return made;
};
const tag = (type: number, stamp: number, body: Buffer): Buffer =>
  Buffer.concat([
    uint(type, 1),
    uint(body.length, 3),
    uint(stamp % 2 ** 24, 3),
    uint(Math.floor(stamp / 2 ** 24), 1),
    uint(0, 3),
    body,
    uint(body.length + 11, 4),
  ]);
const HEADER = Buffer.concat([Buffer.from('FLV'), Buffer.from([1, 1]), uint(9, 4), uint(0, 4)]);
const CONFIGURATION = tag(9, 0, Buffer.concat([Buffer.from([0x17, 0, 0, 0, 0]), AVCC]));
const picture = (stamp: number, key: boolean, content: string): Buffer =>
  tag(9, stamp, Buffer.concat([Buffer.from([key ? 0x17 : 0x27, 1, 0, 0, 0]), Buffer.from(content)]));

function read(pieces: readonly Buffer[]) {
  const [configurations, frames]: [Buffer[], CodedFrame[]] = [[], []];
  const splitter = new FlvSplitter(
    (found) => configurations.push(found),
    (frame) => frames.push({ ...frame, payload: Buffer.from(frame.payload) }),
  );
  for (const piece of pieces) splitter.push(piece);
  return { configurations, frames };
}

it('gives every frame with its last byte and not with the next frame, however the bytes come', () => {
  const stream = Buffer.concat([HEADER, CONFIGURATION, picture(0, true, 'first'), picture(40, false, 'second')]);
  const single = read([...stream].map((byte) => Buffer.from([byte])));
  expect(single).toEqual(read([stream]));
  expect(single.configurations).toEqual([AVCC]);
  expect(single.frames.map(({ key, time, payload }) => [key, time, payload.toString()])).toEqual([
    [true, 0, 'first'],
    [false, 40, 'second'],
  ]);
  expect(read([stream.subarray(0, -5)]).frames).toHaveLength(1);
});

it('counts on where the 31 bits of a time end', () => {
  const { frames } = read([HEADER, CONFIGURATION, ...[2 ** 31 - 20, 20, 60].map((at) => picture(at, true, 'x'))]);
  expect(frames.map(({ time }) => time)).toEqual([2 ** 31 - 20, 2 ** 31 + 20, 2 ** 31 + 60]);
});

it.each([
  ['something else', [Buffer.from('RIFF of another kind')]],
  ['sound', [HEADER, tag(8, 0, Buffer.alloc(8))]],
  ['another codec', [HEADER, tag(9, 0, Buffer.from([0x12, 0, 0, 0, 0, 0]))]],
  ['a frame without a configuration', [HEADER, picture(0, true, 'x')]],
  ['a second configuration', [HEADER, CONFIGURATION, CONFIGURATION]],
  ['frames out of order', [HEADER, CONFIGURATION, tag(9, 0, Buffer.from([0x27, 1, 0, 0, 40, 1]))]],
])('refuses %s', (_what, pieces) => {
  expect(() => read(pieces)).toThrow(NotFlv);
});

it('says the size that the parameter sets say, and nothing but one track', () => {
  const init = initOf(AVCC);
  expect(init).toMatchObject({ timescale: 1000, format: 'avc1', size: { width: 320, height: 240 } });
  expect(readInit(init.bytes).configuration).toEqual(AVCC);
  expect(() => initOf(Buffer.from([1, 2, 3]))).toThrow(RangeError);
});

const write = (times: readonly number[]) => {
  const writer = new Fmp4Writer();
  return times.map((time, i) => writer.write({ key: i === 0, time, payload: Buffer.from(`frame ${i}`) }));
};

it('writes what a splitter reads again', () => {
  const written = write([80, 120, 160]);
  const found: unknown[] = [];
  const splitter = new Fmp4Splitter(
    () => undefined,
    (fragment) => found.push(fragment),
  );
  splitter.push(Buffer.concat([initOf(AVCC).bytes, ...written.map(({ bytes }) => bytes)]));
  expect(found).toEqual(written);
  expect(written.map(({ time, duration, key }) => [time, duration, key])).toEqual([
    [80, 40, true],
    [120, 40, false],
    [160, 40, false],
  ]);
});

it.each([
  ['an even pace', Array.from({ length: 100 }, (_, i) => Math.round((i * 1000) / 30))],
  ['an uneven pace', Array.from({ length: 100 }, (_, i) => i * 40 + [0, 17, 3, 11][i % 4]!)],
  ['a gap of three frames', Array.from({ length: 100 }, (_, i) => (i < 50 ? i : i + 3) * 40)],
  ['times that stand still', Array.from({ length: 100 }, (_, i) => Math.floor(i / 2) * 80)],
])('leaves no hole and does not drift: %s', (_what, times) => {
  const written = write(times);
  const starts = written.map(({ time }) => time);
  expect(starts.slice(1)).toEqual(written.slice(0, -1).map(({ time, duration }) => time + duration));
  expect(Math.max(...starts.slice(60).map((start, i) => Math.abs(start - times[i + 60]!)))).toBeLessThanOrEqual(50);
});
