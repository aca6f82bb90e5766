// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Local, type Projector, type Vec3, convexHull, dot } from '@louver/sightline';
import type { Figure } from './figures.ts';
import { SUN, lightOn } from './light.ts';
import { eachSpan } from './spans.ts';
import type { Still } from './still.ts';
import type { Placed } from './traffic.ts';
import type { Affine } from './view.ts';
import { type Frame, yuvOf } from './yuv.ts';

/** Top byte of a sample: nothing moves here, a colour, or a shadow on what is behind. */
const PAINTED = 1 << 24;
const SHADOW = 2 << 24;
const SHADOW_LIGHT = 0.6;

/** Nothing that moves is larger than this around its middle, metres. */
const LARGEST_M = 4;

function isInView(camera: Projector, [e, n]: Local): boolean {
  const [right, down, ahead] = camera.toCamera([e, n, 1]);
  if (ahead < -LARGEST_M) return false;
  const reach = Math.max(0.5, ahead);
  return (
    Math.abs(right) < LARGEST_M + (reach * camera.width) / 2 / camera.focal &&
    Math.abs(down) < LARGEST_M + (reach * camera.height) / 2 / camera.focal
  );
}

const bounds = new WeakMap<Figure, readonly Vec3[]>();

/** The eight corners around a figure in its own axes, drawn in a little: nothing that moves is a full box. */
function boundsOf(figure: Figure): readonly Vec3[] {
  let corners = bounds.get(figure);
  if (!corners) {
    const low = [0, 0, 0];
    const high = [0, 0, 0];
    for (const { ring } of figure) {
      for (const p of ring) {
        for (let i = 0; i < 3; i++) {
          low[i] = Math.min(low[i] as number, p[i] as number);
          high[i] = Math.max(high[i] as number, p[i] as number);
        }
      }
    }
    const at = (i: number, bit: number): number => ((bit ? high[i] : low[i]) as number) * 0.92;
    corners = Array.from({ length: 8 }, (_, k): Vec3 => [at(0, k & 1), at(1, k & 2), k & 4 ? at(2, 1) : 0]);
    bounds.set(figure, corners);
  }
  return corners;
}

