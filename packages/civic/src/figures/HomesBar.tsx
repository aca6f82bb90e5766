// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { HomeFigures } from '@louver/contract';
import type { Language } from '../language.ts';
import { figuresWords } from './figures-words.ts';

const PARTS = ['covered', 'dark', 'bare'] as const;

/** Homes that would be seen too closely, before and after: what is covered has slats, as everywhere. The table below says the numbers. */
export function HomesBar({ homes, language }: { homes: HomeFigures; language: Language }) {
  const words = figuresWords[language].homes.row;
  const share = (homesOf: number) => (100 * homesOf) / homes.tooClose;
  const [covered, dark] = [share(homes.covered), share(homes.dark)];
  const parts = [
    { kind: 'covered', x: 0, width: covered },
    { kind: 'dark', x: covered, width: dark },
    { kind: 'bare', x: covered + dark, width: share(homes.bare) },
  ] as const;
  return (
    <figure className="homes-bar">
      <svg width="100%" height="36" viewBox="0 0 100 36" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ kind, x: left, width }) => (
          <rect key={kind} className={kind} x={left} width={width} height="36" />
        ))}
        {[4, 13, 22, 31].map((y) => (
          <rect key={y} className="slat-line" x={0} y={y} width={covered} height="2" />
        ))}
      </svg>
      <ul className="key">
        {PARTS.map((kind) => (
          <li key={kind}>
            <span className={`swatch ${kind === 'covered' ? 'mask' : kind}`} aria-hidden="true" />
            {words[kind]}
          </li>
        ))}
      </ul>
    </figure>
  );
}
