// SPDX-License-Identifier: AGPL-3.0-or-later
import { blit, SpriteMaker, type Sprite } from './sprite.ts';
import { drawSector, type Sector } from './view-cone.ts';

/** Longer ones are few on a screen, and their sprites would cost more memory than drawing them costs time. */
const LONGEST = 48;
/** A camera whose cone is no sprite yet when there are so many is drawn as a path: a cache that turns over is slower than none. */
const MOST = 1000;
const HEADING_STEP = 5;
const HFOV_STEP = 10;
const REACH_STEP = 2;

/** How a sector is drawn; the index of it in `styles` is what a cone is asked for by. */
export interface ConeStyle {
  colour: string;
  /** 0 for none. */
  fill: number;
  stroke: number;
}

/**
 * Cones of one zoom as pictures. Drawing thousands of arcs takes several frames without a GPU, blitting them a few
 * milliseconds; what is rounded to make few pictures serve many cameras is less than a pixel or two.
 */
export class ConeSprites {
  readonly #styles: readonly ConeStyle[];
  readonly #maker: SpriteMaker;
  readonly #sprites = new Map<number, Sprite>();

  constructor(styles: readonly ConeStyle[], ratio: number) {
    this.#styles = styles;
    this.#maker = new SpriteMaker(ratio);
  }

  draw(ctx: CanvasRenderingContext2D, style: number, sector: Sector): void {
    const sprite = sector.reach > LONGEST ? undefined : this.#sprite(style, sector);
    if (sprite === undefined) paint(ctx, this.#styles[style]!, sector);
    else blit(ctx, sprite, sector.x, sector.y);
  }

  #sprite(style: number, { heading, hfov, reach }: Sector): Sprite | undefined {
    const turn = Math.round(heading / HEADING_STEP) % (360 / HEADING_STEP);
    const width = Math.max(1, Math.round(hfov / HFOV_STEP));
    const length = Math.max(1, Math.round(reach / REACH_STEP));
    const key = ((style * 128 + turn) * 64 + width) * 64 + length;
    const kept = this.#sprites.get(key);
    if (kept !== undefined || this.#sprites.size >= MOST) return kept;
    const made = this.#made(style, turn * HEADING_STEP, width * HFOV_STEP, length * REACH_STEP);
    this.#sprites.set(key, made);
    return made;
  }

  #made(style: number, heading: number, hfov: number, reach: number): Sprite {
    // Even, so that its middle falls on a corner of pixels as the middle of a glyph does.
    const side = 2 * (reach + 2);
    return this.#maker.make(side, (ctx) =>
      paint(ctx, this.#styles[style]!, { x: side / 2, y: side / 2, heading, hfov, reach }),
    );
  }
}

function paint(ctx: CanvasRenderingContext2D, { colour, fill, stroke }: ConeStyle, sector: Sector): void {
  drawSector(ctx, sector, { colour, fill, stroke, width: 1 });
}
