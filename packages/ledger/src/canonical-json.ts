// SPDX-License-Identifier: AGPL-3.0-or-later
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const SURROGATE = /[\uD800-\uDFFF]/;
// isWellFormed() is ES2024.
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const wellFormed = (text: string): string => {
  // A lone surrogate has no UTF-8 form, so two different values would hash alike. Most texts have none of either kind.
  if (SURROGATE.test(text) && LONE_SURROGATE.test(text)) throw new TypeError('lone surrogate in text');
  return JSON.stringify(text);
};

/** Those of our own entries come in order; asking costs less than sorting. */
function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  return keys.every((key, i) => i === 0 || keys[i - 1]! < key) ? keys : keys.sort();
}

/**
 * The one text of a value (RFC 8785, JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white space,
 * numbers as ECMAScript prints them.
 * @throws TypeError for what JSON cannot hold: NaN, infinities, undefined, functions, lone surrogates
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('number is not finite');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`${typeof value} has no JSON form`);
  const object = value as { readonly [key: string]: Json };
  let members = '';
  for (const key of sortedKeys(object))
    members += `${members === '' ? '' : ','}${wellFormed(key)}:${canonicalJson(object[key]!)}`;
  return `{${members}}`;
}
