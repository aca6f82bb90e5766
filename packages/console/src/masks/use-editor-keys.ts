// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import type { Dispatch, KeyboardEvent } from 'react';
import { draw, type Drawing, type DrawingAction } from './drawing.ts';
import type { XY } from './ring.ts';
import type { useViewport } from './use-viewport.ts';
import { fitted, zoomed } from './viewport.ts';

interface KeyParts {
  drawing: Drawing;
  dispatch: Dispatch<DrawingAction>;
  frame: FrameSize;
  viewport: ReturnType<typeof useViewport>;
}

const ARROWS: Record<string, XY> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Everything that the pointer does, by keys, while the drawing has the focus. */
export function useEditorKeys({ drawing, dispatch, frame, viewport }: KeyParts) {
  const { setView } = viewport;
  return (event: KeyboardEvent) => {
    const action = actionOf(event, drawing, frame);
    const zoom = { '+': 1.5, '=': 1.5, '-': 1 / 1.5 }[event.key];
    if (action !== undefined) dispatch(action);
    else if (zoom !== undefined && !event.ctrlKey) setView((view) => zoomed(view, frame, zoom));
    else if (event.key === '0' && !event.ctrlKey) setView(fitted(frame));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
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
