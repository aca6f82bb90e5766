// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Aim, Building } from '@louver/sightline';
import type { Language } from '../language.ts';
import { dateOf, numberOf } from '../times.ts';
import { cameraWords } from './camera-words.ts';
import { drawnView } from './drawn-view.ts';

export interface CameraView {
  name: string;
  aim: Aim;
  /** Those around the aim. */
  buildings: readonly Building[];
  /** What lies over the picture: rings as fractions of the frame, origin top left. Null when nothing is approved. */
  masks: { polygons: readonly (readonly (readonly [number, number])[])[]; since: string | null } | null;
}

interface Props {
  language: Language;
  view: CameraView;
  /** Told apart from the other views of the page. */
  id: string;
  named: boolean;
}

/** The view of an aim, drawn from geometry, with the masks as slats. */
export function ViewFigure({ language, view, id, named }: Props) {
  const words = cameraWords[language];
  const drawn = drawnView(view.aim, view.buildings);
  const { width, height, horizon } = drawn;
  const rings = view.masks?.polygons ?? [];
  const path = (ring: (typeof rings)[number]) =>
    `M${ring.map(([x, y]) => `${Math.round(x * width)} ${Math.round(y * height)}`).join('L')}Z`;
  const homes = drawn.sides.some(({ home }) => home);
  return (
    <figure>
      {named && <h3>{words.preset(view.name)}</h3>}
      <svg
        className="view"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={words.drawnAlt(words.seen(homes, rings.length))}
      >
        <defs>
          <pattern id={`slats-${id}`} width="12" height="12" patternUnits="userSpaceOnUse">
            <rect className="slat" width="12" height="12" />
            <rect className="slat-edge" width="12" height="2" />
          </pattern>
          <clipPath id={`frame-${id}`}>
            <rect width={width} height={height} />
          </clipPath>
        </defs>
        <g clipPath={`url(#frame-${id})`}>
          <rect className="sky" width={width} height={horizon} />
          <rect className="ground" y={horizon} width={width} height={height - horizon} />
          {drawn.sides.map((side) => (
            <path key={side.path} className={side.home ? 'home' : 'other'} d={side.path} />
          ))}
          {rings.map((ring) => (
            <path key={path(ring)} className="mask" fill={`url(#slats-${id})`} d={path(ring)} />
          ))}
        </g>
        <rect className="frame" x="0.5" y="0.5" width={width - 1} height={height - 1} />
      </svg>
      <ul className="key">
        {(['home', 'other', 'mask'] as const).map((kind) => (
          <li key={kind}>
            <span className={`swatch ${kind}`} />
            {words.key[kind]}
          </li>
        ))}
      </ul>
      <figcaption className="hint">
        {view.masks && view.masks.since !== null
          ? words.masks(numberOf(rings.length, language), dateOf(view.masks.since, language))
          : words.noMasks}
      </figcaption>
    </figure>
  );
}
