// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Local, Vec3 } from '@louver/sightline';
import { add, direction, distance, distanceToLine, leftOf } from '../city/plane.ts';
import type { AreaKind, StreetClass } from '../city/plan.ts';
import { AREA_PAINTS, paintAsphalt, paintConcrete, paintKerb, paintMark, paintPavement } from './ground-paints.ts';
import type { Paint, Surface } from './surface.ts';

/** A street in metres around the camera. */
export interface SceneStreet {
  readonly class: StreetClass;
  readonly roundabout: boolean;
  readonly width: number;
  readonly pavement: number;
  readonly line: readonly Local[];
}

export interface SceneArea {
  readonly kind: AreaKind;
  readonly ring: readonly Local[];
}

/** Marks further away than this are thinner than a sample. */
const MARKS_M = 120;
const WHITE = paintMark([224, 222, 214]);
const YELLOW = paintMark([214, 168, 58]);

const onGround = (ring: readonly Local[], paint: Paint): Surface => ({
  rings: [ring.map(([e, n]): Vec3 => [e, n, 0])],
  normal: [0, 0, 1],
  paint,
  building: -1,
  flat: true,
});

/** Way of a line at one of its points: the mean of the segments that meet there. */
function wayAt(line: readonly Local[], i: number): Local {
  return direction(line[Math.max(0, i - 1)] as Local, line[Math.min(line.length - 1, i + 1)] as Local);
}

/** A band along a line, from `left` to `right` metres of its middle (left positive). */
export function band(line: readonly Local[], left: number, right: number): Local[] {
  const side = (off: number): Local[] => line.map((p, i) => add(p, leftOf(wayAt(line, i)), off));
  return [...side(right), ...side(left).toReversed()];
}

function disc(centre: Local, radius: number): Local[] {
  return Array.from({ length: 40 }, (_, i): Local => {
    const a = (i * 2 * Math.PI) / 40;
    return [centre[0] + radius * Math.cos(a), centre[1] + radius * Math.sin(a)];
  });
}

/** Points every `step` metres of a line, with the way it runs there. */
export function* steps(
  line: readonly Local[],
  step: number,
  from = 0,
): Generator<{ at: Local; way: Local; metres: number }> {
  let [walked, next] = [0, from];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Local, line[i] as Local];
    const [length, way] = [distance(a, b), direction(a, b)];
    for (; next <= walked + length; next += step) yield { at: add(a, way, next - walked), way, metres: next };
    walked += length;
  }
}

const dash = (at: Local, way: Local, off: number, length: number, width: number): Local[] => {
  const middle = add(at, leftOf(way), off);
  return band([add(middle, way, -length / 2), add(middle, way, length / 2)], width / 2, -width / 2);
};

function marksOf(street: SceneStreet, others: readonly SceneStreet[]): Surface[] {
  const marks: Surface[] = [];
  const arterial = street.class === 'arterial';
  if (street.class === 'alley' || street.roundabout) return marks;
  for (const { at, way, metres } of steps(street.line, 1)) {
    if (Math.hypot(...at) > MARKS_M) continue;
    const crossing = others.some(
      (o) => o !== street && o.class !== 'alley' && distanceToLine(at, o.line) < o.width / 2 + 6.5,
    );
    if (crossing) continue;
    const on = metres % 6 < 3;
    if (arterial) {
      marks.push(onGround(dash(at, way, 0.18, 1.02, 0.13), YELLOW), onGround(dash(at, way, -0.18, 1.02, 0.13), YELLOW));
      if (on)
        marks.push(onGround(dash(at, way, 3.4, 1.02, 0.13), WHITE), onGround(dash(at, way, -3.4, 1.02, 0.13), WHITE));
    } else if (on) marks.push(onGround(dash(at, way, 0, 1.02, 0.13), street.class === 'collector' ? YELLOW : WHITE));
    if (street.class !== 'street') {
      const edge = street.width / 2 - 0.35;
      marks.push(onGround(dash(at, way, edge, 1.02, 0.12), WHITE), onGround(dash(at, way, -edge, 1.02, 0.12), WHITE));
    }
  }
  return marks;
}

/** Zebras across a main street where another street meets it. */
function crossingsOf(street: SceneStreet, others: readonly SceneStreet[]): Surface[] {
  const bars: Surface[] = [];
  if (street.class === 'alley' || street.class === 'street') return bars;
  let inside = true;
  for (const { at, way } of steps(street.line, 0.5)) {
    const now = others.some(
      (o) => o !== street && o.class !== 'alley' && distanceToLine(at, o.line) < o.width / 2 + 3.8,
    );
    if (now !== inside && Math.hypot(...at) < MARKS_M) {
      for (let off = -street.width / 2 + 0.7; off < street.width / 2 - 0.4; off += 1) {
        bars.push(onGround(dash(at, way, off, 2.8, 0.48), WHITE));
      }
    }
    inside = now;
  }
  return bars;
}

/** Everything that lies flat, in painting order. */
export function groundSurfaces(streets: readonly SceneStreet[], areas: readonly SceneArea[]): Surface[] {
  const paved = streets.filter((s) => s.class !== 'alley');
  const rounds = streets.filter((s) => s.roundabout);
  const bands = (some: readonly SceneStreet[], extra: (s: SceneStreet) => number, paint: Paint): Surface[] =>
    some.map((s) => onGround(band(s.line, s.width / 2 + extra(s), -s.width / 2 - extra(s)), paint));
  const islands = rounds.flatMap((s) => {
    const centre = s.line.slice(1).reduce<Local>((sum, p) => add(sum, p, 1 / (s.line.length - 1)), [0, 0]);
    const inner = distance(centre, s.line[0] as Local) - s.width / 2;
    return [
      onGround(disc(centre, inner + s.width + s.pavement * 0.4), paintAsphalt),
      onGround(disc(centre, inner), paintKerb),
      onGround(disc(centre, inner - 0.5), AREA_PAINTS.park),
    ];
  });
  return [
    ...areas.map((area) => onGround(area.ring, AREA_PAINTS[area.kind])),
    ...bands(paved, (s) => s.pavement, paintPavement),
    ...bands(paved, () => 0.28, paintKerb),
    ...bands(
      streets.filter((s) => s.class === 'alley'),
      () => 0.3,
      paintConcrete,
    ),
    ...bands(
      paved.filter((s) => !s.roundabout),
      () => 0,
      paintAsphalt,
    ),
    ...islands,
    ...paved.flatMap((s) => [...marksOf(s, streets), ...crossingsOf(s, streets)]),
  ];
}
