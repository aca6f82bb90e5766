// SPDX-License-Identifier: AGPL-3.0-or-later
import { currentLanguage } from '../app/i18n.ts';

/** 12,4 %: a share of the frame. What is there, but less than a tenth of a percent, is not written as nothing. */
export function shareOf(share: number): string {
  const locale = currentLanguage() === 'vi' ? 'vi-VN' : 'en-GB';
  const percent = (value: number) =>
    new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  return share > 0 && share < 0.001 ? `< ${percent(0.001)}` : percent(share);
}
