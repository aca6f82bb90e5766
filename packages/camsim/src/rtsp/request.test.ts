// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedRequest, RequestReader } from './request.ts';

const TEXT = Buffer.from(
  'OPTIONS rtsp://h/a RTSP/1.0\r\nCSeq: 1\r\n\r\n$\0\0\u0003abcSET_PARAMETER rtsp://h/a RTSP/1.0\r\nCSeq: 2\r\nContent-Length: 4\r\n\r\nbodyPLAY rtsp://h/a RTSP/1.0\r\nSession: x\r\n\r\n',
  'latin1',
);

describe('RequestReader', () => {
  it('finds the same requests however the bytes arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: TEXT.length - 1 }), { maxLength: 20 }), (cuts) => {
        const reader = new RequestReader();
        const edges = [0, ...new Set(cuts.toSorted((a, b) => a - b)), TEXT.length];
        const found = edges.slice(1).flatMap((edge, i) => reader.push(TEXT.subarray(edges[i], edge)));
        expect(found.map((r) => r.method)).toEqual(['OPTIONS', 'SET_PARAMETER', 'PLAY']);
        expect(found[2]?.headers.get('session')).toBe('x');
      }),
    );
  });

  it('meets any other bytes with patience or one error', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 4000 }), { maxLength: 5 }), (chunks) => {
        const reader = new RequestReader();
        try {
          for (const chunk of chunks) reader.push(Buffer.from(chunk));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedRequest);
        }
      }),
    );
  });

  it('does not collect a head without end', () => {
    const reader = new RequestReader();
    expect(() => {
      for (let i = 0; i < 100; i++) reader.push(Buffer.alloc(1000, 'a'));
    }).toThrow(MalformedRequest);
  });
});
