// SPDX-License-Identifier: AGPL-3.0-or-later
import { fieldErrors, type FieldError } from '@louver/contract';
import type { z } from 'zod';
import { isProblem } from '../../api/api-problem.ts';

/** Where a form's fields stand in the body that is sent, as JSON pointers. */
export type Pointers<F extends string> = Readonly<Record<F, string>>;

/** The field that a pointer leads to, or into: `/location/coordinates` says nothing of which of the two, so it is the first. */
export function fieldOf<F extends string>(pointer: string, pointers: Pointers<F>): F | undefined {
  const entries = Object.entries(pointers) as [F, string][];
  const within = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}/`);
  const found = entries.find(([, at]) => within(pointer, at)) ?? entries.find(([, at]) => within(at, pointer));
  return found?.[0];
}

/** The fields that are wrong, with what was said of each first, and whether something else is wrong that no field shows. */
export function wrongFields<F extends string>(
  errors: readonly FieldError[],
  pointers: Pointers<F>,
): { fields: Partial<Record<F, string>>; elsewhere: boolean } {
  const fields: Partial<Record<F, string>> = {};
  let elsewhere = false;
  for (const { pointer, detail } of errors) {
    const field = pointer === '' ? undefined : fieldOf(pointer, pointers);
    if (field === undefined) elsewhere = true;
    else fields[field] ??= detail;
  }
  return { fields, elsewhere };
}

/** What the API found wrong with a body; none when it refused for another reason. */
export const errorsOfProblem = (problem: unknown): readonly FieldError[] =>
  isProblem(problem) ? (problem.document?.errors ?? []) : [];

/** The contract's own rules, asked before anything is sent. */
export function errorsOf(schema: z.ZodType, value: unknown): FieldError[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : fieldErrors(parsed.error);
}
