// SPDX-License-Identifier: AGPL-3.0-or-later
// The demo city as files, as somebody would import a real one.
import type { DemoCity } from '@louver/camsim';
import type { ImportKind } from '@louver/contract';
import type { FileToImport } from '../import-file.ts';

const collection = (features: object[]): FileToImport => ({
  mediaType: 'application/geo+json',
  bytes: new Uint8Array(Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))),
});
const feature = (id: string, geometry: object, properties: object) => ({ type: 'Feature', id, properties, geometry });

/** In the order in which they build on one another. */
export function demoFiles(city: DemoCity): [kind: ImportKind, file: FileToImport][] {
  return [
    [
      'jurisdictions',
      collection(
        city.wards.map(({ jurisdiction, name, nameEn, polygon }) =>
          feature(jurisdiction, polygon, { path: jurisdiction, kind: 'commune', name, name_en: nameEn }),
        ),
      ),
    ],
    ['areas', collection(city.areas.map(({ id, kind, name, polygon }) => feature(id, polygon, { kind, name })))],
    [
      'streets',
      collection(
        city.streets.map((street) => feature(street.id, street.line, { class: street.class, name: street.name })),
      ),
    ],
    [
      'buildings',
      collection(
        city.buildings.map(({ id, use, name, height, minHeight, footprint }) =>
          feature(id, footprint, { use, name, height, min_height: minHeight }),
        ),
      ),
    ],
    [
      'cameras',
      collection(
        city.cameras.map(({ code, location, aim, ward: _ward, streaming: _streaming, ...papers }) =>
          feature(code, location, { code, ...papers, aims: [{ name: '1', ...aim }] }),
        ),
      ),
    ],
  ];
}
