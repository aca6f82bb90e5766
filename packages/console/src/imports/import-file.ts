// SPDX-License-Identifier: AGPL-3.0-or-later
import { currentLanguage } from '../app/i18n.ts';

export const MOST_BYTES = 32 * 1024 * 1024;

/** By its name: browsers know no type for GeoJSON, and on some machines call CSV a spreadsheet. */
export function mediaTypeOf(name: string): string | undefined {
  const ending = /\.(\w+)$/.exec(name.toLowerCase())?.[1];
  return { geojson: 'application/geo+json', json: 'application/json', csv: 'text/csv' }[ending ?? ''];
}

/** 1,4 MB */
export function sizeOf(bytes: number): string {
  const [value, unit] =
    bytes >= 1_000_000
      ? ([bytes / 1_000_000, 'megabyte'] as const)
      : bytes >= 1000
        ? ([bytes / 1000, 'kilobyte'] as const)
        : ([bytes, 'byte'] as const);
  const locale = currentLanguage() === 'vi' ? 'vi-VN' : 'en-GB';
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}
