// SPDX-License-Identifier: AGPL-3.0-or-later
import type { DoriLevel } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/i18n.ts';

const numbers = new Map<string, Intl.NumberFormat>();
const rounded = (value: number, digits: number): string => {
  const locale = currentLanguage() === 'vi' ? 'vi-VN' : 'en-GB';
  const key = `${locale}${digits}`;
  const found = numbers.get(key) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
  numbers.set(key, found);
  return found.format(value);
};

/** 2,8 and 46: below ten metres a step matters. */
export const metresOf = (metres: number): string => rounded(metres, metres < 10 ? 1 : 0);
export const densityOf = (pixelsPerMetre: number): string => rounded(pixelsPerMetre, 0);

const USES = new Set(['house', 'apartments', 'shop-house', 'dormitory', 'unknown']);

/** What a home is called: its name where the map has one, else what kind of home it is. */
export function useHomeName(): (home: { name: string | null; use: string | null }) => string {
  const { t } = useTranslation();
  return ({ name, use }) =>
    name ?? t(`exposures.use.${use === null ? 'gone' : USES.has(use) ? (use as 'house') : 'unknown'}`);
}

export const LEVELS: readonly DoriLevel[] = ['identify', 'recognise', 'observe', 'detect', 'none'];
