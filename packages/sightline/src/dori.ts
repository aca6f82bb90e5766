// SPDX-License-Identifier: AGPL-3.0-or-later

/** How recognisable a person would be (IEC 62676-4), best last. */
export type DoriLevel = 'none' | 'detect' | 'observe' | 'recognise' | 'identify';

/** Least pixels per metre of each level, best first. */
export const DORI_PIXELS_PER_METRE: readonly (readonly [DoriLevel, number])[] = [
  ['identify', 250],
  ['recognise', 125],
  ['observe', 62.5],
  ['detect', 25],
  ['none', 0],
];

/** The level that a pixel density reaches; a density exactly on a threshold reaches it. */
export const doriLevel = (pixelsPerMetre: number): DoriLevel =>
  DORI_PIXELS_PER_METRE.find(([, least]) => pixelsPerMetre >= least)?.[0] ?? 'none';

/** 0 for none up to 4 for identify: for sorting and thresholds. */
export const doriRank = (level: DoriLevel): number =>
  DORI_PIXELS_PER_METRE.length - 1 - DORI_PIXELS_PER_METRE.findIndex(([name]) => name === level);
