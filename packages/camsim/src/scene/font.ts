// SPDX-License-Identifier: AGPL-3.0-or-later

/** Columns and rows of a glyph. */
export const GLYPH = { width: 5, height: 7 };

/** Seven rows of five bits a sign, two hexadecimal digits a row, the leftmost column the highest bit. */
const ROWS: Record<string, string> = {
  ' ': '00000000000000',
  '0': '0E11131519110E',
  '1': '040C040404040E',
  '2': '0E11010204081F',
  '3': '1F02040201110E',
  '4': '02060A121F0202',
  '5': '1F101E0101110E',
  '6': '0608101E11110E',
  '7': '1F010204080808',
  '8': '0E11110E11110E',
  '9': '0E11110F01020C',
  A: '0E11111F111111',
  B: '1E11111E11111E',
  C: '0E11101010110E',
  D: '1C12111111121C',
  E: '1F10101E10101F',
  F: '1F10101E101010',
  G: '0E11101711110F',
  H: '1111111F111111',
  I: '0E04040404040E',
  J: '0702020202120C',
  K: '11121418141211',
  L: '1010101010101F',
  M: '111B1515111111',
  N: '11191513111111',
  O: '0E11111111110E',
  P: '1E11111E101010',
  Q: '0E11111115120D',
  R: '1E11111E141211',
  S: '0F10100E01011E',
  T: '1F040404040404',
  U: '1111111111110E',
  V: '111111110A0A04',
  W: '11111115151B11',
  X: '11110A040A1111',
  Y: '11110A04040404',
  Z: '1F01020408101F',
  '-': '0000001F000000',
  ':': '00040400040400',
  '/': '01010204081010',
  '.': '0000000000000C',
  '+': '0004041F040400',
  "'": '04040800000000',
};

const bits = new Map(
  Object.entries(ROWS).map(([sign, hex]) => [
    sign,
    Array.from({ length: GLYPH.height }, (_, y) => parseInt(hex.slice(y * 2, y * 2 + 2), 16)),
  ]),
);

/** Whether a text has ink at a column and row; one empty column follows each sign. Signs it does not know are blank. */
export function hasInk(text: string, column: number, row: number): boolean {
  const [x, index] = [column % (GLYPH.width + 1), Math.floor(column / (GLYPH.width + 1))];
  if (column < 0 || row < 0 || row >= GLYPH.height || x >= GLYPH.width) return false;
  const rows = bits.get(text[index] ?? ' ');
  return rows !== undefined && (((rows[row] as number) >> (GLYPH.width - 1 - x)) & 1) === 1;
}

/** Width of a text in columns. */
export const columnsOf = (text: string): number => text.length * (GLYPH.width + 1) - 1;

/** Upper case without diacritics: "Đường Hoa Sữa" → "DUONG HOA SUA". */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll('–', '-')
    .toUpperCase();
