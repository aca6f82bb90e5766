// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';

export const Longitude = z.number().min(-180).max(180);
export const Latitude = z.number().min(-90).max(90);

/** GeoJSON axis order: longitude first. */
export const Position = z.tuple([Longitude, Latitude]);
export type Position = z.infer<typeof Position>;

export const Point = z.object({ type: z.literal('Point'), coordinates: Position }).meta({ id: 'Point' });
export type Point = z.infer<typeof Point>;

/**
 * `w,s,e,n` in degrees. `w > e` means that the box wraps the date line (RFC 7946 section 5.2), as does an
 * east beyond 180, which is what a map panned past the date line asks for.
 */
export const BoundingBox = z
  .string()
  .transform((text, ctx) => {
    const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (parts.length !== 4 || parts.some((n) => !Number.isFinite(n))) {
      ctx.addIssue({ code: 'custom', message: 'expected four numbers: west,south,east,north' });
      return z.NEVER;
    }
    const [west, south, east, north] = parts as [number, number, number, number];
    if (south < -90 || north > 90 || south > north) {
      ctx.addIssue({ code: 'custom', message: 'south and north must lie in -90…90 and south must not exceed north' });
      return z.NEVER;
    }
    if (Math.abs(west) > 540 || Math.abs(east) > 540) {
      ctx.addIssue({ code: 'custom', message: 'west and east must be degrees of longitude' });
      return z.NEVER;
    }
    return { west, south, east, north };
  })
  .meta({ description: 'west,south,east,north in degrees (WGS 84)', example: '108.0,12.6,108.1,12.7' });
export type BoundingBox = z.output<typeof BoundingBox>;

/** The box as one or two spans of longitude within -180…180, so that no query has to know about the date line. */
export function longitudeSpans({ west, east }: Pick<BoundingBox, 'west' | 'east'>): [number, number][] {
  if (east - west >= 360) return [[-180, 180]];
  const fold = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const [from, to] = [fold(west), east === 180 ? 180 : fold(east)];
  return from <= to
    ? [[from, to]]
    : [
        [from, 180],
        [-180, to],
      ];
}
