// SPDX-License-Identifier: AGPL-3.0-or-later
// What is painted on walls: u runs along the wall from its left end, v up from the ground, both in metres.
import { type Random, between, pick, seeded } from '../city/random.ts';
import { GLYPH, columnsOf, hasInk } from './font.ts';
import { rough, smooth, speck } from './noise.ts';
import { type Colour, type Sample, blend, darken, put } from './surface.ts';

export type FacadePaint = (sample: Sample, u: number, v: number) => void;

export interface WallSize {
  readonly width: number;
  readonly height: number;
}

const STOREY_M = 3.3;

const WALLS: readonly Colour[] = [
  [238, 214, 152],
  [228, 190, 120],
  [240, 232, 214],
  [205, 224, 214],
  [178, 206, 216],
  [242, 206, 190],
  [224, 178, 168],
  [214, 220, 176],
  [236, 226, 196],
  [196, 198, 214],
  [246, 240, 230],
  [232, 160, 110],
  [168, 196, 166],
  [250, 222, 170],
];
const TRIMS: readonly Colour[] = [
  [250, 246, 236],
  [236, 228, 208],
  [176, 92, 66],
  [120, 84, 62],
  [220, 220, 222],
];
const DOORS: readonly Colour[] = [
  [104, 66, 42],
  [58, 88, 74],
  [62, 82, 112],
  [130, 40, 34],
  [150, 152, 154],
  [92, 96, 98],
];
const SIGNS: readonly Colour[] = [
  [196, 34, 36],
  [22, 92, 160],
  [16, 122, 70],
  [232, 148, 22],
  [236, 200, 36],
  [120, 30, 110],
  [236, 236, 232],
  [14, 128, 140],
];
const WORDS: readonly string[] = [
  'CAFE',
  'PHO BO',
  'TAP HOA',
  'NHA THUOC',
  'SUA XE',
  'COM TAM',
  'BUN BO',
  'THOI TRANG',
  'DIEN MAY',
  'VAT TU',
  'TRA SUA',
  'BANH MI',
  'HOA TUOI',
  'SACH',
  'KINH MAT',
  'GIAT UI',
  'PHOTO',
  'SPA',
  'XE MAY',
  'NOI THAT',
  'RUA XE',
  'GAO',
];
const GLASS: Colour = [70, 88, 98];
const SKY_IN_GLASS: Colour = [168, 190, 204];
const STAIN: Colour = [96, 88, 76];

/** Rain streaks from the top, dirt at the foot. */
function weather(s: Sample, u: number, v: number, height: number, amount: number): void {
  const streak = smooth(u * 3.1 + 9, v * 0.22) * smooth(u * 0.9, v * 0.5 + 40);
  blend(s, STAIN, amount * Math.max(0, streak - 0.26) * (0.35 + (0.8 * v) / height));
  if (v < 0.7) blend(s, STAIN, (0.7 - v) * 0.5 * rough(u * 2, v * 3));
  darken(s, 0.95 + 0.1 * rough(u * 1.3, v * 1.3));
}

/** Pane with a frame; (x, y) from its lower left corner. */
function pane(s: Sample, x: number, y: number, w: number, h: number, frame: Colour, bars: boolean): void {
  const edge = Math.max(0.06, s.size * 0.5);
  if (x < edge || y < edge || x > w - edge || y > h - edge || Math.abs(x - w / 2) < edge / 2) {
    put(s, frame);
    return;
  }
  put(s, GLASS);
  blend(s, SKY_IN_GLASS, 0.22 + 0.4 * smooth(x * 1.4 + y, y * 0.9 + x * 0.3));
  if (y > h * 0.72) darken(s, 0.78);
  if (bars && (x % 0.16) / 0.16 < Math.max(0.16, 0.3 - s.size * 3)) blend(s, frame, s.size > 0.08 ? 0.3 : 0.75);
}

