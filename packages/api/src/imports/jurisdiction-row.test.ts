// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { readJurisdiction } from './jurisdiction-row.ts';
import { readUnits } from './vietnamese-units.ts';
import { readGeoJson } from './geojson.ts';

const ofFeature = (properties: object) =>
  readJurisdiction(readGeoJson({ type: 'FeatureCollection', features: [{ type: 'Feature', properties }] })[0]!);

it('makes paths of the state list of units', () => {
  const communes = [{ code: '24133', name: 'Hoa Sữa', full_name: 'Phường Hoa Sữa' }];
  const rows = readUnits([
    { code: '66', name: 'Đắk Lắk', name_en: 'Dak Lak', full_name: 'Tỉnh Đắk Lắk', communes },
  ]).map(readJurisdiction);
  expect(rows).toMatchObject([
    {
      candidate: {
        row: 1,
        path: 'vn.p66',
        kind: 'province',
        name: 'Tỉnh Đắk Lắk',
        nameEn: 'Dak Lak',
        code: '66',
        boundary: null,
      },
    },
    { candidate: { row: 2, path: 'vn.p66.c24133', kind: 'commune', name: 'Phường Hoa Sữa', code: '24133' } },
  ]);
});

it('makes paths of OSM boundaries by level and province', () => {
  expect(ofFeature({ admin_level: 4, name: 'Thành phố Hà Nội', code: '01', province_code: '01' })).toMatchObject({
    candidate: { path: 'vn.p01', kind: 'province' },
  });
  expect(ofFeature({ admin_level: 6, name: 'Phường Phúc Lợi', code: '00136', province_code: '01' })).toMatchObject({
    candidate: { path: 'vn.p01.c00136', kind: 'commune' },
  });
});

it('takes a path of our own, and refuses one that is none or a row without a name', () => {
  expect(ofFeature({ path: 'vn.p66.hoa_sua', name: 'Phường Hoa Sữa' })).toMatchObject({
    candidate: { path: 'vn.p66.hoa_sua', kind: 'commune' },
  });
  expect(ofFeature({ path: 'VN/66', name: 'x' })).toMatchObject({
    ok: false,
    errors: [{ pointer: '/properties/path' }],
  });
  expect(ofFeature({ path: 'vn.p66' })).toMatchObject({
    ok: false,
    errors: [{ pointer: '/properties/name', detail: 'is missing' }],
  });
});
