// SPDX-License-Identifier: AGPL-3.0-or-later
// All rule sets there are, and which of them a case was filed under. Filed once under one, a case keeps it for good.
import { type DataFile, readDataFile, RuleFileError } from './data-file.ts';
import { addDays, type LocalDate } from './local-date.ts';
import { RuleSet } from './rule-set.ts';

/** No rules were in force on the day of filing: a date made up from other days' rules would be no legal date. */
export class NoRuleSetError extends Error {
  constructor(procedure: string, jurisdiction: string, filedOn: LocalDate) {
    super(`no rule set for a ${procedure} filed in ${jurisdiction} on ${filedOn}`);
    this.name = 'NoRuleSetError';
  }
}

export interface RuleLibrary {
  readonly sets: readonly RuleSet[];
  /** The set a case keeps. Throws when the id is unknown. */
  withId(id: string): RuleSet;
  /** Of the place nearest above the case that has rules for that day. Throws NoRuleSetError. */
  inForce(wanted: { procedure: RuleSet['procedure']; jurisdiction: string; filedOn: LocalDate }): RuleSet;
}

type Loaded = { file: string; set: RuleSet };

/** Throws RuleFileError naming file, clock and field; also for effective dates that overlap or leave a gap. */
export function loadRules(files: readonly DataFile[]): RuleLibrary {
  const loaded = files.map((file) => ({ file: file.name, set: readDataFile(RuleSet, file) }));
  const byId = new Map<string, RuleSet>();
  for (const { file, set } of loaded) {
    if (byId.has(set.id)) throw new RuleFileError(file, null, 'id', `another file has the rule set ${set.id}`);
    byId.set(set.id, set);
  }
  const lines = new Map<string, Loaded[]>();
  for (const one of loaded) {
    const key = `${one.set.jurisdiction} ${one.set.procedure}`;
    lines.set(key, [...(lines.get(key) ?? []), one]);
  }
  for (const line of lines.values()) checkLine(line);
  return {
    sets: [...byId.values()],
    withId(id) {
      const set = byId.get(id);
      if (!set) throw new Error(`no rule set ${id}`);
      return set;
    },
    inForce({ procedure, jurisdiction, filedOn }) {
      const fitting = [...byId.values()].filter(
        (set) =>
          set.procedure === procedure &&
          `${jurisdiction}.`.startsWith(`${set.jurisdiction}.`) &&
          isInForce(set, filedOn),
      );
      const nearest = fitting.sort((a, b) => b.jurisdiction.length - a.jurisdiction.length)[0];
      if (!nearest) throw new NoRuleSetError(procedure, jurisdiction, filedOn);
      return nearest;
    },
  };
}

export const isInForce = ({ effective: { from, until } }: RuleSet, on: LocalDate): boolean =>
  from <= on && (until === null || on <= until);

/** One place's rules for one procedure follow each other day by day. */
function checkLine(line: Loaded[]): void {
  const ordered = [...line].sort((a, b) => (a.set.effective.from < b.set.effective.from ? -1 : 1));
  for (const [index, { file, set }] of ordered.entries()) {
    const before = ordered[index - 1]?.set;
    if (!before) continue;
    const { from } = set.effective;
    const { until } = before.effective;
    if (until === null || until >= from)
      throw new RuleFileError(
        file,
        null,
        'effective.from',
        `${from} overlaps ${before.id}, in force until ${until ?? 'further notice'}`,
      );
    if (addDays(until, 1) !== from)
      throw new RuleFileError(
        file,
        null,
        'effective.from',
        `no rules from ${addDays(until, 1)} to ${addDays(from, -1)}, after ${before.id}`,
      );
  }
}
