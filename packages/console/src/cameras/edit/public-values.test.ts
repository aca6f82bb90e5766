// SPDX-License-Identifier: AGPL-3.0-or-later
import { PublicDetails } from '@louver/contract';
import { expect, it } from 'vitest';
import { detailsOf, publicValuesOf, sameDetails } from './public-values.ts';

const KNOWN: PublicDetails = { capabilities: ['zoom', 'infrared'], contact: 'Một cửa, 0262 123', storageCountry: 'VN' };

it('comes back from the form as it went in, whatever the order of what is ticked', () => {
  const values = publicValuesOf(KNOWN);
  expect(detailsOf(values)).toEqual({ ...KNOWN, capabilities: ['infrared', 'zoom'] });
  expect(sameDetails(values, { ...values, capabilities: ['infrared', 'zoom'] })).toBe(true);
  expect(sameDetails(values, { ...values, capabilities: ['zoom'] })).toBe(false);
});

it('takes an empty field for not known, and a country in small letters for the country', () => {
  const details = detailsOf({ capabilities: [], contact: '  ', storageCountry: ' vn ' });
  expect(details).toEqual({ capabilities: [], contact: null, storageCountry: 'VN' });
  expect(PublicDetails.safeParse(details).success).toBe(true);
  expect(
    PublicDetails.safeParse(detailsOf({ capabilities: [], contact: '', storageCountry: 'Việt Nam' })).success,
  ).toBe(false);
});
