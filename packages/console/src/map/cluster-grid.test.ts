// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { GLYPHS } from '../cameras/glyphs.ts';
import { CELL, clusterGrid } from './cluster-grid.ts';
import { worldSize, worldX, worldY } from './mercator.ts';

const reachable = GLYPHS.indexOf('reachable');
const glyphIndex = { streaming: GLYPHS.indexOf('streaming'), unreachable: GLYPHS.indexOf('unreachable') };

function pointsAt(places: readonly (readonly [number, number])[], hidden: readonly number[] = []) {
  return {
    x: Float64Array.from(places, ([lon]) => worldX(lon)),
    y: Float64Array.from(places, ([, lat]) => worldY(lat)),
    glyph: new Uint8Array(places.length).fill(reachable),
    visible: Uint8Array.from(places, (_, i) => (hidden.includes(i) ? 0 : 1)),
    visibleCount: places.length - hidden.length,
  };
}

/** A repeatable scatter over a district. */
function scatter(count: number) {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: count }, () => [108 + random() * 0.4, 12.5 + random() * 0.4] as const);
}

describe('clusterGrid', () => {
  it('counts every visible camera exactly once at every zoom', () => {
    const points = pointsAt(scatter(5000), [3, 4, 5]);
    for (const zoom of [4, 9, 12, 14]) {
      const clusters = clusterGrid(points, zoom);
      const sum = clusters.count.subarray(0, clusters.length).reduce((a, b) => a + b, 0);
      expect(sum).toBe(4997);
    }
  });

  it('keeps no cluster wider than its cell', () => {
    const clusters = clusterGrid(pointsAt(scatter(5000)), 13);
    const cell = CELL / worldSize(13);
    for (let at = 0; at < clusters.length; at++) {
      expect(clusters.maxX[at]! - clusters.minX[at]!).toBeLessThanOrEqual(cell);
      expect(clusters.maxY[at]! - clusters.minY[at]!).toBeLessThanOrEqual(cell);
    }
  });

  it('names the one camera of a cell, so that it is drawn as itself', () => {
    const clusters = clusterGrid(
      pointsAt([
        [108, 12.6],
        [109, 12.6],
        [109.000_001, 12.6],
      ]),
      12,
    );
    const alone = [...clusters.count.subarray(0, clusters.length)].indexOf(1);
    expect(clusters.length).toBe(2);
    expect(clusters.member[alone]).toBe(0);
  });

  it('tells how many stream and how many are in trouble', () => {
    const points = pointsAt([
      [108, 12.6],
      [108, 12.6],
      [108, 12.6],
    ]);
    points.glyph[0] = glyphIndex.streaming;
    points.glyph[2] = glyphIndex.unreachable;
    const clusters = clusterGrid(points, 12);
    expect([clusters.count[0], clusters.streaming[0], clusters.troubled[0]]).toEqual([3, 1, 1]);
  });

  it('draws the largest first', () => {
    const clusters = clusterGrid(pointsAt(scatter(2000)), 11);
    const counts = [...clusters.order].map((at) => clusters.count[at]!);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });

  it('has nothing to draw when the filters hide everything', () => {
    expect(clusterGrid(pointsAt([[108, 12.6]], [0]), 12).length).toBe(0);
  });
});
