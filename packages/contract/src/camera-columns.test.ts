// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  cameraIdAt,
  columnsOf,
  decodeCameraColumns,
  encodeCameraColumns,
  type CameraColumnsRow,
} from './camera-columns.ts';

const row = (over: object = {}): CameraColumnsRow =>
  ({
    id: randomUUID(),
    lon: 108.05,
    lat: 12.68,
    headingDeg: 90,
    hfovDeg: null,
    rangeMetres: 35,
    jurisdiction: 'vn.p66',
    status: 'live',
    mobility: 'ptz',
    publication: 'shown',
    streamState: 'streaming',
    ...over,
  }) as CameraColumnsRow;

describe('camera columns', () => {
  it.each([0, 1, 3, 257])('survive the way through bytes with %i cameras', (count) => {
    const rows = Array.from({ length: count }, (_, i) => row({ jurisdiction: `vn.p${i % 5}`, lon: i / 1000 }));
    const bytes = encodeCameraColumns(columnsOf(rows));
    const columns = decodeCameraColumns(bytes.buffer);
    expect(columns.count).toBe(count);
    rows.forEach((expected, i) => {
      expect(cameraIdAt(columns, i)).toBe(expected.id);
      expect(columns.jurisdictions[columns.jurisdiction[i]!]).toBe(expected.jurisdiction);
      expect(columns.lon[i]).toBe(expected.lon);
      expect(columns.hfovDeg[i]).toBeNaN();
    });
  });

  it('refuses bytes that are something else or cut short', () => {
    const bytes = encodeCameraColumns(columnsOf([row(), row()]));
    expect(() => decodeCameraColumns(Uint8Array.from(Buffer.from('<!doctype html>')).buffer)).toThrow(RangeError);
    for (let end = 0; end < bytes.length - 8; end += 7)
      expect(() => decodeCameraColumns(bytes.slice(0, end).buffer)).toThrow(RangeError);
  });
});
