// SPDX-License-Identifier: AGPL-3.0-or-later
import { localFrame } from '@louver/sightline';
import { describe, expect, it } from 'vitest';
import { wireframe, type NearBuilding } from './wireframe.ts';

const position = { lon: 108.05, lat: 12.68, height: 6 };
const aim = { position, heading: 0, tilt: -5, roll: 0, hfov: 70, image: { width: 1280, height: 720 }, range: 80 };
const ground = localFrame(position);

/** A box of 10 by 10 metres whose middle is so many metres east and north of the camera. */
function block(id: string, east: number, north: number, home = true): NearBuilding {
  const corners = [
    [-5, -5],
    [5, -5],
    [5, 5],
    [-5, 5],
    [-5, -5],
  ].map(([e, n]) => [...ground.fromLocal([east + e!, north + n!])]);
  return {
    id,
    use: home ? 'house' : 'office',
    home,
    height: 9,
    minHeight: 0,
    footprint: { type: 'Polygon', coordinates: [corners] },
  };
}

describe('wireframe', () => {
  it('draws what stands before the camera and nothing that stands behind it', () => {
    const { sides, homes } = wireframe(aim, [block('ahead', 0, 30), block('behind', 0, -30)]);
    expect(new Set(sides.map(({ building }) => building))).toEqual(new Set(['ahead']));
    expect(homes).toBe(1);
  });

  it('shows of a box seen from the front its front wall alone, for the roof is above the eye', () => {
    const { sides } = wireframe(aim, [block('ahead', 0, 30)]);
    expect(sides.map(({ kind }) => kind)).toEqual(['wall']);
    expect(sides[0]!.facing).toBeGreaterThan(0.9);
  });

  it('draws the nearer building last, over the farther one', () => {
    const { sides } = wireframe(aim, [block('near', 2, 20), block('far', 0, 50)]);
    const order = sides.map(({ building }) => building);
    expect(order.lastIndexOf('far')).toBeLessThan(order.indexOf('near'));
  });

  it('tells homes from other buildings', () => {
    const { sides } = wireframe(aim, [block('office', 0, 30, false)]);
    expect(sides.every(({ home }) => !home)).toBe(true);
  });

  it('leaves out what is far beyond its reach', () => {
    expect(wireframe(aim, [block('yonder', 0, 300)]).sides).toEqual([]);
  });

  it('puts the horizon above the middle of a camera that looks down, and level', () => {
    const { horizon } = wireframe(aim, []);
    expect(horizon![0][1]).toBeLessThan(360);
    expect(horizon![0][1]).toBeGreaterThan(0);
    expect(horizon![0][1]).toBe(horizon![1][1]);
    expect(wireframe({ ...aim, tilt: -80 }, []).horizon).toBeNull();
  });

  it('tilts the horizon against the roll of the camera', () => {
    const { horizon } = wireframe({ ...aim, tilt: 0, roll: 10 }, []);
    expect(horizon![0][1]).toBeGreaterThan(horizon![1][1]);
  });

  it('lays lines on the ground', () => {
    expect(wireframe(aim, []).ground).toMatch(/^M-?[\d.]+ -?[\d.]+L/);
  });
});
