// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localFrame } from './local-frame.ts';

describe('localFrame', () => {
  it('goes to metres and back without losing a millimetre', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -179, max: 179, noNaN: true }),
        fc.double({ min: -70, max: 70, noNaN: true }),
        fc.double({ min: -2000, max: 2000, noNaN: true }),
        fc.double({ min: -2000, max: 2000, noNaN: true }),
        (lon, lat, east, north) => {
          const frame = localFrame({ lon, lat });
          const back = frame.toLocal(frame.fromLocal([east, north]));
          expect(back[0]).toBeCloseTo(east, 3);
          expect(back[1]).toBeCloseTo(north, 3);
        },
      ),
    );
  });

  it('has the length of a degree that geodesy tables give', () => {
    // 110.574 km of meridian and 111.320 km of parallel at the equator; 111.412 km and 55.800 km at 60 degrees.
    const equator = localFrame({ lon: 0, lat: 0 });
    expect(equator.toLocal([0, 1])[1]).toBeCloseTo(110_574, -1);
    expect(equator.toLocal([1, 0])[0]).toBeCloseTo(111_320, -1);
    const north = localFrame({ lon: 0, lat: 60 });
    expect(north.toLocal([0, 61])[1]).toBeCloseTo(111_412, -1);
    expect(north.toLocal([1, 60])[0]).toBeCloseTo(55_800, -1);
  });

  it('takes the short way across the date line', () => {
    const frame = localFrame({ lon: 179.999, lat: 0 });
    expect(frame.toLocal([-179.999, 0])[0]).toBeCloseTo(222.64, 1);
    expect(frame.fromLocal([222.64, 0])[0]).toBeCloseTo(-179.999, 6);
  });
});
