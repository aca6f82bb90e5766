// SPDX-License-Identifier: AGPL-3.0-or-later
// From the database's columns to the map's, without an object per camera in between.
import type { CameraColumns, JurisdictionPath } from '@louver/contract';

/** One row for all cameras: every column as PostgreSQL sends its type, big-endian, one value behind the other. */
export interface PackedColumns {
  count: number;
  lon: Buffer;
  lat: Buffer;
  headingDeg: Buffer;
  hfovDeg: Buffer;
  rangeMetres: Buffer;
  /** Joined by commas, which no path holds. */
  jurisdiction: string;
  status: Buffer;
  mobility: Buffer;
  publication: Buffer;
  streamState: Buffer;
  id: Buffer;
}

export function unpackColumns(packed: PackedColumns): CameraColumns {
  const { places, jurisdictions } = placesOf(packed.jurisdiction, packed.count);
  return {
    count: packed.count,
    jurisdictions,
    lon: new Float64Array(turned(packed.lon, 8)),
    lat: new Float64Array(turned(packed.lat, 8)),
    headingDeg: new Float32Array(turned(packed.headingDeg, 4)),
    hfovDeg: new Float32Array(turned(packed.hfovDeg, 4)),
    rangeMetres: new Float32Array(turned(packed.rangeMetres, 4)),
    jurisdiction: places,
    status: packed.status,
    mobility: packed.mobility,
    publication: packed.publication,
    streamState: packed.streamState,
    id: packed.id,
  };
}

/** To little-endian, in memory of its own: a typed array can only begin at a multiple of its element's size. */
function turned(bytes: Buffer, width: 4 | 8): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  const view = Buffer.from(copy);
  bytes.copy(view);
  if (width === 4) view.swap32();
  else view.swap64();
  return copy;
}

function placesOf(joined: string, count: number): { places: Uint16Array; jurisdictions: JurisdictionPath[] } {
  const index = new Map<string, number>();
  const places = new Uint16Array(count);
  if (count > 0)
    joined.split(',').forEach((path, i) => {
      let place = index.get(path);
      if (place === undefined) index.set(path, (place = index.size));
      places[i] = place;
    });
  return { places, jurisdictions: [...index.keys()] as JurisdictionPath[] };
}
