// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import { useId } from 'react';
import styles from './DifferenceLayer.module.css';
import { pathOf, type Ring } from './ring.ts';
import { HatchPattern } from './SlatPattern.tsx';

interface DifferenceProps {
  frame: FrameSize;
  before: readonly Ring[];
  after: readonly Ring[];
}

/** What one drawing covers and the other does not: hatched in two directions, and what loses its cover washed as well. */
export function DifferenceLayer({ frame, before, after }: DifferenceProps) {
  const id = useId();
  const { width, height } = frame;
  const all = { width, height };
  const [old, next] = [pathOf(before, frame), pathOf(after, frame)];
  return (
    <g className={styles['difference']}>
      <defs>
        <HatchPattern id={`${id}added`} pitch={height / 40} colour="var(--diff-added)" />
        <HatchPattern id={`${id}gone`} pitch={height / 40} colour="var(--diff-gone)" />
        <OnlyIn id={`${id}onlyNew`} inside={next} outside={old} />
        <OnlyIn id={`${id}onlyOld`} inside={old} outside={next} />
      </defs>
      <rect {...all} fill={`url(#${id}added)`} mask={`url(#${id}onlyNew)`} />
      <g mask={`url(#${id}onlyOld)`}>
        <rect {...all} className={styles['goneWash']} />
        <rect {...all} fill={`url(#${id}gone)`} />
      </g>
    </g>
  );
}

/** A hair less than the one without the other, so that shared edges do not show as a difference. */
const OnlyIn = ({ id, inside, outside }: { id: string; inside: string; outside: string }) => (
  <mask id={id}>
    <path d={inside} fill="#fff" />
    <path d={outside} fill="#000" stroke="#000" strokeWidth={2} />
  </mask>
);
