// SPDX-License-Identifier: AGPL-3.0-or-later
import process from 'node:process';
import { run } from './program.ts';

const { env, stdin, stdout, stderr } = process;
process.exitCode = await run({ env, stdin, stdout, stderr }, process.argv.slice(2));
