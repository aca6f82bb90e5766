// SPDX-License-Identifier: AGPL-3.0-or-later

/** A text that begins like a formula would be run by a spreadsheet: it is marked as text. */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : `${value as string | number | boolean}`;
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
