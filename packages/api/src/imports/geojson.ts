// SPDX-License-Identifier: AGPL-3.0-or-later
import { FileUnreadable, idText, isRecord, type SourceRow } from './source-row.ts';

/** WGS 84, longitude first; GeoJSON knows nothing else since RFC 7946, but older files say so. */
const WGS84 = /CRS84|EPSG:{1,2}4326/i;

/** @throws FileUnreadable when the coordinates are in another system, or when there are no features */
export function readGeoJson(file: Record<string, unknown>): SourceRow[] {
  const crs = isRecord(file.crs) && isRecord(file.crs.properties) ? idText(file.crs.properties.name) : null;
  if (crs !== null && !WGS84.test(crs))
    throw new FileUnreadable(`the coordinates are in ${crs}: expected WGS 84 (EPSG:4326)`);
  const features = file.type === 'Feature' ? [file] : file.features;
  if (!Array.isArray(features)) throw new FileUnreadable('expected a GeoJSON FeatureCollection: it has no features');
  return features.map((feature, index) => featureRow(feature, index + 1));
}

function featureRow(feature: unknown, row: number): SourceRow {
  const base = { row, at: '/properties' as const, notes: [] };
  if (!isRecord(feature) || feature.type !== 'Feature')
    return {
      ...base,
      properties: {},
      geometry: undefined,
      id: null,
      errors: [{ pointer: '/type', detail: 'expected Feature' }],
    };
  const own = isRecord(feature.properties) ? feature.properties : {};
  // Some converters of OSM data keep the tags one level further down.
  const properties = isRecord(own.tags) ? { ...own, ...own.tags } : own;
  const id = idText(own['@id']) ?? idText(feature.id) ?? idText(own.id);
  return { ...base, properties, geometry: feature.geometry ?? undefined, id, errors: [] };
}