/** Draws what moves over a still, hidden by what is nearer, with the still's own four samples a pixel. */
export class MotionLayer {
  readonly #still: Still;
  readonly #near: Float32Array;
  readonly #ink: Uint32Array;
  /** Columns touched in each row of samples since the last frame. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;

  constructor(still: Still) {
    const { width, height } = still.view;
    this.#still = still;
    this.#near = new Float32Array(width * height);
    this.#ink = new Uint32Array(width * height);
    this.#from = new Int32Array(height).fill(width);
    this.#to = new Int32Array(height).fill(-1);
  }

  draw({ figure, at, way }: Placed): void {
    const { sun, view } = this.#still;
    const eye = view.camera.eye;
    if (!isInView(view.camera, at)) return;
    const share = sun.reaches(at[0], at[1], 0.9, 0.5);
    if (share > 0.5) this.#drawShadow(figure, at, way);
    const turned = ([x, y, z]: Vec3): Vec3 => [x * way[0] - y * way[1], x * way[1] + y * way[0], z];
    const [ex, ey] = [eye[0] - at[0], eye[1] - at[1]];
    const fromModel: Vec3 = [ex * way[0] + ey * way[1], ey * way[0] - ex * way[1], eye[2]];
    for (const { ring, normal, colour } of figure) {
      // In the model's own axes, because half of all faces look away and need not be turned.
      const first = ring[0] as Vec3;
      if (dot(normal, first) >= dot(normal, fromModel)) continue;
      const facing = turned(normal);
      const light = lightOn(facing, share);
      const [y, u, v] = yuvOf([colour[0] * light, colour[1] * light, colour[2] * light]);
      const world = ring.map((p): Vec3 => {
        const [x, n, z] = turned(p);
        return [at[0] + x, at[1] + n, z];
      });
      const plane = view.inverseDepth(facing, world[0] as Vec3);
      if (plane) this.#fill(world, plane, (PAINTED | (v << 16) | (u << 8) | y) >>> 0);
    }
  }

  /** What the box around a figure throws on the ground. */
  #drawShadow(figure: Figure, at: Local, way: Local): void {
    const cast = boundsOf(figure).map(([x, y, u]): Local => [
      at[0] + x * way[0] - y * way[1] - (SUN[0] / SUN[2]) * u,
      at[1] + x * way[1] + y * way[0] - (SUN[1] / SUN[2]) * u,
    ]);
    const plane = this.#still.view.inverseDepth([0, 0, 1], [0, 0, 0]);
    const hull = convexHull(cast);
    if (plane && hull.length >= 3)
      this.#fill(
        hull.map(([e, n]): Vec3 => [e, n, 0]),
        plane,
        SHADOW,
      );
  }

  #fill(ring: readonly Vec3[], { a, b, c }: Affine, ink: number): void {
    const { view, near: behind } = this.#still;
    const screen = view.toScreen(ring);
    if (screen.length < 3) return;
    eachSpan([screen], view.width, view.height, (y, x1, x2) => {
      const row = b * y + c;
      if (x1 < (this.#from[y] as number)) this.#from[y] = x1;
      if (x2 > (this.#to[y] as number)) this.#to[y] = x2;
      for (let x = x1, i = y * view.width + x1; x < x2; x++, i++) {
        const value = Math.fround(row + a * x);
        if (value < (behind[i] as number) || value <= (this.#near[i] as number)) continue;
        this.#near[i] = value;
        this.#ink[i] = ink;
      }
    });
  }

  /** Puts everything drawn since the last call onto a frame that holds the still, and forgets it. */
  flush(frame: Frame): void {
    const { width } = this.#still.view;
    for (let row = 0; row < this.#from.length; row += 4) {
      let [from, to] = [width, -1];
      for (let r = row; r < row + 4; r++) {
        from = Math.min(from, this.#from[r] as number);
        to = Math.max(to, this.#to[r] as number);
      }
      // Whole blocks of 2x2 pixels, which share their colour in 4:2:0.
      for (let x = from - (from % 4); x < to; x += 4) this.#block(frame, x, row);
      for (let r = row; r < row + 4; r++) {
        if ((this.#to[r] as number) < 0) continue;
        this.#ink.fill(0, r * width + (this.#from[r] as number), r * width + (this.#to[r] as number));
        this.#near.fill(0, r * width + (this.#from[r] as number), r * width + (this.#to[r] as number));
        this.#from[r] = width;
        this.#to[r] = -1;
      }
    }
  }

  #block(frame: Frame, x: number, row: number): void {
    const { width } = this.#still.view;
    let any = 0;
    for (let r = row; r < row + 4; r++) {
      const i = r * width + x;
      any |=
        (this.#ink[i] as number) |
        (this.#ink[i + 1] as number) |
        (this.#ink[i + 2] as number) |
        (this.#ink[i + 3] as number);
    }
    if (any === 0) return;
    let [painted, u, v] = [0, 0, 0];
    for (let p = 0; p < 4; p++) {
      const pixel = (row / 2 + (p >> 1)) * frame.width + x / 2 + (p & 1);
      const behind = frame.y[pixel] as number;
      let luma = 0;
      for (let s = 0; s < 4; s++) {
        const ink = this.#ink[(row + (p >> 1) * 2 + (s >> 1)) * width + x + (p & 1) * 2 + (s & 1)] as number;
        if (ink >>> 24 === 1) {
          luma += ink & 0xff;
          u += (ink >> 8) & 0xff;
          v += (ink >> 16) & 0xff;
          painted++;
        } else luma += ink ? 16 + (behind - 16) * SHADOW_LIGHT : behind;
      }
      frame.y[pixel] = luma / 4;
    }
    if (!painted) return;
    const chroma = (row / 4) * (frame.width / 2) + x / 4;
    frame.u[chroma] = ((frame.u[chroma] as number) * (16 - painted) + u) / 16;
    frame.v[chroma] = ((frame.v[chroma] as number) * (16 - painted) + v) / 16;
  }
}
