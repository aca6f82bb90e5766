// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether something can happen to a case by the rules of its dates, and the problem that says why not.
import { CaseEventError, caseTimeline, type CaseTimeline, type EventKind } from '@louver/clocks';
import { Problem } from '@louver/contract';
import { law } from './law.ts';

export interface Attempt {
  kind: EventKind;
  reason?: string | undefined;
  amount?: number | undefined;
  remedy?: boolean;
  /** The number of its paper. */
  document?: string | undefined;
}

interface History {
  rules: string;
  events: readonly unknown[];
}

const withAttempt = ({ rules, events }: History, attempt: Attempt, now: Date): CaseTimeline => {
  const { kind, reason, amount, remedy, document } = attempt;
  const given = Object.entries({ reason, amount, remedy, document }).filter(([, value]) => value !== undefined);
  const event = { id: 'now', kind, at: now.toISOString(), author: 'somebody', ...Object.fromEntries(given) };
  return caseTimeline(law.rules.withId(rules), law.calendar, [...events, event], now.toISOString());
};

/** @throws Problem complaint-act-impossible, complaint-too-late, complaint-needs-document */
export function requirePossible(history: History, attempt: Attempt, now: Date): CaseTimeline {
  try {
    return withAttempt(history, attempt, now);
  } catch (error) {
    if (error instanceof CaseEventError) throw problemOf(error);
    throw error;
  }
}

/** Everything that is asked for besides given as it should be. */
export function isPossible(history: History, kind: EventKind, now: Date): boolean {
  try {
    withAttempt(history, { kind, reason: 'asked', document: 'asked' }, now);
    return true;
  } catch (error) {
    if (error instanceof CaseEventError) return false;
    throw error;
  }
}

function problemOf(error: CaseEventError): Problem {
  const detail = error.message.replace(/^event [^:]*: /, '');
  if (error.problem === 'too-late') return new Problem('complaint-too-late', { detail, cause: error });
  if (error.problem === 'without-document') return new Problem('complaint-needs-document', { detail, cause: error });
  return new Problem('complaint-act-impossible', { detail, cause: error });
}
