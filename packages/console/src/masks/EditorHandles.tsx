// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import type { Drawing } from './drawing.ts';
import styles from './EditorCanvas.module.css';
import { edgeMiddle, type Ring } from './ring.ts';

interface HandleProps {
  drawing: Drawing;
  frame: FrameSize;
  /** Frame pixels to a screen pixel: handles keep their size however far one zooms. */
  unit: number;
}

const ROOM_PX = 34;
/** A finger needs 44 pixels, a mouse does with less. */
const FINGERS = matchMedia('(pointer: coarse)').matches;
const [CORNER_PX, EDGE_PX] = FINGERS ? [22, 20] : [16, 12];

const edgeLength = (ring: Ring, edge: number, { width, height }: FrameSize): number => {
  const [[ax, ay], [bx, by]] = [ring[edge]!, ring[(edge + 1) % ring.length]!];
  return Math.hypot((bx - ax) * width, (by - ay) * height);
};

/** Corners of the selected polygon, and a smaller handle on every edge that makes a new corner. */
export function EditorHandles({ drawing: { rings, selection, tool }, frame, unit }: HandleProps) {
  const ring = selection === null ? undefined : rings[selection.ring];
  if (selection === null || ring === undefined || tool === 'add') return null;
  return (
    <g>
      {ring.map((_, edge) => {
        const [x, y] = edgeMiddle(ring, edge);
        // Between two corners that nearly touch there is no room for a third handle.
        if (edgeLength(ring, edge, frame) < (FINGERS ? 2 : 1) * ROOM_PX * unit) return null;
        return (
          // eslint-disable-next-line react/no-array-index-key -- an edge has no name but its place
          <g key={edge} data-edge={edge} className={styles['edge']}>
            <circle cx={x * frame.width} cy={y * frame.height} r={EDGE_PX * unit} fill="transparent" />
            <circle cx={x * frame.width} cy={y * frame.height} r={4 * unit} className={styles['dot']} />
          </g>
        );
      })}
      {ring.map(([x, y], vertex) => {
        const [cx, cy] = [x * frame.width, y * frame.height];
        const size = (vertex === selection.vertex ? 7 : 5) * unit;
        return (
          // eslint-disable-next-line react/no-array-index-key -- a corner has no name but its place
          <g key={vertex} data-vertex={vertex} className={styles['vertex']}>
            <circle cx={cx} cy={cy} r={CORNER_PX * unit} fill="transparent" />
            <rect
              x={cx - size}
              y={cy - size}
              width={size * 2}
              height={size * 2}
              className={vertex === selection.vertex ? styles['cornerSelected'] : styles['corner']}
            />
          </g>
        );
      })}
    </g>
  );
}

/** The polygon that is being drawn, and the keyboard's cross. */
export function PendingRing({ drawing: { pending, cursor, tool }, frame, unit }: HandleProps) {
  if (tool !== 'add') return null;
  const points = pending.map(([x, y]) => `${x * frame.width},${y * frame.height}`).join(' ');
  const [cx, cy] = [cursor[0] * frame.width, cursor[1] * frame.height];
  const arm = 11 * unit;
  const first = pending[0];
  return (
    <g>
      <polygon points={points} className={styles['pendingFill']} />
      <polyline points={`${points} ${cx},${cy}`} className={styles['pending']} />
      {pending.map(([x, y]) => (
        <circle
          key={`${x} ${y}`}
          cx={x * frame.width}
          cy={y * frame.height}
          r={4 * unit}
          className={styles['pendingCorner']}
        />
      ))}
      {first !== undefined && pending.length >= 3 && (
        <circle cx={first[0] * frame.width} cy={first[1] * frame.height} r={10 * unit} className={styles['close']} />
      )}
      <path d={`M${cx - arm} ${cy}H${cx + arm}M${cx} ${cy - arm}V${cy + arm}`} className={styles['cross']} />
    </g>
  );
}