/** Folding iron gate or roller door, (x, y) from its lower left corner. */
function shutter(s: Sample, x: number, y: number, colour: Colour, rolled: boolean): void {
  put(s, colour, 0.94 + 0.12 * speck(x * 3, 1));
  const wave = rolled ? (y % 0.11) / 0.11 : (x % 0.16) / 0.16;
  if (s.size < 0.09) darken(s, 0.8 + 0.3 * wave);
  if (!rolled && Math.abs(y - 1.3) < 0.05) darken(s, 0.7);
}

const GOODS: readonly Colour[] = [
  [150, 60, 48],
  [176, 150, 90],
  [90, 110, 120],
  [200, 190, 170],
  [110, 84, 60],
  [70, 96, 70],
];

/** Open shop: dark inside, shelves of goods, a lamp under the ceiling. */
function interior(s: Sample, u: number, v: number, seed: number): void {
  put(s, [66, 58, 50], 0.55 + 0.22 * v);
  const shelf = v % 0.55;
  if (v < 2.2 && v > 0.25 && shelf > 0.06 && smooth(u * 0.9 + seed, v * 0.4 + seed) > 0.38) {
    const x = u * 6 + seed;
    const tint = speck(x, v / 0.55 + 9);
    if (shelf < 0.2 + 0.3 * speck(x + 31, v / 0.55)) blend(s, GOODS[Math.floor(tint * GOODS.length)] as Colour, 0.55);
  }
  if (v > 2.4) blend(s, [240, 232, 200], 0.3 * smooth(u * 1.5 + seed, 1));
  if (v < 0.25) blend(s, [150, 140, 128], 0.4);
}

function sign(s: Sample, u: number, v: number, wide: number, high: number, colour: Colour, text: string): void {
  put(s, colour, 0.94 + 0.1 * (v / high));
  const border = Math.min(u, v, wide - u, high - v) < 0.05;
  const scale = Math.min((wide * 0.84) / columnsOf(text), (high * 0.72) / GLYPH.height);
  const left = (wide - columnsOf(text) * scale) / 2;
  const top = (high + GLYPH.height * scale) / 2;
  const light = colour[0] + colour[1] + colour[2] > 480;
  const ink: Colour = light ? [170, 30, 30] : [252, 248, 232];
  if (border || hasInk(text, Math.floor((u - left) / scale), Math.floor((top - v) / scale))) put(s, ink);
}

function railing(s: Sample, u: number, v: number, style: number, trim: Colour): void {
  if (v > 0.92 || v < 0.08) put(s, trim, 0.95);
  else if (style < 0.3) put(s, trim, 0.86);
  else if (style < 0.5) blend(s, [150, 176, 180], 0.55);
  else {
    const bar = (u % 0.14) / 0.14 < 0.38;
    const ink: Colour = style < 0.8 ? [52, 52, 54] : trim;
    if (s.size > 0.06) blend(s, ink, 0.42);
    else if (bar) put(s, ink);
  }
}

interface HouseLook {
  readonly wall: Colour;
  readonly trim: Colour;
  readonly door: Colour;
  readonly rolled: boolean;
  readonly open: boolean;
  readonly sign: Colour;
  readonly word: string;
  readonly balcony: boolean;
  readonly rail: number;
  readonly windows: number;
  readonly age: number;
  readonly seed: number;
}

function lookOf(random: Random, shop: boolean): HouseLook {
  return {
    wall: pick(random, WALLS),
    trim: pick(random, TRIMS),
    door: pick(random, DOORS),
    rolled: random() < 0.5,
    open: shop && random() < 0.72,
    sign: pick(random, SIGNS),
    word: pick(random, WORDS),
    balcony: random() < 0.72,
    rail: random(),
    windows: random() < 0.6 ? 1 : 2,
    age: between(random, 0.3, 1.25),
    seed: Math.floor(random() * 200),
  };
}

