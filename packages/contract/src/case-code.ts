// SPDX-License-Identifier: AGPL-3.0-or-later
// 15 random digits and a check digit by Damm: every single mistyped digit and every swap of two neighbours is noticed before
// anybody is asked, so that an honest slip does not count as a guess.

const DAMM = [
  ...['0317598642', '7092154863', '4206871359', '1750983426', '6123045978'],
  ...['3674209581', '5869720134', '8945362017', '9438617205', '2581436790'],
];

const damm = (digits: string): number => {
  let state = 0;
  for (const digit of digits) state = Number(DAMM[state]![Number(digit)]);
  return state;
};

/** Digits with their check digit behind them. */
export const withCheckDigit = (digits: string): string => `${digits}${damm(digits)}`;

export const isCaseCode = (text: string): boolean => /^\d{16}$/.test(text) && damm(text) === 0;

/** `1234 5678 9012 3456`, as it is shown and read aloud. */
export const spacedCaseCode = (code: string): string => code.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
