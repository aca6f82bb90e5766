// SPDX-License-Identifier: AGPL-3.0-or-later

/** Undefined where the model has no answer, such as a point behind the camera. */
export type Residuals = (parameters: readonly number[]) => readonly number[] | undefined;

export interface Fit {
  readonly parameters: readonly number[];
  /** Sum of the squares of the residuals. */
  readonly cost: number;
  /** JᵀJ at the solution: its inverse, times the variance of a residual, is the covariance of the parameters. */
  readonly normal: readonly (readonly number[])[];
}

const STEP = 1e-6;
const sumOfSquares = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0);

/** Solves A·x = b by elimination with pivots; undefined when A is singular to working precision. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++)
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    const head = rows[column] as number[];
    if (!(Math.abs(head[column] as number) > 1e-14)) return undefined;
    for (let i = 0; i < n; i++) {
      const row = rows[i] as number[];
      if (i === column) continue;
      const factor = (row[column] as number) / (head[column] as number);
      for (let k = column; k <= n; k++) row[k] = (row[k] as number) - factor * (head[k] as number);
    }
  }
  return rows.map((row, i) => (row[n] as number) / (row[i] as number));
}

/** Change of each residual with each parameter, by central differences: one row a parameter. */
function jacobian(residuals: Residuals, at: readonly number[]): number[][] | undefined {
  const columns: number[][] = [];
  for (let k = 0; k < at.length; k++) {
    const moved = (by: number) => residuals(at.map((value, i) => (i === k ? value + by : value)));
    const [up, down] = [moved(STEP), moved(-STEP)];
    if (!up || !down) return undefined;
    columns.push(up.map((value, i) => (value - (down[i] as number)) / (2 * STEP)));
  }
  return columns;
}

const normalOf = (columns: readonly (readonly number[])[]): number[][] =>
  columns.map((a) => columns.map((b) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)));

/**
 * The parameters that make the sum of squares least, by Levenberg and Marquardt: damped steps, less damped while they help.
 * Undefined when the model has no answer at the start.
 */
export function leastSquares(residuals: Residuals, start: readonly number[], rounds = 60): Fit | undefined {
  let parameters = start;
  const first = residuals(parameters);
  const slopes = first && jacobian(residuals, parameters);
  if (!first || !slopes) return undefined;
  let [now, columns]: [readonly number[], number[][]] = [first, slopes];
  let damping = 1e-3;
  for (let round = 0; round < rounds && damping < 1e12; round++) {
    const normal = normalOf(columns);
    const slope = columns.map((column) => -column.reduce((sum, v, i) => sum + v * (now[i] as number), 0));
    const damped = normal.map((row, i) => row.map((value, k) => (i === k ? value * (1 + damping) + 1e-12 : value)));
    const step = solve(damped, slope);
    const next = step && parameters.map((value, i) => value + (step[i] as number));
    const then = next && residuals(next);
    const turned = then && sumOfSquares(then) < sumOfSquares(now) ? jacobian(residuals, next) : undefined;
    if (!step || !next || !then || !turned) {
      damping *= 8;
      continue;
    }
    [parameters, now, columns] = [next, then, turned];
    damping = Math.max(1e-12, damping / 5);
    if (Math.hypot(...step) < 1e-11) break;
  }
  return { parameters, cost: sumOfSquares(now), normal: normalOf(columns) };
}