function groundFloor(s: Sample, u: number, v: number, w: number, look: HouseLook, shop: boolean): void {
  const side = shop ? 0.28 : 0.45;
  const inside = u > side && u < w - side;
  if (shop && v > 2.75 && v < 3.6) sign(s, u - 0.1, v - 2.75, w - 0.2, 0.85, look.sign, look.word);
  else if (!inside || v > 2.65) {
    if (v > 2.65 && v < 2.85) darken(s, 0.6);
    if (!inside && !shop && v < 1.1) blend(s, [126, 106, 92], 0.55);
  } else if (look.open) interior(s, u, v, look.seed);
  else if (!shop && u > w * 0.62 && u < w - side)
    pane(s, u - w * 0.62, v - 0.9, w - side - w * 0.62, 1.5, look.trim, true);
  else shutter(s, u, v, look.door, look.rolled);
  if (!shop && inside && v < 0.9 && u > w * 0.62) put(s, look.wall, 0.86);
}

function upperFloor(s: Sample, u: number, f: number, w: number, floor: number, look: HouseLook): void {
  const recess = look.balcony && u > 0.3 && u < w - 0.3;
  if (f < 0.14) {
    put(s, look.trim, 0.96);
    return;
  }
  if (recess) {
    put(s, look.wall, 0.62 + 0.1 * f - (f > 2.5 ? 0.16 : 0));
    const door = Math.min(2.4, w * 0.55);
    const x = u - (w - door) / 2;
    if (x > 0 && x < door && f < 2.45) pane(s, x, f - 0.14, door, 2.3, look.door, false);
    if (f < 1.15) railing(s, u, f - 0.14, look.rail, look.trim);
    else if (speck(look.seed + floor, 3) > 0.6 && f > 1.5 && f < 2.1 && u < 1.3) blend(s, [206, 208, 206], 0.8); // air conditioner
    if (
      f > 0.2 &&
      f < 0.75 + 0.9 * smooth(u * 2.2 + look.seed, floor * 7.3) &&
      smooth(u * 0.8 + look.seed, floor * 3.1 + 5) > 0.66
    ) {
      put(s, [66, 102, 44], 0.6 + 0.8 * speck(u * 34, f * 34)); // potted plants
    }
    return;
  }
  const wide = look.windows === 1 ? Math.min(2, w * 0.44) : Math.min(1.15, w * 0.26);
  for (let i = 1; i <= look.windows; i++) {
    const x = u - ((w * i) / (look.windows + 1) - wide / 2);
    if (x > -0.12 && x < wide + 0.12 && f > 2.4 && f < 2.55) put(s, look.trim);
    else if (x > -0.1 && x < wide + 0.1 && f > 2.25 && f <= 2.4) darken(s, 0.62);
    else if (x > 0 && x < wide && f > 0.85 && f < 2.3) pane(s, x, f - 0.85, wide, 1.45, look.trim, look.rail > 0.4);
  }
}

/** Street side of a tube house, with a shop below or a gate. */
export function houseFront(id: number, { width: w, height: h }: WallSize, shop: boolean): FacadePaint {
  const look = lookOf(seeded(id), shop);
  const first = shop ? 3.7 : 3.3;
  const floors = Math.max(1, Math.round((h - first - 0.6) / STOREY_M) + 1);
  const storey = floors > 1 ? (h - first - 0.9) / (floors - 1) : 1;
  return (s, u, v) => {
    put(s, look.wall);
    weather(s, u, v, h, look.age);
    if (u < 0.22 || u > w - 0.22) blend(s, look.trim, 0.75);
    if (v < first || floors === 1) groundFloor(s, u, v, w, look, shop);
    else if (v > h - 0.9) {
      // Parapet with a cornice and openings.
      if (v > h - 0.16 || v < h - 0.76) put(s, look.trim);
      else if (look.rail > 0.5 && (u % 0.36) / 0.36 < 0.45) darken(s, 0.55);
    } else upperFloor(s, u, (v - first) % storey, w, Math.floor((v - first) / storey), look);
  };
}

const BARE: readonly Colour[] = [
  [168, 162, 150],
  [184, 176, 160],
  [150, 146, 140],
  [196, 186, 166],
];

