// SPDX-License-Identifier: AGPL-3.0-or-later
// A rule is only as good as the file it was typed into, so whoever mistypes must be told where.
import type { z } from 'zod';

/** `content` is the text of the file, or what a parser made of it. */
export interface DataFile {
  name: string;
  content: unknown;
}

export class RuleFileError extends Error {
  readonly file: string;
  readonly clock: string | null;
  readonly field: string;
  constructor(file: string, clock: string | null, field: string, problem: string) {
    super([file, ...(clock === null ? [] : [`clock ${clock}`]), field, problem].join(': '));
    this.name = 'RuleFileError';
    this.file = file;
    this.clock = clock;
    this.field = field;
  }
}

function json({ name, content }: DataFile): unknown {
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new RuleFileError(name, null, '(whole file)', `not JSON: ${(cause as SyntaxError).message}`);
  }
}

/** A clock is named by its id, as people know it; by its place only when the id itself is missing. */
function clockAt(data: unknown, index: unknown): string {
  const clocks = (data as { clocks?: unknown }).clocks;
  const id =
    Array.isArray(clocks) && typeof index === 'number' ? (clocks[index] as { id?: unknown } | null)?.id : undefined;
  return typeof id === 'string' ? id : `number ${Number(index) + 1}`;
}

export function readDataFile<T extends z.ZodType>(schema: T, file: DataFile): z.infer<T> {
  const data = json(file);
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue?.path ?? [];
  const inClock = path[0] === 'clocks' && path.length > 1;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const field =
    [...(inClock ? path.slice(2) : path), ...unknown].join('.') || (inClock ? '(whole clock)' : '(whole file)');
  throw new RuleFileError(file.name, inClock ? clockAt(data, path[1]) : null, field, issue?.message ?? 'not valid');
}
