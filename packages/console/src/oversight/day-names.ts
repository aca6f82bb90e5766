// SPDX-License-Identifier: AGPL-3.0-or-later
import { currentLanguage } from '../app/i18n.ts';

// A day is a square of the calendar and not an instant, so it is named in UTC whatever zone anybody is in.
const format = (options: Intl.DateTimeFormatOptions, day: string) =>
  new Intl.DateTimeFormat(currentLanguage() === 'vi' ? 'vi-VN' : 'en-GB', { timeZone: 'UTC', ...options }).format(
    new Date(`${day}T00:00:00Z`),
  );

/** Thứ Bảy, 21 tháng 11, 2026 */
export const dayName = (day: string): string =>
  format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, day);
/** T7, 21/11 */
export const shortDayName = (day: string): string =>
  format({ weekday: 'short', day: '2-digit', month: '2-digit' }, day);
