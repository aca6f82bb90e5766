// SPDX-License-Identifier: AGPL-3.0-or-later

/** A small picture that is drawn in many places. */
export interface Sprite {
  readonly picture: ImageBitmap;
  /** CSS pixels of a side. */
  readonly side: number;
}

/**
 * Makes sprites. A canvas for each would take four times as long, and a thousand are made when a zoom ends; one sheet for
 * all would make drawing a part of it several times slower than drawing a picture of its own.
 */
export class SpriteMaker {
  readonly #ratio: number;
  readonly #canvases = new Map<number, OffscreenCanvas>();

  constructor(ratio: number) {
    this.#ratio = ratio;
  }

  /** @param draw draws into a square of `side` CSS pixels from 0, 0 on */
  make(side: number, draw: (ctx: CanvasRenderingContext2D) => void): Sprite {
    const pixels = Math.ceil(side * this.#ratio);
    const canvas = this.#canvases.get(pixels) ?? new OffscreenCanvas(pixels, pixels);
    this.#canvases.set(pixels, canvas);
    const ctx = canvas.getContext('2d', { willReadFrequently: true });
    if (ctx === null) throw new Error('no canvas can be drawn on');
    ctx.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    ctx.setLineDash([]);
    // It can do all that a page's canvas can, as far as sprites go.
    draw(ctx as unknown as CanvasRenderingContext2D);
    return { picture: canvas.transferToImageBitmap(), side: pixels / this.#ratio };
  }
}

/** Draws a sprite with its middle there, on whole pixels: between two it would be blurred. */
export function blit(ctx: CanvasRenderingContext2D, { picture, side }: Sprite, x: number, y: number): void {
  ctx.drawImage(picture, Math.round(x - side / 2), Math.round(y - side / 2), side, side);
}
