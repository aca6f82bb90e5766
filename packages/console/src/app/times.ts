// SPDX-License-Identifier: AGPL-3.0-or-later
import { currentLanguage } from './i18n.ts';

/** Where the cameras hang; times are shown as the street there has them. */
export const TIME_ZONE = 'Asia/Ho_Chi_Minh';

const formats = new Map<string, Intl.DateTimeFormat>();
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = currentLanguage() === 'vi' ? 'vi-VN' : 'en-GB';
  const key = `${locale} ${JSON.stringify(options)}`;
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: TIME_ZONE, ...options });
  formats.set(key, found);
  return found;
}

type Instant = Date | string | number;
const dateOf = (at: Instant) => (at instanceof Date ? at : new Date(at));

/** 14:05 */
export const timeOf = (at: Instant): string =>
  format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(dateOf(at));
/** 14:05:09 */
export const timeWithSecondsOf = (at: Instant): string =>
  format({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(dateOf(at));
/** 21/11/2026 */
export const dayOf = (at: Instant): string =>
  format({ day: '2-digit', month: '2-digit', year: 'numeric' }).format(dateOf(at));
/** 14:05 · 21/11/2026 */
export const momentOf = (at: Instant): string => `${timeOf(at)} · ${dayOf(at)}`;
/** The whole instant with its zone, for tooltips. */
export const exactly = (at: Instant): string => `${timeWithSecondsOf(at)} ${dayOf(at)} ${zoneName(dateOf(at))}`;

export const zoneName = (at: Date): string =>
  format({ timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value ?? TIME_ZONE;

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length in words with its largest units: "2 giờ 5 phút". */
export function durationOf(seconds: number, units: 1 | 2 = 2): string {
  const locale = currentLanguage() === 'vi' ? 'vi-VN' : 'en-GB';
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count === 0 && !(unit === 'second' && parts.length === 0)) continue;
    parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count));
    if (parts.length === units) break;
  }
  return parts.join(' ');
}

/** 4:05, for what counts down. */
export const clockOf = (seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

const numberFormats = { vi: new Intl.NumberFormat('vi-VN'), en: new Intl.NumberFormat('en-GB') };

export const numberOf = (value: number): string =>
  numberFormats[currentLanguage() === 'vi' ? 'vi' : 'en'].format(value);
