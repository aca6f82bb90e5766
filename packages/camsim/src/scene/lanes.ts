// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Local } from '@louver/sightline';
import { add, direction, distance } from '../city/plane.ts';
import { type SceneStreet, band } from './roads.ts';

export interface Lane {
  readonly kind: 'cars' | 'bikes' | 'walkers';
  readonly path: readonly Local[];
  /** How many start in a loop of 16 seconds. */
  readonly flow: number;
  /** Metres a second. */
  readonly speed: number;
}

/** A line moved to its right, in its own direction. */
const rightOf = (line: readonly Local[], off: number): Local[] => band(line, 0, -off).slice(0, line.length);

interface Ring {
  readonly centre: Local;
  readonly radius: number;
}

function ringOf(streets: readonly SceneStreet[]): Ring | undefined {
  const line = streets.find((s) => s.roundabout)?.line;
  if (!line) return undefined;
  const centre = line.slice(1).reduce<Local>((sum, p) => add(sum, p, 1 / (line.length - 1)), [0, 0]);
  return { centre, radius: distance(centre, line[0] as Local) };
}

/** Counter-clockwise, as one drives on the right. */
function arc({ centre, radius }: Ring, from: Local, to: Local): Local[] {
  const angle = (p: Local): number => Math.atan2(p[1] - centre[1], p[0] - centre[0]);
  const start = angle(from);
  const sweep = (angle(to) - start + 4 * Math.PI) % (2 * Math.PI);
  const steps = Math.max(2, Math.ceil(sweep * 8));
  return Array.from({ length: steps + 1 }, (_, i): Local => {
    const a = start + (sweep * i) / steps;
    return [centre[0] + radius * Math.cos(a), centre[1] + radius * Math.sin(a)];
  });
}

interface Way {
  readonly street: SceneStreet;
  readonly line: readonly Local[];
}

/** Every street in both directions; those that meet the roundabout go on around it and out on the far side. */
function ways(streets: readonly SceneStreet[]): Way[] {
  const both = streets
    .filter((s) => !s.roundabout)
    .flatMap((street): Way[] => [
      { street, line: street.line },
      { street, line: street.line.toReversed() },
    ]);
  const ring = ringOf(streets);
  if (!ring) return both;
  const atRing = (p: Local | undefined): boolean =>
    p !== undefined && Math.abs(distance(p, ring.centre) - ring.radius) < 1;
  const outgoing = both.filter((w) => atRing(w.line[0]));
  return both.flatMap((way): Way[] => {
    if (atRing(way.line[0])) return [];
    const end = way.line.at(-1) as Local;
    if (!atRing(end)) return [way];
    const inward = direction(way.line.at(-2) as Local, end);
    const straightness = (w: Way): number => {
      const out = direction(w.line[0] as Local, w.line[1] as Local);
      return out[0] * inward[0] + out[1] * inward[1];
    };
    const out = outgoing.toSorted((a, b) => straightness(b) - straightness(a))[0];
    if (!out) return [way];
    return [
      {
        street: way.street,
        line: [...way.line.slice(0, -1), ...arc(ring, end, out.line[0] as Local), ...out.line.slice(1)],
      },
    ];
  });
}

type Traffic = readonly [cars: number, carOffset: number, bikes: number, bikeOffset: number, walkers: number];

const TRAFFIC: Record<SceneStreet['class'], Traffic> = {
  arterial: [2.2, 1.8, 6, 4.9, 0.5],
  collector: [1.2, 1.9, 4, 3.6, 0.5],
  street: [0.5, 1.7, 2.4, 2.5, 0.5],
  alley: [0, 0, 0.9, 0.8, 0.3],
};

/** Where things move, as far as they are near enough to be seen. */
export function lanesOf(streets: readonly SceneStreet[]): Lane[] {
  return ways(streets).flatMap(({ street, line }): Lane[] => {
    if (!line.some((p) => Math.hypot(...p) < 150)) return [];
    const [cars, carOff, bikes, bikeOff, walkers] = TRAFFIC[street.class];
    const alley = street.class === 'alley';
    const beside = alley ? street.width / 2 - 0.5 : street.width / 2 + street.pavement * 0.55;
    return [
      { kind: 'cars', path: rightOf(line, carOff), flow: cars, speed: 8.2 },
      { kind: 'bikes', path: rightOf(line, bikeOff), flow: bikes, speed: alley ? 3.6 : 7 },
      { kind: 'walkers', path: rightOf(line, beside), flow: walkers, speed: 1.25 },
    ];
  });
}
