// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnnexB } from './annexb.ts';
import { payloadsOf } from './payload.ts';

/** What RFC 6184 §5.8 and RFC 7798 §4.4.3 tell a receiver to do. */
function reassembled(payloads: readonly Buffer[], codec: 'h264' | 'h265'): Buffer[] {
  const nals: Buffer[] = [];
  for (const p of payloads) {
    const [a = 0, b = 0, c = 0] = p;
    const fragment = codec === 'h264' ? (a & 0x1f) === 28 : ((a >> 1) & 0x3f) === 49;
    if (!fragment) nals.push(p);
    else if (codec === 'h264') {
      if (b & 0x80) nals.push(Buffer.from([(a & 0xe0) | (b & 0x1f)]));
      nals.push(Buffer.concat([nals.pop() ?? Buffer.alloc(0), p.subarray(2)]));
    } else {
      if (c & 0x80) nals.push(Buffer.from([(a & 0x81) | ((c & 0x3f) << 1), b]));
      nals.push(Buffer.concat([nals.pop() ?? Buffer.alloc(0), p.subarray(3)]));
    }
  }
  return nals;
}

describe('payloadsOf', () => {
  it.each(['h264', 'h265'] as const)('gives a %s receiver back the very NAL units', (codec) => {
    const head = codec === 'h264' ? [0x65, 0x88] : [0x26, 0x01, 0x80];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 9000 }), { minLength: 1, maxLength: 4 }), (sizes) => {
        const nals = sizes.map((size, i) => Buffer.concat([Buffer.from(head), Buffer.alloc(size, i + 1)]));
        const payloads = payloadsOf({ key: true, nals }, codec).map(({ prefix, body }) =>
          Buffer.concat([prefix, body]),
        );
        expect(payloads.every((p) => p.length <= 1400)).toBe(true);
        expect(reassembled(payloads, codec).map((nal) => nal.length)).toEqual(nals.map((nal) => nal.length));
        expect(Buffer.concat(reassembled(payloads, codec)).equals(Buffer.concat(nals))).toBe(true);
      }),
    );
  });
});

describe('readAnnexB', () => {
  const start = Buffer.from([0, 0, 0, 1]);
  const stream = (...nals: number[][]): Buffer => Buffer.concat(nals.flatMap((nal) => [start, Buffer.from(nal)]));
  const [sps, pps] = [
    [0x67, 0x64, 0, 0x1e],
    [0x68, 0xee],
  ];

  it('puts parameter sets before every key frame and joins the slices of a picture', () => {
    const clip = readAnnexB(
      stream(sps, pps, [0x65, 0x88, 1], [0x65, 0x08, 2], [0x41, 0x88, 3], [0x65, 0x88, 4]),
      'h264',
      25,
    );
    expect(clip.units.map((u) => u.key)).toEqual([true, false, true]);
    expect(clip.units.map((u) => u.nals.length)).toEqual([4, 1, 3]);
    expect(clip.units[2]?.nals[0]).toEqual(Buffer.from(sps));
  });

  it('refuses a stream that a client could not start with', () => {
    expect(() => readAnnexB(Buffer.alloc(5000), 'h264', 25)).toThrow('parameter set');
    expect(() => readAnnexB(stream(sps, pps, [0x41, 0x88, 3]), 'h264', 25)).toThrow('key frame');
  });
});
