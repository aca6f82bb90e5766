// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules and calendars of a folder, for processes. Apart from the rest, which also runs where there are no files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Calendar, loadCalendar } from './calendar.ts';
import type { DataFile } from './data-file.ts';
import { loadRules, type RuleLibrary } from './rule-library.ts';

/** What this installation was delivered with: `rules/vn` of the repository. */
export const RULES_FOLDER = fileURLToPath(new URL('../../../rules/vn', import.meta.url));

export interface Law {
  rules: RuleLibrary;
  calendar: Calendar;
}

const jsonIn = (folder: string): DataFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, content: readFileSync(join(folder, name), 'utf8') }));

/** @throws RuleFileError that names file, clock and field */
export const readLaw = (folder: string = RULES_FOLDER): Law => ({
  rules: loadRules(jsonIn(folder)),
  calendar: loadCalendar(jsonIn(join(folder, 'holidays'))),
});
