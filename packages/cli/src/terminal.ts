// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Readable, Writable } from 'node:stream';

/** Where a command talks to: the process itself, or a test. */
export interface Terminal {
  env: NodeJS.ProcessEnv;
  stdin: Readable;
  stdout: Writable & { isTTY?: boolean };
  /** Progress and problems, so that what a script reads from stdout stays clean. */
  stderr: Writable & { isTTY?: boolean };
}

export const say = ({ stdout }: Terminal, line = ''): void => void stdout.write(`${line}\n`);
export const warn = ({ stderr }: Terminal, line: string): void => void stderr.write(`${line}\n`);

/** Columns as wide as their widest cell; numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => String(row[i] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (typeof cell === 'number' ? String(cell).padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}
