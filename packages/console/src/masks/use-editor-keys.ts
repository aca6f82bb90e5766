// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import type { Dispatch, KeyboardEvent } from 'react';
import { draw, type Drawing, type DrawingAction } from './drawing.ts';
import { snapToGuides, toPixelGrid, type Ring, type XY } from './ring.ts';
import type { useViewport } from './use-viewport.ts';
import { fitted, zoomed } from './viewport.ts';

interface KeyParts {
  drawing: Drawing;
  dispatch: Dispatch<DrawingAction>;
  frame: FrameSize;
  viewport: ReturnType<typeof useViewport>;
  guides: readonly Ring[];
  /** Keys of the page around, by letter. */
  switches: Readonly<Record<string, () => void>>;
}

const ARROWS: Record<string, XY> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Everything that the pointer does, by keys, while the drawing has the focus. */
export function useEditorKeys({ drawing, dispatch, frame, viewport, guides, switches }: KeyParts) {
  const { setView } = viewport;
  return (event: KeyboardEvent) => {
    const action = actionOf(event, drawing, frame) ?? snapAction(event, drawing, frame, guides);
    const turn = event.ctrlKey || event.metaKey || event.altKey ? undefined : switches[event.key.toLowerCase()];
    const zoom = { '+': 1.5, '=': 1.5, '-': 1 / 1.5 }[event.key];
    if (action !== undefined) dispatch(action);
    else if (zoom !== undefined && !event.ctrlKey) setView((view) => zoomed(view, frame, zoom));
    else if (event.key === '0' && !event.ctrlKey) setView(fitted(frame));
    else if (turn !== undefined) turn();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** S brings a corner, or the cross, onto the nearest line around it: by keys one need not be near to the pixel. */
function snapAction(
  event: KeyboardEvent,
  { tool, cursor, selection, rings }: Drawing,
  frame: FrameSize,
  guides: readonly Ring[],
): DrawingAction | undefined {
  if (event.key.toLowerCase() !== 's' || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const vertex = selection?.vertex ?? null;
  const corner = selection === null || vertex === null ? undefined : rings[selection.ring]?.[vertex];
  const from = tool === 'add' ? cursor : corner;
  if (from === undefined) return undefined;
  const to = toPixelGrid(snapToGuides(from, guides, frame, frame.height / 8), frame);
  if (tool === 'add') return { type: 'cursor', by: [to[0] - from[0], to[1] - from[1]] };
  return { type: 'put', ring: selection!.ring, vertex: vertex!, at: to };
}

function actionOf(event: KeyboardEvent, drawing: Drawing, frame: FrameSize): DrawingAction | undefined {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return { type: event.shiftKey ? 'redo' : 'undo' };
    return key === 'y' ? { type: 'redo' } : undefined;
  }
  if (event.altKey) return undefined;
  const arrow = ARROWS[key];
  if (arrow !== undefined) {
    const step = event.shiftKey ? 10 : 1;
    const by: XY = [(arrow[0] * step) / frame.width, (arrow[1] * step) / frame.height];
    return drawing.tool === 'add' ? { type: 'cursor', by } : { type: 'nudge', by };
  }
  if (key === 'Tab') {
    const walk: DrawingAction = { type: 'walk', by: event.shiftKey ? -1 : 1 };
    // Past the last corner the focus goes on to the next field, as anywhere.
    return drawing.tool === 'select' && draw(drawing, walk).selection !== null ? walk : undefined;
  }
  return drawing.tool === 'add' ? addingAction(key, drawing) : selectingAction(key, drawing);
}

function addingAction(key: string, drawing: Drawing): DrawingAction | undefined {
  if (key === 'Enter' || key === ' ') return { type: 'corner', at: drawing.cursor };
  if (key === 'f') return { type: 'finish' };
  if (key === 'Backspace' || key === 'Delete') return { type: 'take-back-corner' };
  return key === 'Escape' || key === 'v' ? { type: 'cancel' } : undefined;
}

function selectingAction(key: string, { selection }: Drawing): DrawingAction | undefined {
  if (key === 'a') return { type: 'tool', tool: 'add' };
  if (key === 'r') return { type: 'rectangle' };
  if (selection === null) return undefined;
  if (key === 'Delete' || key === 'Backspace') return { type: 'delete' };
  if (key === 'Escape') return { type: 'select', selection: null };
  return key === 'i' && selection.vertex !== null
    ? { type: 'insert', ring: selection.ring, edge: selection.vertex }
    : undefined;
}
