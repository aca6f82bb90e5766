// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import { useId, type ReactNode } from 'react';
import styles from './DifferenceFrame.module.css';
import { DifferenceLayer } from './DifferenceLayer.tsx';
import { pathOf, type Ring } from './ring.ts';
import { SlatPattern } from './SlatPattern.tsx';
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
  /** Drawn last, over all of it. */
  children?: ReactNode;
}

/** Old and new masks over one another: what stays covered, what is added, what is uncovered. */
export function DifferenceFrame({ frame, before, after, shown, picture, scene, label, children }: FrameProps) {
  const id = useId();
  const { width, height } = frame;
  const all = { width, height };
  const [old, next] = [pathOf(before, frame), pathOf(after, frame)];
  return (
    <svg className={styles['frame']} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <defs>
        <SlatPattern id={`${id}slats`} pitch={height / 26} />
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
      {shown === 'difference' && <DifferenceLayer frame={frame} before={before} after={after} />}
      <path d={shown === 'inForce' ? old : next} className={styles['outline']} mask={`url(#${id}around)`} />
      {children}
    </svg>
  );
}
