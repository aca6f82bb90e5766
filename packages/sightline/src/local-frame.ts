// SPDX-License-Identifier: AGPL-3.0-or-later

/** Longitude, latitude in degrees, WGS84 (GeoJSON axis order). */
export type LonLat = readonly [number, number];

/** East, north in metres from a frame's origin. */
export type Local = readonly [number, number];

export interface LocalFrame {
  /** Degrees to metres. The shorter way round is taken across the date line. */
  toLocal(point: LonLat): Local;
  /** Metres to degrees; the longitude comes back in [-180, 180). */
  fromLocal(point: Local): LonLat;
}

const SEMI_MAJOR_M = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING);
const RAD = Math.PI / 180;

const wrapDegrees = (lon: number): number =>
  lon >= -180 && lon < 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180;

/**
 * Plane metres around a point, from the two WGS84 radii of curvature there.
 * Good to about a centimetre at 500 m, which is beyond what any camera resolves.
 */
export function localFrame(origin: { lon: number; lat: number }): LocalFrame {
  const sin = Math.sin(origin.lat * RAD);
  const w2 = 1 - ECCENTRICITY_2 * sin * sin;
  const meridian = (SEMI_MAJOR_M * (1 - ECCENTRICITY_2)) / w2 ** 1.5;
  const parallel = (SEMI_MAJOR_M / Math.sqrt(w2)) * Math.cos(origin.lat * RAD);
  return {
    toLocal: ([lon, lat]) => [wrapDegrees(lon - origin.lon) * RAD * parallel, (lat - origin.lat) * RAD * meridian],
    fromLocal: ([east, north]) => [
      wrapDegrees(origin.lon + east / (RAD * parallel)),
      origin.lat + north / (RAD * meridian),
    ],
  };
}
