// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import { memo } from 'react';
import type { HomeOutline } from './home-outlines.ts';
import styles from './HomesLayer.module.css';
import { pathOf } from './ring.ts';

interface HomesProps {
  homes: readonly HomeOutline[];
  frame: FrameSize;
  /** The one that is pointed at elsewhere on the page. */
  marked?: string | undefined;
  onMark?: ((id: string | undefined) => void) | undefined;
  /** Frame pixels to a screen pixel. */
  unit: number;
  /** So many of them carry their number always, the rest when they are pointed at; by default all. */
  named?: number;
}

/** Where homes show, by geometry: outlines over whatever is drawn, with the numbers that the page calls them by. */
export const HomesLayer = memo(function HomesLayer({
  homes,
  frame,
  marked,
  onMark,
  unit,
  named = homes.length,
}: HomesProps) {
  return (
    <g className={onMark === undefined ? styles['still'] : undefined}>
      {homes.map(({ id, rings }) => (
        <path
          key={id}
          d={pathOf(rings, frame)}
          className={`${styles['outline']} ${id === marked ? styles['marked'] : ''}`}
          onPointerEnter={() => onMark?.(id)}
          onPointerLeave={() => onMark?.(undefined)}
        />
      ))}
      {homes.map(({ id, number, at }) => {
        if (number > named && id !== marked) return null;
        const r = (number > 9 ? 11 : 10) * unit;
        const [x, y] = [
          Math.min(frame.width - r, Math.max(r, at[0] * frame.width)),
          Math.min(frame.height - r, Math.max(r, at[1] * frame.height)),
        ];
        return (
          <g key={id} className={`${styles['number']} ${id === marked ? styles['marked'] : ''}`}>
            <circle cx={x} cy={y} r={r} />
            <text x={x} y={y} dy="0.36em" fontSize={12 * unit}>
              {number}
            </text>
          </g>
        );
      })}
    </g>
  );
});
