// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, emptyDrawing, type Drawing, type DrawingAction } from './drawing.ts';
import type { Ring } from './ring.ts';

const square: Ring = [
  [0.2, 0.2],
  [0.4, 0.2],
  [0.4, 0.4],
  [0.2, 0.4],
];
const far: Ring = square.map(([x, y]) => [x + 0.5, y + 0.5] as const);

const after = (actions: DrawingAction[], from: Drawing = emptyDrawing) => actions.reduce(draw, from);
const loaded = (...rings: Ring[]) => draw(emptyDrawing, { type: 'load', rings });

describe('drawing a polygon', () => {
  it('adds it once it has three corners, selects it and returns to selecting', () => {
    const drawing = after([
      { type: 'tool', tool: 'add' },
      { type: 'corner', at: [0.1, 0.1] },
      { type: 'corner', at: [0.5, 0.1] },
      { type: 'finish' },
      { type: 'corner', at: [0.5, 0.6] },
      { type: 'finish' },
    ]);
    expect(drawing.rings).toEqual([
      [
        [0.1, 0.1],
        [0.5, 0.1],
        [0.5, 0.6],
      ],
    ]);
    expect(drawing).toMatchObject({ tool: 'select', pending: [], selection: { ring: 0, vertex: null } });
  });

  it('ignores a corner on the corner before it, which is what a double click sends', () => {
    const drawing = after([
      { type: 'corner', at: [0.1, 0.1] },
      { type: 'corner', at: [0.1, 0.1] },
    ]);
    expect(drawing.pending).toHaveLength(1);
  });

  it('can be drawn with the keyboard alone', () => {
    const by = (x: number, y: number): DrawingAction => ({ type: 'cursor', by: [x, y] });
    let drawing = after([{ type: 'tool', tool: 'add' }]);
    for (const move of [by(0, 0), by(0.25, 0), by(0, 0.25)]) {
      drawing = draw(drawing, move);
      drawing = draw(drawing, { type: 'corner', at: drawing.cursor });
    }
    expect(draw(drawing, { type: 'finish' }).rings[0]).toEqual([
      [0.5, 0.5],
      [0.75, 0.5],
      [0.75, 0.75],
    ]);
  });

  it('takes back the last corner, then gives the whole polygon up', () => {
    const two = after([
      { type: 'tool', tool: 'add' },
      { type: 'corner', at: [0.1, 0.1] },
      { type: 'corner', at: [0.2, 0.1] },
    ]);
    expect(draw(two, { type: 'take-back-corner' }).pending).toEqual([[0.1, 0.1]]);
    const given = draw(two, { type: 'cancel' });
    expect(given).toMatchObject({ pending: [], tool: 'add' });
    expect(draw(given, { type: 'cancel' }).tool).toBe('select');
  });
});

describe('changing a polygon', () => {
  it('moves one corner, and never out of the frame', () => {
    const drawing = after(
      [
        { type: 'select', selection: { ring: 0, vertex: 1 } },
        { type: 'nudge', by: [0.9, -0.1] },
      ],
      loaded(square),
    );
    expect(drawing.rings[0]![1]).toEqual([1, 0.1]);
  });

  it('moves the whole polygon without bending it at the frame', () => {
    const drawing = after(
      [
        { type: 'select', selection: { ring: 0, vertex: null } },
        { type: 'nudge', by: [-1, 0] },
      ],
      loaded(square),
    );
    expect(drawing.rings[0]!.map(([x]) => Math.round(x * 100) / 100)).toEqual([0, 0.2, 0.2, 0]);
  });

  it('inserts a corner in the middle of an edge and selects it', () => {
    const drawing = after([{ type: 'insert', ring: 0, edge: 3 }], loaded(square));
    expect(drawing.rings[0]).toHaveLength(5);
    expect(drawing.rings[0]![4]![0]).toBeCloseTo(0.2);
    expect(drawing.rings[0]![4]![1]).toBeCloseTo(0.3);
    expect(drawing.selection).toEqual({ ring: 0, vertex: 4 });
  });

  it('deletes a corner, and the polygon itself where three corners are left', () => {
    const three = after(
      [{ type: 'select', selection: { ring: 0, vertex: 3 } }, { type: 'delete' }],
      loaded(square, far),
    );
    expect(three.rings[0]).toHaveLength(3);
    expect(three.selection).toEqual({ ring: 0, vertex: 2 });
    expect(draw(three, { type: 'delete' }).rings).toEqual([far]);
  });

  it('keeps what was typed outside of the frame, so that the words can say it', () => {
    expect(draw(loaded(square), { type: 'put', ring: 0, vertex: 0, at: [1.2, 0] }).rings[0]![0]).toEqual([1.2, 0]);
  });

  it('walks through every polygon and every corner and stops at both ends', () => {
    let drawing = loaded(square, far);
    const seen: string[] = [];
    for (;;) {
      drawing = draw(drawing, { type: 'walk', by: 1 });
      if (drawing.selection === null) break;
      seen.push(`${drawing.selection.ring}/${drawing.selection.vertex ?? 'all'}`);
    }
    expect(seen).toEqual(['0/all', '0/0', '0/1', '0/2', '0/3', '1/all', '1/0', '1/1', '1/2', '1/3']);
    expect(draw(drawing, { type: 'walk', by: -1 }).selection).toEqual({ ring: 1, vertex: 3 });
  });
});

