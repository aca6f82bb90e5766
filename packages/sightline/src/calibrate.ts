// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';
import { type Fit, type Residuals, leastSquares, solve } from './least-squares.ts';
import { type LonLat, localFrame } from './local-frame.ts';
import { projector } from './projector.ts';
import { type Vec3, cross, dot } from './vec3.ts';

/** A place that somebody has found both on the picture and on the map. */
export interface Match {
  /** Fractions of the frame's width and height, origin top left. */
  readonly pixel: readonly [x: number, y: number];
  /** Degrees WGS84. */
  readonly place: LonLat;
  /** Metres above the ground: 0 for a kerb, the eaves' height for a corner of a roof. */
  readonly height?: number;
}

const AXES = ['pan', 'tilt', 'roll', 'hfov'] as const;

export type Turned = Pick<Aim, 'heading' | 'tilt' | 'roll' | 'hfov'>;

/** Standard deviations in degrees: about the camera's own axes (up, right, forward), and of the field of view. */
export type Uncertainty = Readonly<Record<(typeof AXES)[number], number>>;

export interface Calibration {
  readonly turned: Turned;
  /** How far off the matches are on the frame, root of the mean square, in pixels … */
  readonly errorPixels: number;
  /** … and as an angle at the camera, in degrees. */
  readonly errorDegrees: number;
  /** How far off each match is, in pixels. */
  readonly offPixels: readonly number[];
  /** If every match is as far off as these are, or as a steady hand clicks. */
  readonly uncertainty: Uncertainty;
}

/** Why matches say nothing of where a camera looks. */
export type NoCalibration =
  | { readonly kind: 'too-few'; readonly least: number }
  /** Two matches name the same place or the same pixel. */
  | { readonly kind: 'same'; readonly matches: readonly [number, number] }
  /** So near that a hand's breadth on the map turns everything. */
  | { readonly kind: 'at-camera'; readonly match: number }
  /** They lie so close together in the frame, or so much in one line, that the angle named could be anything. */
  | { readonly kind: 'weak'; readonly angle: keyof Uncertainty; readonly degrees: number }
  /** No aim puts them where they are. Without the match `worst` the others fit best. */
  | { readonly kind: 'no-fit'; readonly errorDegrees: number; readonly worst: number };

export const LEAST_MATCHES = 4;
/** Nearer is no direction, in metres. */
const LEAST_DISTANCE_M = 2;
/** How exactly a hand clicks: this part of the frame's width. */
const HAND = 0.002;
/** Masks reach a degree beyond a home, of which calibration may use a part. */
const MOST_ERROR_DEG = 1.5;
const MOST_UNCERTAIN_DEG = 2;
const DEG = 180 / Math.PI;

interface Task {
  readonly aim: Pick<Aim, 'position' | 'image' | 'range'>;
  readonly pixels: readonly (readonly [number, number])[];
  /** From the ground under the camera, metres. */
  readonly points: readonly Vec3[];
}

const turnedOf = ([heading = 0, tilt = 0, roll = 0, zoom = 0]: readonly number[]): Turned => ({
  heading: heading * DEG,
  tilt: tilt * DEG,
  roll: roll * DEG,
  // Any number makes a field of view between 0 and 180 degrees.
  hfov: 2 * Math.atan(Math.exp(zoom)) * DEG,
});

const unit = (v: Vec3): Vec3 => {
  const length = Math.sqrt(dot(v, v));
  return [v[0] / length, v[1] / length, v[2] / length];
};

const viewOf = ({ aim }: Task, parameters: readonly number[]) => {
  const turned = turnedOf(parameters);
  return turned.hfov > 0.1 && turned.hfov < 179.9 ? projector({ ...aim, ...turned }) : undefined;
};

/** How far the direction of each pixel is from its place's: bears any start, also one that looks the other way. */
const offDirection =
  (task: Task): Residuals =>
  (parameters) => {
    const view = viewOf(task, parameters);
    return (
      view &&
      task.points.flatMap((point, i) => {
        const [x, y] = task.pixels[i] as [number, number];
        const ray = unit(view.ray(x, y));
        const to = unit([point[0], point[1], point[2] - view.eye[2]]);
        return [ray[0] - to[0], ray[1] - to[1], ray[2] - to[2]];
      })
    );
  };

/** How far each place falls from its pixel, x and y in turn. */
const offPixel =
  (task: Task): Residuals =>
  (parameters) => {
    const view = viewOf(task, parameters);
    const off: number[] = [];
    for (const [i, point] of task.points.entries()) {
      const seen = view?.project(point);
      if (!seen) return undefined;
      const [x, y] = task.pixels[i] as [number, number];
      off.push(seen.x - x, seen.y - y);
    }
    return off;
  };

/** The best of a few starts: a lens of any kind, turned towards the middle of the places, level and on its side. */
function fitOf(task: Task): Fit | undefined {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const to = task.points.map((p) => unit([p[0], p[1], p[2] - task.aim.position.height]));
  const [e, n, up] = [mean(to.map((p) => p[0])), mean(to.map((p) => p[1])), mean(to.map((p) => p[2]))];
  let best: Fit | undefined;
  for (const half of [0.15, 0.4, 0.9, 1.8]) {
    for (const roll of [0, Math.PI / 2, -Math.PI / 2, Math.PI]) {
      const start = [Math.atan2(e, n), Math.atan2(up, Math.hypot(e, n)), roll, Math.log(half)];
      const fit = leastSquares(offDirection(task), start);
      if (fit && (!best || fit.cost < best.cost)) best = fit;
    }
  }
  return best && (leastSquares(offPixel(task), best.parameters) ?? best);
}

