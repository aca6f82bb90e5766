// SPDX-License-Identifier: AGPL-3.0-or-later

/** Web Mercator with the world as 0…1, origin top left. */
export const worldX = (lon: number): number => (lon + 180) / 360;

export const worldY = (lat: number): number => {
  const sin = Math.sin((Math.max(-85.051_128_779, Math.min(85.051_128_779, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
};

export const TILE = 256;

/** Pixels of the whole world at a zoom. */
export const worldSize = (zoom: number): number => TILE * 2 ** zoom;

/** Metres of the ground under one pixel. */
export const metresPerPixel = (lat: number, zoom: number): number =>
  (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / worldSize(zoom);
