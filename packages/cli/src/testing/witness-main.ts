// SPDX-License-Identifier: AGPL-3.0-or-later
// `louver witness` alone: a process that is killed thirty times should not load the other commands each time.
import process from 'node:process';
import { Failure } from '../failure.ts';
import { warn } from '../terminal.ts';
import { witnessCommand } from '../witness/command.ts';

const { env, stdin, stdout, stderr } = process;
const terminal = { env, stdin, stdout, stderr };
try {
  await witnessCommand(terminal).parseAsync(process.argv.slice(2), { from: 'user' });
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  warn(terminal, `louver: ${error.message}`);
  process.exitCode = error.code;
}
