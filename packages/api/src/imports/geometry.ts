// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FieldError, Point } from '@louver/contract';
import { isRecord } from './source-row.ts';

export interface Shape {
  type: 'Point' | 'LineString' | 'MultiLineString' | 'Polygon' | 'MultiPolygon';
  coordinates: unknown[];
}

/** How many arrays stand around a position. */
const DEPTH: Record<Shape['type'], number> = {
  Point: 0,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};
const FEWEST: Partial<Record<Shape['type'], number>> = {
  LineString: 2,
  MultiLineString: 2,
  Polygon: 4,
  MultiPolygon: 4,
};

/**
 * The geometry with the positions in order: numbers, within the world, rings closed. Whether a ring crosses itself is
 * for the database to say.
 */
export function readShape(geometry: unknown, types: readonly Shape['type'][], errors: FieldError[]): Shape | undefined {
  if (!isRecord(geometry)) {
    errors.push({ pointer: '/geometry', detail: 'is missing' });
    return undefined;
  }
  const type = types.find((known) => known === geometry.type);
  if (type === undefined) {
    errors.push({
      pointer: '/geometry/type',
      detail: `expected ${types.join(' or ')}, found ${String(geometry.type)}`,
    });
    return undefined;
  }
  const fault = faultIn(geometry.coordinates, DEPTH[type], type, '/geometry/coordinates');
  if (fault) errors.push(fault);
  return fault ? undefined : { type, coordinates: geometry.coordinates as unknown[] };
}

export function readPoint(geometry: unknown, errors: FieldError[]): Point | undefined {
  const shape = readShape(geometry, ['Point'], errors);
  if (!shape) return undefined;
  const [lon, lat] = shape.coordinates as [number, number];
  return { type: 'Point', coordinates: [lon, lat] };
}

function faultIn(value: unknown, depth: number, type: Shape['type'], pointer: string): FieldError | undefined {
  if (!Array.isArray(value)) return { pointer, detail: 'expected an array' };
  if (depth === 0) return faultInPosition(value, pointer);
  if (value.length === 0) return { pointer, detail: 'is empty' };
  for (const [i, part] of value.entries()) {
    const fault = faultIn(part, depth - 1, type, `${pointer}/${i}`);
    if (fault) return fault;
  }
  return depth === 1 ? faultInChain(value as number[][], type, pointer) : undefined;
}

function faultInPosition(position: unknown[], pointer: string): FieldError | undefined {
  const [lon, lat] = position;
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat))
    return { pointer, detail: 'expected longitude and latitude as numbers' };
  if (Math.abs(lat) > 90)
    return {
      pointer,
      detail: `latitude ${lat} lies outside -90…90${Math.abs(lon) <= 90 ? ': are longitude and latitude swapped?' : ''}`,
    };
  if (Math.abs(lon) > 180) return { pointer, detail: `longitude ${lon} lies outside -180…180` };
  return undefined;
}

function faultInChain(chain: number[][], type: Shape['type'], pointer: string): FieldError | undefined {
  const fewest = FEWEST[type]!;
  if (chain.length < fewest) return { pointer, detail: `has ${chain.length} positions, needs at least ${fewest}` };
  const [first, last] = [chain[0]!, chain.at(-1)!];
  if (fewest === 4 && (first[0] !== last[0] || first[1] !== last[1]))
    return { pointer, detail: 'the ring is not closed: the last position must repeat the first' };
  return undefined;
}
