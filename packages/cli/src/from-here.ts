// SPDX-License-Identifier: AGPL-3.0-or-later
import { resolve } from 'node:path';
import type { Terminal } from './terminal.ts';

/** npm changes to the root of the repository; a path is meant from where the command was typed. */
export const fromHere = ({ env }: Terminal, path: string): string => resolve(env.INIT_CWD ?? '.', path);
