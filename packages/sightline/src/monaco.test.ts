// SPDX-License-Identifier: AGPL-3.0-or-later
// Real open data lies beside the repository and is not part of it; where it is not there, these tests are skipped and shown so.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Footprint, footprintDistance, isSimple, localFrame, measure } from './index.ts';
import type { LonLat } from './local-frame.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = join(resolve(ROOT, process.env.LOUVER_SHARED ?? '../shared'), 'data');

interface Feature<G> {
  properties: Record<string, unknown> & { id: string; building: string };
  geometry: G;
}
const read = <G>(name: string): Feature<G>[] =>
  (JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { features: Feature<G>[] }).features;

describe.skipIf(!existsSync(FOLDER))('Monaco', () => {
  const load = () => ({
    buildings: read<Footprint>('buildings_monaco_osm.geojson'),
    cameras: read<{ coordinates: LonLat }>('cameras_monaco_osm.geojson').map((camera) => camera.geometry.coordinates),
  });

  it('has 17 of 32 cameras within 35 m of a residential building, 5 within 10 m, the nearest at 2.3 m', () => {
    const { buildings, cameras } = load();
    const homes = buildings.filter(({ properties }) => properties.residential === true);
    const nearest = cameras.map(([lon, lat]) => {
      const frame = localFrame({ lon, lat });
      return Math.min(...homes.map(({ geometry }) => footprintDistance(geometry, frame)));
    });
    expect(nearest).toHaveLength(32);
    expect(nearest.filter((metres) => metres <= 35)).toHaveLength(17);
    expect(nearest.filter((metres) => metres <= 10)).toHaveLength(5);
    expect(Math.min(...nearest)).toBeCloseTo(2.3, 1);
  });

  it('gives every camera proper masks, and no home nearer than its footprint', { timeout: 60_000 }, () => {
    const { buildings, cameras } = load();
    const standing = buildings.map(({ properties, geometry }) => ({
      id: properties.id,
      home: properties.residential === true,
      height: 12,
      minHeight: 0,
      footprint: geometry,
    }));
    const footprints = new Map(buildings.map(({ properties, geometry }) => [properties.id, geometry]));
    let seen = 0;
    for (const [lon, lat] of cameras) {
      const aim = {
        ...{ heading: 240, tilt: -10, roll: 0, hfov: 90, range: 100, image: { width: 1920, height: 1080 } },
        position: { lon, lat, height: 5 },
      };
      const { polygons, exposures } = measure(aim, standing);
      expect(polygons.every(isSimple)).toBe(true);
      for (const { buildingId, distanceMetres } of exposures) {
        const least = footprintDistance(footprints.get(buildingId) as Footprint, localFrame({ lon, lat }));
        expect(distanceMetres).toBeGreaterThan(least - 0.01);
        expect(least).toBeLessThanOrEqual(100);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(20);
  });
});
