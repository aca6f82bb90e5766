// SPDX-License-Identifier: AGPL-3.0-or-later
// Two worlds that look alike outside the masks and have nothing in common inside. Whoever sees only the masked picture
// must not be able to tell in which one he is.
import type { FrameSize, MaskPolygons } from '@louver/contract';
import { isInside } from './pictures.ts';

/** Odd corners, thin ends, one on the left and bottom border, one in the upper right corner. */
export const AWKWARD: MaskPolygons = [
  [
    [0.157, 0.1847],
    [0.368, 0.1486],
    [0.3961, 0.3903],
    [0.2711, 0.4764],
    [0.1508, 0.3708],
  ],
  [
    [0.6258, 0.5875],
    [0.8211, 0.5569],
    [0.9086, 0.7403],
    [0.8805, 0.9292],
    [0.643, 0.9125],
  ],
  [
    [0.4695, 0.2792],
    [0.5742, 0.2653],
    [0.5289, 0.4514],
  ],
  [
    [0, 0.6944],
    [0.0711, 0.6667],
    [0.1039, 1],
    [0, 1],
  ],
  [
    [0.93, 0],
    [1, 0],
    [1, 0.13],
  ],
];

/** Mulberry32: the same numbers everywhere, for ever. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type World = 'A' | 'B';

interface Layout {
  readonly luma: Uint8Array;
  readonly chroma: Uint8Array;
}

const layouts = new Map<string, Layout>();

/** A sample belongs to the private inside when any point of its square does; a chroma sample when any of its four does. */
function layout(frame: FrameSize, polygons: MaskPolygons): Layout {
  const name = JSON.stringify([frame, polygons]);
  const known = layouts.get(name) ?? measure(frame, polygons);
  layouts.set(name, known);
  return known;
}

function measure({ width, height }: FrameSize, polygons: MaskPolygons): Layout {
  const luma = new Uint8Array(width * height);
  const across = (width + 1) >> 1;
  const chroma = new Uint8Array(across * ((height + 1) >> 1));
  const within = [0.01, 0.5, 0.99];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = within.some((dy) =>
        within.some((dx) => polygons.some((polygon) => isInside(polygon, (x + dx) / width, (y + dy) / height))),
      );
      if (!inside) continue;
      luma[y * width + x] = 1;
      chroma[(y >> 1) * across + (x >> 1)] = 1;
    }
  }
  return { luma, chroma };
}

/** Raw 4:2:0 frames: noise and a moving object outside; inside blocks of saturated colour that change with every frame. */
export function paintWorld(world: World, frame: FrameSize, polygons: MaskPolygons, frames: number): Buffer {
  const { width } = frame;
  const { luma, chroma } = layout(frame, polygons);
  const outside = random(99);
  const inside = random(world === 'A' ? 1 : 2);
  const pictures: Buffer[] = [];
  for (let n = 0; n < frames; n++) {
    const [y, u, v] = [Buffer.alloc(luma.length), Buffer.alloc(chroma.length), Buffer.alloc(chroma.length)];
    for (let i = 0; i < luma.length; i++) {
      const [px, py] = [i % width, Math.floor(i / width)];
      y[i] = 90 + (((px * 3 + py * 5) >> 4) % 60) + ((outside() * 9) | 0);
      if (py > 4 && py < 20 && px >= (n * 11) % width && px < ((n * 11) % width) + 16) y[i] = (px ^ py) & 4 ? 220 : 30;
    }
    for (let i = 0; i < chroma.length; i++) [u[i], v[i]] = [125 + ((outside() * 7) | 0), 125 + ((outside() * 7) | 0)];
    const block = Array.from({ length: 256 }, () => inside());
    const at = (i: number, across: number, cell: number) =>
      block[(Math.floor((i % across) / cell) * 31 + Math.floor(i / across / cell) * 17 + n) & 255]!;
    for (let i = 0; i < luma.length; i++)
      if (luma[i]) y[i] = world === 'A' ? 16 + at(i, width, 4) * 110 : 120 + at(i, width, 4) * 115;
    for (let i = 0; i < chroma.length; i++) {
      if (!chroma[i]) continue;
      const r = at(i, (width + 1) >> 1, 2);
      [u[i], v[i]] = world === 'A' ? [20 + r * 60, 200 + r * 40] : [180 + r * 60, 30 + r * 60];
    }
    pictures.push(y, u, v);
  }
  return Buffer.concat(pictures);
}