function flaw({ points, pixels, aim }: Task): NoCalibration | undefined {
  if (points.length < LEAST_MATCHES) return { kind: 'too-few', least: LEAST_MATCHES };
  const near = points.findIndex(([e, n, up]) => Math.hypot(e, n, up - aim.position.height) < LEAST_DISTANCE_M);
  if (near >= 0) return { kind: 'at-camera', match: near };
  for (let i = 0; i < points.length; i++) {
    for (let k = 0; k < i; k++) {
      const [a, b] = [points[i] as Vec3, points[k] as Vec3];
      const [p, q] = [pixels[i] as [number, number], pixels[k] as [number, number]];
      const apart = Math.hypot(p[0] - q[0], p[1] - q[1]);
      if (Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < 0.1 || apart < HAND * aim.image.width)
        return { kind: 'same', matches: [k, i] };
    }
  }
  return undefined;
}

/** Without which match the others fit best. */
function worstOf(task: Task): number {
  const without = <T>(values: readonly T[], at: number): T[] => values.filter((_, i) => i !== at);
  const costs = task.points.map(
    (_, i) => fitOf({ ...task, points: without(task.points, i), pixels: without(task.pixels, i) })?.cost ?? Infinity,
  );
  return costs.indexOf(Math.min(...costs));
}

/**
 * Standard deviations in degrees, when each coordinate of a match is off by `pixels`. About the camera's own axes: straight
 * down, heading and roll are one, and neither can be told alone although the view is known well.
 */
function uncertaintyOf(task: Task, { parameters }: Fit, pixels: number): Uncertainty {
  const zoom = parameters[3] as number;
  const view = viewOf(task, parameters);
  const at = view && task.points.map((point) => view.toCamera(point));
  const nudged: Residuals = ([pan = 0, tilt = 0, roll = 0, z = 0]) =>
    at?.flatMap(([r, d, f]) => {
      const focal = task.aim.image.width / 2 / Math.exp(z);
      const depth = f + pan * r - tilt * d;
      return [(focal * (r - pan * f + roll * d)) / depth, (focal * (d + tilt * f - roll * r)) / depth];
    });
  const normal = leastSquares(nudged, [0, 0, 0, zoom], 0)?.normal;
  const deviation = AXES.map((_, i) => {
    const column =
      normal &&
      solve(
        normal,
        AXES.map((_axis, k) => (k === i ? 1 : 0)),
      );
    return column && (column[i] as number) >= 0 ? pixels * Math.sqrt(column[i] as number) * DEG : Infinity;
  });
  const [pan = 0, tilt = 0, roll = 0, z = 0] = deviation;
  // hfov = 2·atan(e^z), hence its change with z.
  return { pan, tilt, roll, hfov: z / Math.cosh(zoom) };
}

const wrapped = (degrees: number, from: number): number => ((((degrees - from) % 360) + 360) % 360) + from;

/** The same view, said with a tilt between −90 and 90 degrees. */
function proper({ heading, tilt, roll, hfov }: Turned): Turned {
  const t = wrapped(tilt, -180);
  if (Math.abs(t) <= 90) return { heading: wrapped(heading, 0), tilt: t, roll: wrapped(roll, -180), hfov };
  return { heading: wrapped(heading + 180, 0), tilt: Math.sign(t) * 180 - t, roll: wrapped(roll + 180, -180), hfov };
}

/**
 * Which way a camera looks and how wide, from places that were found both on its picture and on the map. Its own place is
 * given. Levenberg and Marquardt on the distance between where places fall on the frame and where they were found.
 * @returns the aim with its error, or why there is none: what matches can't say is refused and not guessed
 */
export function calibrate(
  aim: Pick<Aim, 'position' | 'image'>,
  matches: readonly Match[],
): Calibration | NoCalibration {
  const frame = localFrame(aim.position);
  const { width, height } = aim.image;
  const task: Task = {
    aim: { ...aim, range: 1 },
    pixels: matches.map(({ pixel: [x, y] }) => [x * width, y * height]),
    points: matches.map(({ place, height: up = 0 }): Vec3 => [...frame.toLocal(place), up]),
  };
  const flawed = flaw(task);
  if (flawed) return flawed;
  const fit = fitOf(task);
  const off = fit && offPixel(task)(fit.parameters);
  const view = fit && viewOf(task, fit.parameters);
  if (!fit || !off || !view) return { kind: 'no-fit', errorDegrees: 180, worst: worstOf(task) };
  const offPixels = task.points.map((_, i) => Math.hypot(off[2 * i] as number, off[2 * i + 1] as number));
  const angles = task.points.map((point, i) => {
    const ray = unit(view.ray(...(task.pixels[i] as [number, number])));
    const to = unit([point[0], point[1], point[2] - view.eye[2]]);
    const across = cross(ray, to);
    return Math.atan2(Math.sqrt(dot(across, across)), dot(ray, to)) * DEG;
  });
  const meanSquare = (values: readonly number[]) => Math.hypot(...values) / Math.sqrt(values.length);
  const errorDegrees = meanSquare(angles);
  if (errorDegrees > MOST_ERROR_DEG) return { kind: 'no-fit', errorDegrees, worst: worstOf(task) };
  const errorPixels = meanSquare(offPixels);
  const uncertainty = uncertaintyOf(task, fit, Math.max(errorPixels / Math.SQRT2, HAND * width));
  const weakest = AXES.reduce((a, b) => (uncertainty[b] > uncertainty[a] ? b : a));
  if (!(uncertainty[weakest] <= MOST_UNCERTAIN_DEG))
    return { kind: 'weak', angle: weakest, degrees: uncertainty[weakest] };
  return { turned: proper(turnedOf(fit.parameters)), errorPixels, errorDegrees, offPixels, uncertainty };
}
