// SPDX-License-Identifier: AGPL-3.0-or-later
// What may happen to a case when, and where it stands afterwards. The dates are in the rule sets, not here.
import { type CaseEvent, CaseEventError, type EventKind } from './events.ts';
import type { RuleSet, Stage } from './rule-set.ts';

/** How far people have brought a case; stages also move by themselves when a date passes. */
export interface Progress {
  phase: EventKind;
  stage: Stage;
  suspended: boolean;
  /** The first decision is overdue: the law takes the complaint as refused. */
  deemedRefused: boolean;
}

type Moves = Partial<Record<EventKind, { from: readonly EventKind[]; onSilence?: true; to: Stage | null }>>;

const FIRST = ['filed', 'accepted', 'refused', 'decided'] as const;

/** `to: null`: the event changes dates, not the place of the case. `onSilence`: also after a deemed refusal. */
const COMPLAINT: Moves = {
  acknowledged: { from: ['filed'], to: null },
  accepted: { from: ['filed'], to: 'deciding' },
  refused: { from: ['filed'], to: 'refused' },
  extended: { from: ['accepted', 'second-accepted'], to: null },
  suspended: { from: ['accepted', 'second-accepted'], to: 'suspended' },
  resumed: { from: ['accepted', 'second-accepted'], to: null },
  decided: { from: ['accepted'], to: 'decided' },
  sent: { from: ['decided', 'refused', 'appealed', 'second-accepted', 'second-refused'], to: null },
  appealed: { from: ['decided', 'refused'], onSilence: true, to: 'second-awaiting-acceptance' },
  'second-accepted': { from: ['appealed'], onSilence: true, to: 'second-deciding' },
  'second-refused': { from: ['appealed'], to: 'second-refused' },
  'second-decided': { from: ['second-accepted', 'taken-over'], to: 'second-decided' },
  'second-sent': { from: ['second-decided', 'second-refused'], to: null },
  'taken-over': { from: [...FIRST, 'appealed', 'second-accepted', 'second-refused'], to: 'oversight' },
  fixed: {
    from: ['decided', 'appealed', 'second-accepted', 'second-refused', 'second-decided', 'taken-over'],
    to: null,
  },
  withdrawn: { from: [...FIRST, 'appealed', 'second-accepted', 'second-refused', 'taken-over'], to: 'withdrawn' },
};

const DATA_REQUEST: Moves = {
  acknowledged: { from: ['filed'], to: null },
  extended: { from: ['filed'], to: null },
  decided: { from: ['filed'], to: 'answered' },
  sent: { from: ['decided'], to: null },
  withdrawn: { from: ['filed'], to: 'withdrawn' },
};

/** An anonymous report, or a fault: no law of complaints, and no silence either. */
const REPORT: Moves = {
  ...DATA_REQUEST,
  decided: { from: ['filed', 'taken-over'], to: 'answered' },
  'taken-over': { from: ['filed'], to: 'oversight' },
  fixed: { from: ['decided'], to: null },
  withdrawn: { from: ['filed', 'taken-over'], to: 'withdrawn' },
};

const MOVES: Record<RuleSet['procedure'], Moves> = {
  complaint: COMPLAINT,
  'data-request': DATA_REQUEST,
  report: REPORT,
};

/** They tell a date or a fact; the case is where it was. */
const KEEPS_PHASE: ReadonlySet<EventKind> = new Set([
  ...(['acknowledged', 'extended', 'suspended', 'resumed', 'sent', 'second-sent', 'fixed'] as const),
]);
const ENDS_SUSPENSION: ReadonlySet<EventKind> = new Set(['resumed', 'withdrawn', 'taken-over'] as const);
/** Nothing was said about the matter itself. */
const UNDECIDED: ReadonlySet<EventKind> = new Set(['filed', 'accepted', 'refused'] as const);
/** What a first instance does after its silence has moved the case up does not move it down again. */
const MOVED_UP: ReadonlySet<Stage> = new Set(['deemed-refused', 'oversight'] as const);

export const filedStage = (procedure: RuleSet['procedure']): Stage =>
  procedure === 'complaint' ? 'awaiting-acceptance' : 'answering';

/** Where the event takes the case. Throws CaseEventError when it cannot happen now. */
export function progressAfter(
  event: CaseEvent,
  now: Progress,
  procedure: RuleSet['procedure'],
  running: Stage,
): Progress {
  const move = MOVES[procedure][event.kind];
  if (!move) throw new CaseEventError(event, 'not-in-this-procedure', `a ${procedure} knows no such event`);
  const silent = move.onSilence === true && now.deemedRefused && UNDECIDED.has(now.phase);
  if (!move.from.includes(now.phase) && !silent)
    throw new CaseEventError(event, 'not-possible-now', `the last that happened to the case is «${now.phase}»`);
  if (event.kind === 'resumed' && !now.suspended)
    throw new CaseEventError(event, 'not-possible-now', 'it is not suspended');
  if (now.suspended && !ENDS_SUSPENSION.has(event.kind))
    throw new CaseEventError(event, 'not-possible-now', 'the case is suspended');
  return {
    phase: KEEPS_PHASE.has(event.kind) ? now.phase : event.kind,
    stage: stageAfter(event, now, move.to, running),
    suspended: event.kind === 'suspended' || (now.suspended && !ENDS_SUSPENSION.has(event.kind)),
    deemedRefused: now.deemedRefused,
  };
}

function stageAfter(event: CaseEvent, now: Progress, to: Stage | null, running: Stage): Stage {
  if (event.kind === 'resumed') return running;
  if (UNDECIDED.has(event.kind) && MOVED_UP.has(now.stage)) return now.stage;
  return to ?? now.stage;
}

/** A time that lapses closes only a case that was answered: a late refusal to accept must not end one that has moved up. */
export function stageOnExpiry(stage: Stage | null, { phase, stage: current }: Progress): Stage {
  const isOpen = MOVED_UP.has(current) || (phase !== 'decided' && phase !== 'refused');
  return stage === null || (stage === 'closed' && isOpen) ? current : stage;
}
