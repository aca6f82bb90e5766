// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFragment, anInit, collect, words } from '../testing/boxes.ts';
import { readInit, retimed, upright } from './fmp4.ts';

describe('splitting', () => {
  it('gives the same segments however the bytes are cut', () => {
    const stream = Buffer.concat([anInit(), aFragment({ key: true, time: 3600 }), aFragment({ time: 7200 })]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 12 }), (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const { inits, fragments } = collect(...edges.slice(1).map((end, i) => stream.subarray(edges[i], end)));
        expect(Buffer.concat([inits[0]!.bytes, ...fragments.map(({ bytes }) => bytes)]).equals(stream)).toBe(true);
      }),
    );
  });

  it('reads size, timescale, times, durations and key frames', () => {
    const { inits, fragments } = collect(
      anInit(),
      aFragment({ key: true, time: 2 ** 33 }),
      aFragment({ time: 2 ** 33 + 3600 }),
    );
    expect(inits[0]).toMatchObject({ format: 'avc1', timescale: 90_000, size: { width: 1280, height: 720 } });
    expect(fragments.map(({ key, time, duration, samples }) => ({ key, time, duration, samples }))).toEqual([
      { key: true, time: 2 ** 33, duration: 3600, samples: 1 },
      { key: false, time: 2 ** 33 + 3600, duration: 3600, samples: 1 },
    ]);
    expect(fragments[0]!.payload.toString()).toBe('picture');
  });
});

describe('refusing', () => {
  const header = (size: number, type: string) => Buffer.concat([words(size), Buffer.from(type, 'latin1')]);
  it.each([
    ['a box that claims 4 GB', header(0xffff_ffff, 'mdat'), 'before moov|bytes'],
    ['a box without end', header(0, 'ftyp'), 'sensible'],
    ['a 64-bit box', header(1, 'ftyp'), 'sensible'],
    ['zeros', Buffer.alloc(64), 'sensible'],
    ['noise', Buffer.from(Array.from({ length: 64 }, (_, i) => (i * 7919) & 255)), 'sensible|unexpected'],
    ['a fragment before the init segment', aFragment(), 'before moov'],
    ['an init segment above its bound', header(2_000_000, 'moov'), 'bytes'],
  ])('stops at %s', (_name, bytes, message) => {
    expect(() => collect(bytes)).toThrow(new RegExp(message));
  });

  it('never reads outside what it was given, whatever a camera does to the bytes', () => {
    const stream = Buffer.concat([anInit(), aFragment({ key: true })]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(stream.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const damaged = Buffer.from(stream);
        for (const [at, value] of changes) damaged[at] = value;
        try {
          collect(damaged);
        } catch (error) {
          expect((error as Error).name).toBe('NotMp4');
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('moves a frame in time and leaves the original alone', () => {
  const [fragment] = collect(anInit(), aFragment({ time: 5, payload: Buffer.from('same') })).fragments;
  const moved = retimed(fragment!, 2 ** 34 + 7, 42);
  expect(collect(anInit(), moved.bytes).fragments[0]).toMatchObject({ time: 2 ** 34 + 7, duration: 3600 });
  expect(moved.payload.toString()).toBe('same');
  expect(collect(anInit(), fragment!.bytes).fragments[0]!.time).toBe(5);
});

it('sets a turned track upright and changes nothing else', () => {
  const turned = readInit(anInit());
  const straight = upright(turned);
  const differs = [...straight.bytes.keys()].filter((i) => straight.bytes[i] !== turned.bytes[i]);
  expect(straight.bytes.length).toBe(turned.bytes.length);
  expect(differs.length).toBeGreaterThan(0);
  expect(differs.at(-1)! - differs[0]!).toBeLessThan(36);
});
