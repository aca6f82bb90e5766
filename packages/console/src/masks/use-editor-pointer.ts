// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import { useRef, type Dispatch, type PointerEvent } from 'react';
import type { Drawing, DrawingAction } from './drawing.ts';
import { snapToFrame, snapToGuides, toPixelGrid, type Ring, type XY } from './ring.ts';
import type { useViewport } from './use-viewport.ts';
import { panned } from './viewport.ts';

interface PointerParts {
  drawing: Drawing;
  dispatch: Dispatch<DrawingAction>;
  frame: FrameSize;
  viewport: ReturnType<typeof useViewport>;
  /** What corners snap to besides the frame's edge. */
  guides: readonly Ring[];
}

type Held =
  | { what: 'vertex' }
  | { what: 'ring'; ring: Ring; start: XY }
  | { what: 'view'; last: readonly [number, number]; moved: boolean };

const SNAP_PX = 8;
const CLOSE_PX = 14;
const GUIDE_PX = 9;

/** Finger, pen and mouse alike: take hold of a corner, an edge's middle, a polygon, or the view itself. */
export function useEditorPointer({ drawing, dispatch, frame, viewport, guides }: PointerParts) {
  const held = useRef<Held>(undefined);
  const { ref, view, setView, unit } = viewport;

  const pointOf = (event: PointerEvent): XY => {
    const box = ref.current!.getBoundingClientRect();
    return [
      (view.x + ((event.clientX - box.left) / box.width) * view.width) / frame.width,
      (view.y + ((event.clientY - box.top) / box.height) * view.height) / frame.height,
    ];
  };
  const snapped = (at: XY): XY =>
    toPixelGrid(
      snapToFrame(snapToGuides(at, guides, frame, GUIDE_PX * unit), [
        (SNAP_PX * unit) / frame.width,
        (SNAP_PX * unit) / frame.height,
      ]),
      frame,
    );

  const place = (at: XY) => {
    const first = drawing.pending[0];
    const near =
      first !== undefined &&
      Math.hypot((at[0] - first[0]) * frame.width, (at[1] - first[1]) * frame.height) < CLOSE_PX * unit;
    dispatch(near && drawing.pending.length >= 3 ? { type: 'finish' } : { type: 'corner', at: snapped(at) });
  };

  const take = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    const at = pointOf(event);
    if (drawing.tool === 'add') return place(at);
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = takeHold(event, at, drawing, dispatch);
    return undefined;
  };

  const move = (event: PointerEvent<SVGSVGElement>) => {
    const at = pointOf(event);
    if (drawing.tool === 'add') {
      // Follows the mouse; a finger has no place before it touches.
      if (event.pointerType === 'mouse') dispatch({ type: 'cursor', by: difference(snapped(at), drawing.cursor) });
      return;
    }
    const now = held.current;
    if (now?.what === 'vertex') dispatch({ type: 'drag-vertex', at: snapped(at) });
    if (now?.what === 'ring') {
      dispatch({ type: 'drag-ring', from: now.ring, by: toPixelGrid(difference(at, now.start), frame) });
    }
    if (now?.what === 'view') {
      const [dx, dy] = [event.clientX - now.last[0], event.clientY - now.last[1]];
      held.current = { what: 'view', last: [event.clientX, event.clientY], moved: now.moved || Math.hypot(dx, dy) > 2 };
      setView((before) => panned(before, frame, [dx * unit, dy * unit]));
    }
  };

  const letGo = () => {
    if (held.current?.what === 'view' && !held.current.moved) dispatch({ type: 'select', selection: null });
    held.current = undefined;
    dispatch({ type: 'let-go' });
  };

  return { onPointerDown: take, onPointerMove: move, onPointerUp: letGo, onPointerCancel: letGo };
}

const difference = (a: XY, b: XY): XY => [a[0] - b[0], a[1] - b[1]];

/** The number in the nearest `data-…` of what was touched. */
const marked = (event: PointerEvent, name: 'vertex' | 'edge' | 'ring'): number | undefined => {
  const value = (event.target as Element).closest(`[data-${name}]`)?.getAttribute(`data-${name}`);
  return value === null || value === undefined ? undefined : Number(value);
};

function takeHold(event: PointerEvent, at: XY, drawing: Drawing, dispatch: Dispatch<DrawingAction>): Held {
  const [vertex, edge, ring] = [marked(event, 'vertex'), marked(event, 'edge'), marked(event, 'ring')];
  const { selection } = drawing;
  if (vertex !== undefined && selection !== null) {
    dispatch({ type: 'select', selection: { ring: selection.ring, vertex } });
    dispatch({ type: 'hold' });
    return { what: 'vertex' };
  }
  if (edge !== undefined && selection !== null) {
    // The new corner is a step of its own; dragging it on is the next.
    dispatch({ type: 'insert', ring: selection.ring, edge });
    dispatch({ type: 'hold' });
    return { what: 'vertex' };
  }
  if (ring !== undefined) {
    dispatch({ type: 'select', selection: { ring, vertex: null } });
    dispatch({ type: 'hold' });
    return { what: 'ring', ring: drawing.rings[ring]!, start: at };
  }
  return { what: 'view', last: [event.clientX, event.clientY], moved: false };
}
