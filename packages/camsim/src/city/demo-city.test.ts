// SPDX-License-Identifier: AGPL-3.0-or-later
import { isHome } from '@louver/contract';
import { contains, isSimple, localFrame, projector, signedArea } from '@louver/sightline';
import { describe, expect, it } from 'vitest';
import { CITY_CENTRE, type Polygon, demoCity } from './demo-city.ts';
import { overlap } from './plane.ts';

const city = demoCity();
const frame = localFrame(CITY_CENTRE);
const local = (polygon: Polygon) => (polygon.coordinates[0] ?? []).slice(1).map((p) => frame.toLocal(p));

describe('the demo city', () => {
  it('is the same every time', () => {
    expect(demoCity()).toEqual(city);
  });

  it('has three wards, 1,500 buildings, 454 cameras and 14 streams', () => {
    expect(city.wards.map((w) => w.jurisdiction)).toEqual(['vn.p66.hoa_sua', 'vn.p66.ben_gio', 'vn.p66.doi_thong']);
    expect(city.buildings).toHaveLength(1500);
    expect(city.cameras).toHaveLength(454);
    expect(city.cameras.filter((c) => c.streaming)).toHaveLength(14);
    expect(city.cameras.filter((c) => c.streaming === 'homes').length).toBeGreaterThanOrEqual(5);
    expect(new Set(city.buildings.map((b) => b.use)).size).toBeGreaterThanOrEqual(10);
  });

  it('gives every camera, building, street and area a name of its own', () => {
    for (const ids of [
      city.cameras.map((c) => c.code),
      city.buildings.map((b) => b.id),
      city.streets.map((s) => s.id),
      city.areas.map((a) => a.id),
    ]) {
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('has closed, counter-clockwise polygons that do not cross themselves', () => {
    for (const { polygon } of [
      ...city.wards,
      ...city.areas,
      ...city.buildings.map((b) => ({ polygon: b.footprint })),
    ]) {
      const ring = polygon.coordinates[0] ?? [];
      expect(ring[0]).toEqual(ring.at(-1));
      expect(isSimple(local(polygon))).toBe(true);
      expect(signedArea(local(polygon))).toBeGreaterThan(0);
    }
  });

  it("keeps every camera and building in the ward that it names, and codes with the ward's prefix", () => {
    for (const camera of city.cameras) {
      const ward = city.wards.find((w) => w.key === camera.ward);
      expect(ward && contains(local(ward.polygon), frame.toLocal(camera.location.coordinates))).toBe(true);
      expect(camera.code).toMatch(new RegExp(`^${ward?.prefix}-\\d{4}$`));
      expect(camera.aim.position).toMatchObject({
        lon: camera.location.coordinates[0],
        lat: camera.location.coordinates[1],
      });
    }
    const counts = city.wards.map((w) => city.buildings.filter((b) => b.ward === w.key).length);
    expect(Math.min(...counts)).toBeGreaterThan(200);
  });

  it('builds no house into another or onto a street', () => {
    const rings = city.buildings.map((b) => local(b.footprint));
    const lines = city.streets.map((s) => s.line.coordinates.map((p) => frame.toLocal(p)));
    const points = lines.flat();
    const far = (a: readonly number[], b: readonly number[]): number =>
      Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0));
    const built = rings.filter((ring, i) => {
      const corner = ring[0] ?? [0, 0];
      return (
        rings.some((other, j) => j > i && far(other[0] ?? [0, 0], corner) < 40 && overlap(ring, other)) ||
        points.some((p) => far(p, corner) < 80 && contains(ring, p))
      );
    });
    expect(built).toEqual([]);
  });

  it('puts no camera inside a building', () => {
    const rings = city.buildings.map((b) => local(b.footprint));
    const inside = city.cameras.filter((c) => {
      const at = frame.toLocal(c.location.coordinates);
      return rings.some((ring) => contains(ring, at));
    });
    expect(inside).toEqual([]);
  });

  it('has aims that a projector accepts, of cameras that the register can describe', () => {
    for (const camera of city.cameras) {
      expect(() => projector(camera.aim)).not.toThrow();
      expect(camera.aim.heading).toBeGreaterThanOrEqual(0);
      expect(camera.aim.heading).toBeLessThan(360);
      for (const text of [camera.name, camera.owner, camera.operator, camera.purpose]) expect(text.trim()).not.toBe('');
    }
    expect(new Set(city.cameras.map((c) => c.hostPremises))).toContain('private-house');
    expect(city.buildings.filter(({ use }) => isHome(use)).length).toBeGreaterThan(1000);
  });
});
