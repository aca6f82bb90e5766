// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';

/** The address bar stays readable: `?status=live,planned&at=12.68,108.05,14`, no JSON in it. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    const text = items.filter((item) => ['string', 'number', 'boolean'].includes(typeof item)).join(',');
    if (text !== '') params.set(key, text);
  }
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text === '' ? '' : `?${text}`;
}

export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

/** Several values of an enum, comma-separated in the address. What is not known is left out: an old link still opens. */
export const listed = <T extends z.ZodEnum>(item: T) =>
  z.preprocess((value) => {
    const parts = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
    const known = [...new Set(parts.filter((part) => item.safeParse(part).success))];
    return known.length === 0 ? undefined : known;
  }, z.array(item).optional());

/** A value that is dropped when it does not fit, for the same reason. */
export const dropped = <T extends z.ZodType>(item: T) => item.optional().catch(undefined);
