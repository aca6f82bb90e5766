// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraStatus, Mobility, Publication, StreamState } from './camera.ts';
import type { CameraId, JurisdictionPath } from './ids.ts';

/**
 * Cameras as columns: one binary answer that a map reads without making an object per camera.
 * Little-endian; columns in the order of `CameraColumns`, each padded to 8 bytes, after a JSON header
 * `{count, jurisdictions}` whose length stands in bytes 4…7; bytes 0…3 are `LVC1`.
 */
export interface CameraColumns {
  count: number;
  jurisdictions: JurisdictionPath[];
  /** Degrees. */
  lon: Float64Array;
  lat: Float64Array;
  /** Degrees clockwise from north; NaN when not known. */
  headingDeg: Float32Array;
  /** Degrees; NaN when not known. */
  hfovDeg: Float32Array;
  /** Metres; NaN when not known. */
  rangeMetres: Float32Array;
  /** Index into `jurisdictions`. */
  jurisdiction: Uint16Array;
  /** Indices into the options of the schemas of the same name. */
  status: Uint8Array;
  mobility: Uint8Array;
  publication: Uint8Array;
  streamState: Uint8Array;
  /** 16 bytes each. */
  id: Uint8Array;
}

export interface CameraColumnsRow {
  id: CameraId;
  lon: number;
  lat: number;
  headingDeg: number | null;
  hfovDeg: number | null;
  rangeMetres: number | null;
  jurisdiction: JurisdictionPath;
  status: CameraStatus;
  mobility: Mobility;
  publication: Publication;
  streamState: StreamState;
}

const MAGIC = 'LVC1';
const LAYOUT = [
  ['lon', Float64Array, 1],
  ['lat', Float64Array, 1],
  ['headingDeg', Float32Array, 1],
  ['hfovDeg', Float32Array, 1],
  ['rangeMetres', Float32Array, 1],
  ['jurisdiction', Uint16Array, 1],
  ['status', Uint8Array, 1],
  ['mobility', Uint8Array, 1],
  ['publication', Uint8Array, 1],
  ['streamState', Uint8Array, 1],
  ['id', Uint8Array, 16],
] as const;

const padded = (bytes: number) => Math.ceil(bytes / 8) * 8;

function emptyColumns(count: number, jurisdictions: JurisdictionPath[]): CameraColumns {
  const columns = Object.fromEntries(LAYOUT.map(([name, Column, width]) => [name, new Column(count * width)]));
  return { count, jurisdictions, ...columns } as unknown as CameraColumns;
}

export function columnsOf(rows: readonly CameraColumnsRow[]): CameraColumns {
  const places = new Map<JurisdictionPath, number>();
  const columns = emptyColumns(rows.length, []);
  rows.forEach((row, i) => {
    if (!places.has(row.jurisdiction)) places.set(row.jurisdiction, places.size);
    columns.lon[i] = row.lon;
    columns.lat[i] = row.lat;
    columns.headingDeg[i] = row.headingDeg ?? Number.NaN;
    columns.hfovDeg[i] = row.hfovDeg ?? Number.NaN;
    columns.rangeMetres[i] = row.rangeMetres ?? Number.NaN;
    columns.jurisdiction[i] = places.get(row.jurisdiction)!;
    columns.status[i] = CameraStatus.options.indexOf(row.status);
    columns.mobility[i] = Mobility.options.indexOf(row.mobility);
    columns.publication[i] = Publication.options.indexOf(row.publication);
    columns.streamState[i] = StreamState.options.indexOf(row.streamState);
    const hex = row.id.replaceAll('-', '');
    for (let b = 0; b < 16; b++) columns.id[i * 16 + b] = Number.parseInt(hex.slice(b * 2, b * 2 + 2), 16);
  });
  columns.jurisdictions = [...places.keys()];
  return columns;
}

export function encodeCameraColumns(columns: CameraColumns): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(
    JSON.stringify({ count: columns.count, jurisdictions: columns.jurisdictions }),
  );
  const start = padded(8 + header.length);
  const size = LAYOUT.reduce(
    (sum, [, Column, width]) => sum + padded(columns.count * width * Column.BYTES_PER_ELEMENT),
    start,
  );
  const out = new Uint8Array(size);
  out.set(new TextEncoder().encode(MAGIC));
  new DataView(out.buffer).setUint32(4, header.length, true);
  out.set(header, 8);
  let offset = start;
  for (const [name] of LAYOUT) {
    const column = columns[name];
    out.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    offset += padded(column.byteLength);
  }
  return out;
}

/** @throws RangeError when the bytes are not such an answer or are cut short */
export function decodeCameraColumns(bytes: ArrayBuffer): CameraColumns {
  if (bytes.byteLength < 8 || new TextDecoder().decode(new Uint8Array(bytes, 0, 4)) !== MAGIC)
    throw new RangeError('not camera columns');
  const headerLength = new DataView(bytes).getUint32(4, true);
  if (8 + headerLength > bytes.byteLength) throw new RangeError('camera columns are cut short');
  const { count, jurisdictions } = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, headerLength)));
  let offset = padded(8 + headerLength);
  const columns: Record<string, unknown> = { count, jurisdictions };
  for (const [name, Column, width] of LAYOUT) {
    const length = count * width;
    if (offset + length * Column.BYTES_PER_ELEMENT > bytes.byteLength)
      throw new RangeError('camera columns are cut short');
    columns[name] = new Column(bytes, offset, length);
    offset += padded(length * Column.BYTES_PER_ELEMENT);
  }
  return columns as unknown as CameraColumns;
}

export function cameraIdAt(columns: CameraColumns, index: number): CameraId {
  const hex = Array.from(columns.id.subarray(index * 16, index * 16 + 16), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as CameraId;
}