describe('steps back and forth', () => {
  it('takes one drag as one step', () => {
    const dragged = after(
      [
        { type: 'select', selection: { ring: 0, vertex: 0 } },
        { type: 'hold' },
        { type: 'drag-vertex', at: [0.25, 0.2] },
        { type: 'drag-vertex', at: [0.3, 0.2] },
        { type: 'let-go' },
      ],
      loaded(square),
    );
    expect(dragged.rings[0]![0]).toEqual([0.3, 0.2]);
    expect(draw(dragged, { type: 'undo' }).rings).toEqual([square]);
  });

  it('takes a click that moved nothing for no step', () => {
    const clicked = after(
      [{ type: 'select', selection: { ring: 0, vertex: 0 } }, { type: 'hold' }, { type: 'let-go' }],
      loaded(square),
    );
    expect(clicked.past).toEqual([]);
  });

  it('takes arrow keys on one corner as one step, and on the next corner as another', () => {
    const moved = after(
      [
        { type: 'select', selection: { ring: 0, vertex: 0 } },
        { type: 'nudge', by: [0.01, 0] },
        { type: 'nudge', by: [0.01, 0] },
        { type: 'select', selection: { ring: 0, vertex: 1 } },
        { type: 'nudge', by: [0.01, 0] },
      ],
      loaded(square),
    );
    expect(moved.past).toHaveLength(2);
    expect(after([{ type: 'undo' }, { type: 'undo' }], moved).rings).toEqual([square]);
  });

  it('comes back to where it was, whatever was done, and forth again', () => {
    const coordinate = fc.double({ min: 0, max: 1, noNaN: true });
    const action: fc.Arbitrary<DrawingAction> = fc.oneof(
      fc.constant<DrawingAction>({ type: 'rectangle' }),
      fc.constant<DrawingAction>({ type: 'delete' }),
      fc.constantFrom<DrawingAction>({ type: 'walk', by: 1 }, { type: 'walk', by: -1 }),
      fc.tuple(coordinate, coordinate).map(([x, y]): DrawingAction => ({ type: 'nudge', by: [x - 0.5, y - 0.5] })),
      fc.tuple(fc.nat(2), fc.nat(3)).map(([ring, edge]): DrawingAction => ({ type: 'insert', ring, edge })),
      fc
        .tuple(coordinate, coordinate)
        .map(([x, y]): DrawingAction => ({ type: 'put', ring: 0, vertex: 0, at: [x, y] })),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const done = after(actions, loaded(square));
        const steps = done.past.length;
        const back = after(
          Array.from({ length: steps }, () => ({ type: 'undo' })),
          done,
        );
        expect(back.rings).toEqual([square]);
        const forth = after(
          Array.from({ length: steps }, () => ({ type: 'redo' })),
          back,
        );
        expect(forth.rings).toEqual(done.rings);
      }),
    );
  });
});

describe('taking another drawing', () => {
  it('is one step, and what was drawn before comes back with one undo', () => {
    const drawn = after(
      [
        { type: 'select', selection: { ring: 0, vertex: 1 } },
        { type: 'replace', rings: [far] },
      ],
      loaded(square),
    );
    expect(drawn.rings).toEqual([far]);
    expect(drawn.selection).toBeNull();
    expect(draw(drawn, { type: 'undo' }).rings).toEqual([square]);
  });
});
