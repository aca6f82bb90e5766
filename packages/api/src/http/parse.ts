// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, fieldErrors, type FieldError } from '@louver/contract';
import type { z } from 'zod';

/** @throws Problem request-invalid, with a pointer to every field that does not fit */
export function parseAs<S extends z.ZodType>(schema: S, value: unknown, root: '' | '/query' | '/params'): z.output<S> {
  const unfit = unstorable(value, root);
  if (unfit.length > 0) throw new Problem('request-invalid', { errors: unfit });
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem('request-invalid', { errors: fieldErrors(parsed.error, root) });
}

/** Text that JSON can say and neither PostgreSQL nor UTF-8 can hold: NUL, and half of a surrogate pair. */
// oxlint-disable-next-line eslint/no-control-regex -- the control character is what is looked for
const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** With a list of its own instead of recursion: a body of nothing but brackets is as deep as it is long. */
function unstorable(value: unknown, root: string): FieldError[] {
  const errors: FieldError[] = [];
  const open: { at: string; value: unknown }[] = [{ at: root, value }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { at, value } = next;
    if (typeof value === 'string' && UNSTORABLE.test(value))
      errors.push({ pointer: at, detail: 'holds a character that cannot be stored' });
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        open.push({ at: `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, value: inner });
  }
  return errors;
}
