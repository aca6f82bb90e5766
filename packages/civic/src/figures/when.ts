// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Language } from '../language.ts';
import { momentOf } from '../times.ts';

/** To stand in a sentence after «lúc» or «on»: 13:10 ngày 22 tháng 11 năm 2026 · 22 November 2026 at 13:10. */
export function whenOf(at: string, language: Language): string {
  if (language === 'en') return momentOf(at, language);
  // Put together here: what ICU makes of a Vietnamese moment begins with «lúc» in one version and not in another.
  const format = new Intl.DateTimeFormat('vi-VN', {
    ...{ day: 'numeric', month: 'numeric', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...{ hourCycle: 'h23', timeZone: 'Asia/Ho_Chi_Minh' },
  });
  const parts = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const { hour, minute, day, month, year } = Object.fromEntries(parts);
  return `${hour}:${minute} ngày ${Number(day)} tháng ${Number(month)} năm ${year}`;
}
