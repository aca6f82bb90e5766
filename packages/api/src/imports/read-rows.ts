// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ImportKind } from '@louver/contract';
import { readCsv } from './csv.ts';
import { readGeoJson } from './geojson.ts';
import { readOverpass } from './overpass.ts';
import { FileUnreadable, isRecord, type SourceRow } from './source-row.ts';
import { readUnits } from './vietnamese-units.ts';

/**
 * A file as rows, whatever its format: what it is stands in it, because nobody sets the media type of an OSM extract right.
 * @throws FileUnreadable when it is none of the formats that this kind of row comes in
 */
export function readRows(bytes: Uint8Array, mediaType: string, kind: ImportKind): SourceRow[] {
  const text = decode(bytes);
  if (mediaType === 'text/csv') {
    if (kind !== 'cameras') throw new FileUnreadable(`${kind} have outlines, which a table can't hold: send GeoJSON`);
    return readCsv(text);
  }
  const file = parseJson(text);
  if (Array.isArray(file.elements)) return readOverpass(file.elements, kind);
  if (kind === 'jurisdictions' && Array.isArray(file.provinces)) return readUnits(file.provinces);
  return readGeoJson(file);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FileUnreadable('the file is not UTF-8', cause);
  }
}

function parseJson(text: string): Record<string, unknown> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (cause) {
    throw new FileUnreadable('the file is not JSON: it is cut short or damaged', cause);
  }
  if (!isRecord(file)) throw new FileUnreadable('expected a GeoJSON FeatureCollection or an Overpass answer');
  return file;
}
