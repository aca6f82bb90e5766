// SPDX-License-Identifier: AGPL-3.0-or-later
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What JSON writes otherwise than it is, and halves of pairs: a text without any of them is its own form between quotes. */
const NEEDS_CARE = /[^ !#-[\]-\uD7FF\uE000-\uFFFF]/;
// isWellFormed() is ES2024.
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function quoted(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  // A lone surrogate has no UTF-8 form, so two different values would hash alike.
  if (LONE_SURROGATE.test(text)) throw new TypeError('lone surrogate in text');
  return JSON.stringify(text);
}

/** Those of our own entries come in order; asking costs less than sorting. */
function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  for (let i = 1; i < keys.length; i++) if (keys[i - 1]! >= keys[i]!) return keys.sort();
  return keys;
}

/**
 * The one text of a value (RFC 8785, JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white space,
 * numbers as ECMAScript prints them.
 * @throws TypeError for what JSON cannot hold: NaN, infinities, undefined, functions, lone surrogates
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('number is not finite');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`${typeof value} has no JSON form`);
  const object = value as { readonly [key: string]: Json };
  let members = '';
  for (const key of sortedKeys(object))
    members += `${members === '' ? '' : ','}${quoted(key)}:${canonicalJson(object[key]!)}`;
  return `{${members}}`;
}
