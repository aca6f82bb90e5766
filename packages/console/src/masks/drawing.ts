// SPDX-License-Identifier: AGPL-3.0-or-later
import { clampPoint, edgeMiddle, moveRing, replaceAt, sameRings, type Ring, type XY } from './ring.ts';

/** `vertex` null is the whole polygon. */
interface Selection {
  ring: number;
  vertex: number | null;
}

/** A drawing of masks and how it came about. Rings are never changed in place: history holds what was. */
export interface Drawing {
  tool: 'select' | 'add';
  rings: readonly Ring[];
  selection: Selection | null;
  /** Corners of the polygon that is being drawn. */
  pending: Ring;
  /** Where the keyboard would set the next corner. */
  cursor: XY;
  past: readonly (readonly Ring[])[];
  future: readonly (readonly Ring[])[];
  /** What stood before the pointer took hold of something; one drag is one step back. */
  held: readonly Ring[] | null;
  /** Arrow keys on one thing are one step back. */
  nudged: Selection | null;
}

export type DrawingAction =
  | { type: 'load'; rings: readonly Ring[] }
  | { type: 'replace'; rings: readonly Ring[] }
  | { type: 'tool'; tool: Drawing['tool'] }
  | { type: 'corner'; at: XY }
  | { type: 'cursor'; by: XY }
  | { type: 'finish' }
  | { type: 'cancel' }
  | { type: 'take-back-corner' }
  | { type: 'rectangle' }
  | { type: 'select'; selection: Selection | null }
  | { type: 'walk'; by: 1 | -1 }
  | { type: 'hold' }
  | { type: 'drag-vertex'; at: XY }
  | { type: 'drag-ring'; from: Ring; by: XY }
  | { type: 'let-go' }
  | { type: 'nudge'; by: XY }
  | { type: 'put'; ring: number; vertex: number; at: XY }
  | { type: 'insert'; ring: number; edge: number; at?: XY }
  | { type: 'delete' }
  | { type: 'undo' }
  | { type: 'redo' };

const MOST_STEPS = 200;
const MOST_CORNERS = 256;
const MOST_RINGS = 200;

export const emptyDrawing: Drawing = {
  tool: 'select',
  rings: [],
  selection: null,
  pending: [],
  cursor: [0.5, 0.5],
  past: [],
  future: [],
  held: null,
  nudged: null,
};

const change = (drawing: Drawing, rings: readonly Ring[], more: Partial<Drawing> = {}): Drawing =>
  sameRings(drawing.rings, rings)
    ? { ...drawing, ...more }
    : {
        ...drawing,
        past: [...drawing.past, drawing.rings].slice(-MOST_STEPS),
        future: [],
        nudged: null,
        ...more,
        rings,
      };

const sameSelection = (a: Selection | null, b: Selection | null) => a?.ring === b?.ring && a?.vertex === b?.vertex;

function finish(drawing: Drawing): Drawing {
  if (drawing.pending.length < 3 || drawing.rings.length >= MOST_RINGS) return drawing;
  const rings = [...drawing.rings, drawing.pending];
  return change(drawing, rings, {
    pending: [],
    tool: 'select',
    selection: { ring: rings.length - 1, vertex: null },
  });
}

function addCorner(drawing: Drawing, at: XY): Drawing {
  const last = drawing.pending.at(-1);
  const [x, y] = clampPoint(at);
  if (last?.[0] === x && last[1] === y) return drawing;
  if (drawing.pending.length >= MOST_CORNERS) return drawing;
  return { ...drawing, pending: [...drawing.pending, [x, y]], cursor: [x, y] };
}

function deleteSelected(drawing: Drawing): Drawing {
  const { selection, rings } = drawing;
  const ring = selection === null ? undefined : rings[selection.ring];
  if (selection === null || ring === undefined) return drawing;
  const { vertex } = selection;
  // A triangle less a corner is no polygon: then the whole goes.
  if (vertex === null || ring.length <= 3) {
    return change(drawing, rings.toSpliced(selection.ring, 1), { selection: null });
  }
  const next = { ring: selection.ring, vertex: Math.min(vertex, ring.length - 2) };
  return change(drawing, replaceAt(rings, selection.ring, ring.toSpliced(vertex, 1)), { selection: next });
}

/** Through the corners of the selected polygon, and from one polygon to the next. */
function walk({ rings, selection }: Drawing, by: 1 | -1): Selection | null {
  const stops: Selection[] = rings.flatMap((ring, index) => [
    { ring: index, vertex: null },
    ...ring.map((_, vertex) => ({ ring: index, vertex })),
  ]);
  if (stops.length === 0) return null;
  const at = stops.findIndex((stop) => sameSelection(stop, selection));
  if (at < 0) return stops.at(by > 0 ? 0 : -1)!;
  return stops[at + by] ?? null;
}

