// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules and calendars of the repository as the tests use them, and cases short to write.
import { readdirSync, readFileSync } from 'node:fs';
import { loadCalendar } from '../calendar.ts';
import type { DataFile } from '../data-file.ts';
import type { EventKind } from '../events.ts';
import { loadRules } from '../rule-library.ts';
import { type CaseTimeline, caseTimeline, type ClockReading } from '../timeline.ts';

const root = new URL('../../../../rules/vn/', import.meta.url);

const jsonIn = (folder: URL): DataFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, content: readFileSync(new URL(name, folder), 'utf8') }));

export const ruleFiles = jsonIn(root);
export const holidayFiles = jsonIn(new URL('holidays/', root));
export const rules = loadRules(ruleFiles);
export const calendar = loadCalendar(holidayFiles);

export interface TestEvent {
  id: string;
  kind: EventKind;
  at: string;
  author: string;
  [more: string]: unknown;
}

/** `when`: a day means nine in the morning in Vietnam. Papers and reasons are there unless taken away. */
export const anEvent = (kind: EventKind, when: string, more: Record<string, unknown> = {}): TestEvent => ({
  id: `${kind} ${when}`,
  kind,
  at: when.length === 10 ? `${when}T09:00:00+07:00` : when,
  author: 'officer',
  ...(kind === 'filed' ? {} : { document: '12/QĐ-UBND', reason: 'vụ việc phức tạp' }),
  ...more,
});

/** A complaint or request under the rules in force when it was filed. */
export function aTimeline(events: TestEvent[], today: string): CaseTimeline {
  const filed = events[0];
  const filedOn = new Date(Date.parse(filed?.at ?? '') + 7 * 3_600_000).toISOString().slice(0, 10);
  const procedure = filed?.request === undefined ? 'complaint' : 'data-request';
  return caseTimeline(rules.inForce({ procedure, jurisdiction: 'vn.p66.hoa_sua', filedOn }), calendar, events, today);
}

export function clockOf(timeline: CaseTimeline, id: string): ClockReading {
  const clock = timeline.clocks.find(({ rule }) => rule.id === id);
  if (!clock)
    throw new Error(`${id} is not running; running are ${timeline.clocks.map(({ rule }) => rule.id).join(', ')}`);
  return clock;
}
