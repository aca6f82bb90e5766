// SPDX-License-Identifier: AGPL-3.0-or-later
// Dates and numbers as people here read them, wherever the server stands.
import type { Language } from './language.ts';

const LOCALE = { vi: 'vi-VN', en: 'en-GB' } as const;
const ZONE = 'Asia/Ho_Chi_Minh';

/** `at` as ISO text. 3 tháng 2, 2026 · 3 February 2026 */
export const dateOf = (at: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'long', timeZone: ZONE }).format(new Date(at));

/** With the hour. */
export const momentOf = (at: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'long', timeStyle: 'short', timeZone: ZONE }).format(
    new Date(at),
  );

/** `month` as `2026-02`. */
export const monthOf = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

export const numberOf = (value: number, language: Language): string =>
  new Intl.NumberFormat(LOCALE[language]).format(value);

/** `code` as ISO 3166-1. */
export const countryOf = (code: string, language: Language): string =>
  new Intl.DisplayNames([LOCALE[language]], { type: 'region' }).of(code) ?? code;
