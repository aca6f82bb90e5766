// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AreaKind } from '../city/plan.ts';
import { rough, smooth, speck } from './noise.ts';
import { type Colour, type Paint, type Sample, blend, darken, put } from './surface.ts';

const RED_SOIL: Colour = [158, 106, 74];
const GRASS: Colour = [104, 128, 62];
const DRY_GRASS: Colour = [150, 146, 88];

/** Unbuilt land of the highlands: red basalt soil and grass. */
export const paintOpenGround: Paint = (s) => {
  const patch = smooth(s.east / 7 + 31, s.north / 7 + 7) * 0.6 + smooth(s.east / 2.3, s.north / 2.3 + 9) * 0.4;
  put(s, RED_SOIL);
  blend(s, patch > 0.75 ? DRY_GRASS : GRASS, Math.min(1, Math.max(0, (patch - 0.36) * 5)));
  darken(s, 0.72 + 0.5 * rough(s.east * 1.7, s.north * 1.7));
};

export const paintAsphalt: Paint = (s) => {
  const worn = smooth(s.east / 5, s.north / 5);
  const base = 92 + 20 * worn + 13 * (rough(s.east * 3, s.north * 3) - 0.5);
  put(s, [base * 1.02, base, base * 0.98]);
  if (s.size < 0.03) darken(s, 0.93 + 0.14 * speck(s.east * 22, s.north * 22));
  const patch = smooth(s.east / 9 + 70, s.north / 9 + 50);
  if (patch > 0.72) darken(s, 0.86);
  const crack = Math.abs(smooth(s.east / 1.9 + 5, s.north / 1.9) - 0.5);
  if (crack < 0.005 && s.size < 0.04 && worn > 0.45) darken(s, 0.82);
};

export const paintConcrete: Paint = (s) => {
  const base = 148 + 34 * (rough(s.east, s.north) - 0.5) - 18 * smooth(s.east / 4 + 3, s.north / 4);
  put(s, [base, base * 0.975, base * 0.93]);
};

/** Square tiles in two reds, as every ward lays them. */
export const paintPavement: Paint = (s) => {
  const [e, n] = [s.east / 0.4, s.north / 0.4];
  const dark = (Math.floor(e) + Math.floor(n)) % 2 === 0;
  const tone = s.size > 0.2 ? 0.5 : 1;
  put(s, [171, 138, 118]);
  if (dark) blend(s, [148, 126, 112], tone);
  darken(s, 0.86 + 0.26 * rough(s.east * 0.8, s.north * 0.8));
  if (s.size < 0.04 && (e - Math.floor(e) < 0.06 || n - Math.floor(n) < 0.06)) darken(s, 0.8);
};

export const paintKerb: Paint = (s) => {
  put(s, [184, 180, 170], 0.88 + 0.2 * speck(s.east * 2, s.north * 2));
};

/** Road paint of a colour, worn by traffic. */
export const paintMark =
  (colour: Colour): Paint =>
  (s) => {
    paintAsphalt(s);
    blend(s, colour, 0.62 + 0.3 * rough(s.east * 2, s.north * 2));
  };

const paintGrass: Paint = (s) => {
  put(s, GRASS, 0.7 + 0.6 * rough(s.east * 1.3, s.north * 1.3));
  if (smooth(s.east / 6, s.north / 6) > 0.66) blend(s, DRY_GRASS, 0.5);
};

const paintWater: Paint = (s) => {
  put(s, [92, 118, 118]);
  const ripple = smooth(s.east * 1.2 + s.north * 0.4, s.north * 3.2);
  blend(s, [190, 205, 214], 0.25 + 0.45 * ripple * Math.min(1, s.size * 14 + 0.35));
};

/** Rows of low coffee bushes on red soil. */
const paintRows: Paint = (s) => {
  const row = Math.abs((((((s.east * 0.94 + s.north * 0.34) / 2.8) % 1) + 1) % 1) - 0.5);
  put(s, RED_SOIL, 0.8 + 0.35 * rough(s.east, s.north));
  if (row < 0.3) blend(s, [58, 88, 42], 0.5 + 0.5 * smooth(s.east, s.north));
};

const paintFlagstones: Paint = (s) => {
  const [e, n] = [s.east / 1.2, s.north / 1.2];
  put(s, [186, 178, 164], 0.88 + 0.2 * speck(e, n) * Math.min(1, 0.2 / (s.size + 0.05)));
  if (s.size < 0.06 && (e - Math.floor(e) < 0.03 || n - Math.floor(n) < 0.03)) darken(s, 0.75);
};

const needles: Paint = (s: Sample) => {
  put(s, [120, 104, 66], 0.7 + 0.5 * rough(s.east, s.north));
  blend(s, GRASS, 0.5 * smooth(s.east / 4, s.north / 4));
};

export const AREA_PAINTS: Record<AreaKind, Paint> = {
  park: paintGrass,
  water: paintWater,
  farmland: paintRows,
  forest: needles,
  square: paintFlagstones,
};
