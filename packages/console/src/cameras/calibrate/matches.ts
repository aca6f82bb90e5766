// SPDX-License-Identifier: AGPL-3.0-or-later
import type { LonLat, Match } from '@louver/sightline';

/** A point that somebody is finding on picture and map: half of it may be there already. */
export interface HalfMatch {
  readonly id: number;
  /** Fractions of the frame, origin top left. */
  readonly pixel: readonly [x: number, y: number] | undefined;
  readonly place: LonLat | undefined;
  /** Metres above the ground, as typed. */
  readonly height: string;
}

export const blankMatches = (count: number): HalfMatch[] =>
  Array.from({ length: count }, (_, id) => ({ id, pixel: undefined, place: undefined, height: '0' }));

export const changed = (matches: readonly HalfMatch[], id: number, next: Partial<HalfMatch>): HalfMatch[] =>
  matches.map((match) => (match.id === id ? { ...match, ...next } : match));

const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.replace(',', '.')));

/** Which can be matched with: found on both, with a height that can be read. In the order of the list. */
export const wholeMatches = (matches: readonly HalfMatch[]): (Match & { id: number })[] =>
  matches.flatMap(({ id, pixel, place, height }) => {
    const up = numberIn(height);
    return pixel && place && Number.isFinite(up) ? [{ id, pixel, place, height: up }] : [];
  });
