// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { BoundingBox, longitudeSpans } from './geo.ts';

describe('BoundingBox', () => {
  it('reads west, south, east, north', () => {
    expect(BoundingBox.parse('108,12.6,108.1,12.7')).toEqual({ west: 108, south: 12.6, east: 108.1, north: 12.7 });
  });

  it.each(['', '1,2,3', '1,2,3,x', '1,2,,4', '1,50,2,40', '0,-91,1,0', '0,0,1,Infinity'])('refuses %j', (text) => {
    expect(BoundingBox.safeParse(text).success).toBe(false);
  });
});

describe('longitudeSpans', () => {
  it.each([
    [{ west: 108, east: 109 }, [[108, 109]]],
    [
      { west: 170, east: -170 },
      [
        [170, 180],
        [-180, -170],
      ],
    ],
    [
      { west: 170, east: 190 },
      [
        [170, 180],
        [-180, -170],
      ],
    ],
    [
      { west: -190, east: -170 },
      [
        [170, 180],
        [-180, -170],
      ],
    ],
    [{ west: -180, east: 180 }, [[-180, 180]]],
    [{ west: -500, east: 500 }, [[-180, 180]]],
    [{ west: 179, east: 180 }, [[179, 180]]],
  ])('splits %j at the date line', (box, spans) => {
    expect(longitudeSpans(box)).toEqual(spans);
  });
});