/** Sides and backs: plaster, often never painted, with a few small windows. */
export function houseSide(id: number, { width: w, height: h }: WallSize): FacadePaint {
  const random = seeded(id ^ 0x5bd1);
  const painted = random() < 0.35;
  const colour = painted ? lookOf(seeded(id), false).wall : pick(random, BARE);
  const seed = Math.floor(random() * 200);
  return (s, u, v) => {
    put(s, colour, painted ? 0.94 : 0.86 + 0.26 * rough(u * 0.7 + seed, v * 0.7));
    weather(s, u + seed, v, h, 1.5);
    const [cell, f] = [Math.floor(u / 3.6), v % STOREY_M];
    if (f < 0.1 && v > 1) darken(s, 0.88);
    const x = u - cell * 3.6 - 1.2;
    if (
      speck(cell + seed, Math.floor(v / STOREY_M)) > 0.68 &&
      x > 0 &&
      x < 0.9 &&
      u < w - 1 &&
      f > 1.2 &&
      f < 2.3 &&
      v < h - 0.8
    ) {
      pane(s, x, f - 1.2, 0.9, 1.1, [196, 192, 184], true);
    }
  };
}

export interface GridLook {
  readonly wall: Colour;
  readonly frame: Colour;
  /** Width of a bay, metres, and the share of it that is window. */
  readonly bay: number;
  readonly glass: number;
  readonly sign?: { readonly text: string; readonly colour: Colour };
  readonly arcade?: boolean;
}

/** Regular fronts: offices, schools, hospitals, flats. */
export function gridFacade(id: number, { width: w, height: h }: WallSize, look: GridLook): FacadePaint {
  const bays = Math.max(1, Math.round(w / look.bay));
  const bay = w / bays;
  const floors = Math.max(1, Math.floor(h / STOREY_M));
  const storey = (h - 0.9) / floors;
  return (s, u, v) => {
    put(s, look.wall);
    weather(s, u, v, h, 0.6);
    const floor = Math.floor(v / storey);
    const [x, f] = [(u % bay) - (bay * (1 - look.glass)) / 2, v - floor * storey];
    if (v > h - 0.9) {
      if (v > h - 0.15) put(s, look.frame);
    } else if (f < 0.16) put(s, look.frame);
    else if (x > 0 && x < bay * look.glass && f < storey - 0.45) {
      if (look.arcade) {
        put(s, look.wall, 0.5 + 0.1 * f);
        if (x > bay * 0.2 && x < bay * 0.55 && f < 2.3)
          pane(s, x - bay * 0.2, f - 0.16, bay * 0.35, 2.1, [60, 96, 84], false);
        if (f < 1.1) railing(s, u, f - 0.16, 0.2, look.frame);
      } else if (f > 0.8) pane(s, x, f - 0.8, bay * look.glass, storey - 1.25, look.frame, false);
      if (!look.arcade && floor > 0 && speck(Math.floor(u / bay) + id, floor) > 0.8 && f < 0.75)
        put(s, [208, 208, 204], 0.9);
    }
    if (look.sign && v > 3 && v < 4.1 && Math.abs(u - w / 2) < Math.min(6, w * 0.4)) {
      const wide = 2 * Math.min(6, w * 0.4);
      sign(s, u - w / 2 + wide / 2, v - 3, wide, 1.1, look.sign.colour, look.sign.text);
    }
  };
}

/** Corrugated sheet walls with a roller door, for sheds and market halls. */
export function sheetWall(colour: Colour, { width: w, height: h }: WallSize, text?: string): FacadePaint {
  return (s, u, v) => {
    put(s, colour);
    if (s.size < 0.12) darken(s, 0.86 + 0.22 * ((u % 0.3) / 0.3));
    weather(s, u, v, h, 0.9);
    const x = ((u + 1) % 9) - 2;
    if (v < 1.2) put(s, [170, 164, 152], 0.9);
    if (x > 0 && x < 4.6 && v < 4 && u < w - 2) shutter(s, x, v, [132, 138, 142], true);
    if (text && v > h - 2.4 && v < h - 0.8 && Math.abs(u - w / 2) < 8)
      sign(s, u - w / 2 + 8, v - h + 2.4, 16, 1.6, [176, 30, 34], text);
  };
}
