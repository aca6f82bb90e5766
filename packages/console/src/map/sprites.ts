// SPDX-License-Identifier: AGPL-3.0-or-later
import { GLYPH_PARTS, GLYPHS, type Tone } from '../cameras/glyphs.ts';
import { SpriteMaker, type Sprite } from './sprite.ts';

/** Colours of the map, read from the tokens of the theme that is on. */
export interface MapColours {
  lit: string;
  plain: string;
  quiet: string;
  plate: string;
  select: string;
  cone: string;
  cluster: string;
  clusterInk: string;
  line: string;
}

export function readMapColours(): MapColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    lit: token('--glyph-lit'),
    plain: token('--glyph'),
    quiet: token('--glyph-quiet'),
    plate: token('--glyph-plate'),
    select: token('--glyph-select'),
    cone: token('--cone'),
    cluster: token('--cluster'),
    clusterInk: token('--cluster-ink'),
    line: token('--glyph-quiet'),
  };
}

/** CSS pixels of a glyph's side. */
export const GLYPH_SIZE = 20;

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const labelOf = (count: number) => (count < 1000 ? String(count) : compact.format(count));
export const clusterRadius = (count: number): number => 12 + Math.min(13, Math.log2(count) * 1.5);

/** Everything that stands on the map more than once, drawn once: blitting costs a tenth of drawing paths and text. */
export class Sprites {
  readonly colours: MapColours;
  readonly ratio: number;
  readonly #maker: SpriteMaker;
  readonly #glyphs: Sprite[];
  readonly #clusters = new Map<string, Sprite>();

  constructor(colours: MapColours, ratio: number) {
    this.colours = colours;
    this.ratio = ratio;
    this.#maker = new SpriteMaker(ratio);
    this.#glyphs = GLYPHS.map((glyph) =>
      this.#maker.make(GLYPH_SIZE, (ctx) => {
        for (const part of GLYPH_PARTS[glyph]) {
          const path = new Path2D(part.d);
          if (part.fill !== undefined) {
            ctx.fillStyle = this.#colour(part.fill);
            // eslint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
            ctx.fill(path);
          }
          if (part.stroke === undefined) continue;
          ctx.strokeStyle = this.#colour(part.stroke);
          ctx.lineWidth = part.width ?? 1.5;
          ctx.lineCap = 'round';
          ctx.setLineDash([...(part.dash ?? [])]);
          ctx.stroke(path);
        }
      }),
    );
  }

  glyph(index: number): Sprite {
    return this.#glyphs[index]!;
  }

  /** A plate with the number; an arc of daylight for the share that streams, a notch mark where something is wrong. */
  cluster(count: number, streaming: number, troubled: number): Sprite {
    const share = Math.ceil((streaming / count) * 12);
    const key = `${labelOf(count)} ${Math.round(clusterRadius(count))} ${share} ${troubled > 0}`;
    const kept = this.#clusters.get(key) ?? this.#drawCluster(count, share / 12, troubled > 0);
    this.#clusters.set(key, kept);
    return kept;
  }

  #drawCluster(count: number, share: number, trouble: boolean): Sprite {
    const radius = Math.round(clusterRadius(count));
    const side = radius * 2 + 10;
    const { cluster, clusterInk, line, lit, plate, plain } = this.colours;
    return this.#maker.make(side, (ctx) => {
      const middle = side / 2;
      const circle = (r: number, from = 0, to = Math.PI * 2) => {
        ctx.beginPath();
        ctx.arc(middle, middle, r, from, to);
      };
      circle(radius + 2);
      ctx.fillStyle = plate;
      ctx.fill();
      circle(radius);
      ctx.fillStyle = cluster;
      ctx.fill();
      ctx.strokeStyle = line;
      ctx.lineWidth = 1.25;
      ctx.stroke();
      if (share > 0) {
        circle(radius, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * share);
        ctx.strokeStyle = lit;
        ctx.lineWidth = 3;
        ctx.lineCap = 'round';
        ctx.stroke();
      }
      ctx.fillStyle = clusterInk;
      ctx.font = `600 ${radius > 18 ? 13 : 12}px 'Be Vietnam Pro', sans-serif`;
      ctx.textAlign = 'center';
      ctx.textBaseline = 'middle';
      ctx.fillText(labelOf(count), middle, middle + 0.5);
      if (trouble) this.#drawTrouble(ctx, middle + radius * 0.72, middle - radius * 0.72, plate, plain);
    });
  }

  #drawTrouble(ctx: CanvasRenderingContext2D, x: number, y: number, plate: string, plain: string): void {
    const triangle = (r: number) => {
      ctx.beginPath();
      ctx.moveTo(x, y - r);
      ctx.lineTo(x + r, y + r * 0.8);
      ctx.lineTo(x - r, y + r * 0.8);
      ctx.closePath();
    };
    triangle(6.5);
    ctx.fillStyle = plate;
    ctx.fill();
    triangle(4);
    ctx.fillStyle = plain;
    ctx.fill();
  }

  #colour(tone: Tone): string {
    return this.colours[tone];
  }
}