function nudge(drawing: Drawing, by: XY): Drawing {
  const { selection, rings } = drawing;
  const ring = selection === null ? undefined : rings[selection.ring];
  if (selection === null || ring === undefined) return drawing;
  const corner = selection.vertex === null ? undefined : ring[selection.vertex];
  const moved =
    corner === undefined
      ? moveRing(ring, by)
      : replaceAt(ring, selection.vertex!, clampPoint([corner[0] + by[0], corner[1] + by[1]]));
  const next = replaceAt(rings, selection.ring, moved);
  if (sameRings(rings, next)) return drawing;
  if (sameSelection(drawing.nudged, selection)) return { ...drawing, rings: next };
  return { ...change(drawing, next), nudged: selection };
}

function insert(drawing: Drawing, index: number, edge: number, at?: XY): Drawing {
  const ring = drawing.rings[index];
  if (ring === undefined || edge >= ring.length || ring.length >= MOST_CORNERS) return drawing;
  const corner = clampPoint(at ?? edgeMiddle(ring, edge));
  const selection = { ring: index, vertex: edge + 1 };
  return change(drawing, replaceAt(drawing.rings, index, ring.toSpliced(edge + 1, 0, corner)), { selection });
}

function dragVertex(drawing: Drawing, at: XY): Drawing {
  const { selection, rings } = drawing;
  const ring = selection === null ? undefined : rings[selection.ring];
  if (selection?.vertex === null || selection === null || ring === undefined) return drawing;
  return {
    ...drawing,
    rings: replaceAt(rings, selection.ring, replaceAt(ring, selection.vertex, clampPoint(at))),
  };
}

function letGo(drawing: Drawing): Drawing {
  const { held, rings } = drawing;
  if (held === null) return drawing;
  return sameRings(held, rings)
    ? { ...drawing, held: null }
    : { ...drawing, held: null, nudged: null, past: [...drawing.past, held].slice(-MOST_STEPS), future: [] };
}

function rectangle(drawing: Drawing): Drawing {
  if (drawing.rings.length >= MOST_RINGS) return drawing;
  const ring: Ring = [
    [0.375, 0.375],
    [0.625, 0.375],
    [0.625, 0.625],
    [0.375, 0.625],
  ];
  const selection = { ring: drawing.rings.length, vertex: null };
  return change(drawing, [...drawing.rings, ring], { selection, tool: 'select', pending: [] });
}

/** Another tool or another drawing: nothing half-drawn stays behind. */
const calm = (drawing: Drawing): Drawing => ({ ...drawing, selection: null, pending: [], held: null, nudged: null });

function step(drawing: Drawing, to: 'past' | 'future'): Drawing {
  const [from, other] = to === 'past' ? (['past', 'future'] as const) : (['future', 'past'] as const);
  const rings = drawing[from].at(-1);
  if (rings === undefined) return drawing;
  const next = {
    ...calm(drawing),
    rings,
    [from]: drawing[from].slice(0, -1),
    [other]: [...drawing[other], drawing.rings],
  };
  const kept = drawing.selection !== null && drawing.selection.ring < rings.length ? drawing.selection.ring : null;
  return { ...next, selection: kept === null ? null : { ring: kept, vertex: null } };
}

export function draw(drawing: Drawing, action: DrawingAction): Drawing {
  switch (action.type) {
    case 'load':
      return { ...emptyDrawing, rings: action.rings };
    case 'replace':
      // A step like every other: what was drawn before comes back with one undo.
      return change(calm(drawing), action.rings);
    case 'tool':
      return action.tool === drawing.tool ? drawing : { ...calm(drawing), tool: action.tool };
    case 'corner':
      return addCorner(drawing, action.at);
    case 'cursor':
      return { ...drawing, cursor: clampPoint([drawing.cursor[0] + action.by[0], drawing.cursor[1] + action.by[1]]) };
    case 'finish':
      return finish(drawing);
    case 'cancel':
      return drawing.pending.length > 0 ? { ...drawing, pending: [] } : { ...calm(drawing), tool: 'select' };
    case 'take-back-corner':
      return { ...drawing, pending: drawing.pending.slice(0, -1) };
    case 'rectangle':
      return rectangle(drawing);
    case 'select':
      return { ...drawing, selection: action.selection, nudged: null };
    case 'walk':
      return { ...drawing, selection: walk(drawing, action.by), nudged: null };
    case 'hold':
      return { ...drawing, held: drawing.rings };
    case 'drag-vertex':
      return dragVertex(drawing, action.at);
    case 'drag-ring':
      if (drawing.selection === null) return drawing;
      return { ...drawing, rings: replaceAt(drawing.rings, drawing.selection.ring, moveRing(action.from, action.by)) };
    case 'let-go':
      return letGo(drawing);
    case 'nudge':
      return nudge(drawing, action.by);
    case 'put': {
      const ring = drawing.rings[action.ring];
      if (ring === undefined) return drawing;
      // Not clamped: what somebody typed stays until they correct it, and the words beside it say what is wrong.
      return change(drawing, replaceAt(drawing.rings, action.ring, replaceAt(ring, action.vertex, action.at)));
    }
    case 'insert':
      return insert(drawing, action.ring, action.edge, action.at);
    case 'delete':
      return deleteSelected(drawing);
    case 'undo':
      return step(drawing, 'past');
    case 'redo':
      return step(drawing, 'future');
    default:
      return action satisfies never;
  }
}
