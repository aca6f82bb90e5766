// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { IdIndex } from './id-index.ts';

const idOf = (n: number, tail = n): CameraId =>
  CameraId.parse(`${n.toString(16).padStart(8, '0')}-0000-4000-8000-0000${tail.toString(16).padStart(8, '0')}`);
const columnOf = (ids: readonly CameraId[]) =>
  Uint8Array.from(
    ids.flatMap((id) =>
      id
        .replaceAll('-', '')
        .match(/../g)!
        .map((byte) => Number.parseInt(byte, 16)),
    ),
  );

describe('IdIndex', () => {
  it('finds the row of every id', () => {
    const ids = Array.from({ length: 2000 }, (_, n) => idOf(n, (n * 2_654_435_761) % 2 ** 32));
    const index = new IdIndex(columnOf(ids));
    expect(ids.map((id) => index.find(id))).toEqual(ids.map((_, row) => row));
  });

  it('tells ids apart that end alike', () => {
    const index = new IdIndex(columnOf([idOf(1, 9), idOf(2, 9), idOf(3, 9)]));
    expect(index.find(idOf(2, 9))).toBe(1);
    expect(index.find(idOf(4, 9))).toBe(-1);
  });

  it('finds nothing where there is nothing', () => {
    expect(new IdIndex(new Uint8Array(0)).find(idOf(1))).toBe(-1);
  });
});
