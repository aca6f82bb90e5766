// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import { useId } from 'react';
import styles from './DifferenceFrame.module.css';
import { pathOf, type Ring } from './ring.ts';
import { HatchPattern, SlatPattern } from './SlatPattern.tsx';
import type { Wireframe } from './wireframe.ts';
import { WireframeLayer } from './WireframeLayer.tsx';

export type Shown = 'difference' | 'proposed' | 'inForce';

interface FrameProps {
  frame: FrameSize;
  before: readonly Ring[];
  after: readonly Ring[];
  shown: Shown;
  /** Address of a still; then masks are outlines, so that the picture is seen. */
  picture?: string | undefined;
  scene?: Wireframe | undefined;
  label: string;
}

/** Old and new masks over one another: what stays covered, what is added, what is uncovered. */
export function DifferenceFrame({ frame, before, after, shown, picture, scene, label }: FrameProps) {
  const id = useId();
  const { width, height } = frame;
  const all = { width, height };
  const [old, next] = [pathOf(before, frame), pathOf(after, frame)];
  return (
    <svg className={styles['frame']} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <defs>
        <SlatPattern id={`${id}slats`} pitch={height / 26} />
        <HatchPattern id={`${id}added`} pitch={height / 40} colour="var(--diff-added)" />
        <HatchPattern id={`${id}gone`} pitch={height / 40} colour="var(--diff-gone)" />
        <OnlyIn id={`${id}onlyNew`} inside={next} outside={old} />
        <OnlyIn id={`${id}onlyOld`} inside={old} outside={next} />
        <mask id={`${id}around`} maskUnits="userSpaceOnUse" {...all} x={0} y={0}>
          <rect {...all} fill="#fff" />
          <path d={shown === 'inForce' ? old : next} fill="#000" />
        </mask>
      </defs>
      <rect {...all} className={styles['ground']} />
      {picture === undefined && scene !== undefined && <WireframeLayer scene={scene} frame={frame} />}
      {picture !== undefined && <image href={picture} {...all} preserveAspectRatio="none" />}
      {picture === undefined && (
        <path d={shown === 'inForce' ? old : next} fill={`url(#${id}slats)`} className={styles['slats']} />
      )}
      {shown === 'difference' && (
        <>
          <rect {...all} fill={`url(#${id}added)`} mask={`url(#${id}onlyNew)`} />
          <g mask={`url(#${id}onlyOld)`}>
            <rect {...all} className={styles['goneWash']} />
            <rect {...all} fill={`url(#${id}gone)`} />
          </g>
        </>
      )}
      <path d={shown === 'inForce' ? old : next} className={styles['outline']} mask={`url(#${id}around)`} />
    </svg>
  );
}

/** What one drawing covers and the other does not; a hair less, so that shared edges do not show as a difference. */
const OnlyIn = ({ id, inside, outside }: { id: string; inside: string; outside: string }) => (
  <mask id={id}>
    <path d={inside} fill="#fff" />
    <path d={outside} fill="#000" stroke="#000" strokeWidth={2} />
  </mask>
);
