// SPDX-License-Identifier: AGPL-3.0-or-later
// What happens to a case. Events are facts with an author; every date follows from them and is stored nowhere.
import { z } from 'zod';

const PLAIN_KINDS = [
  'acknowledged',
  'accepted',
  'refused',
  'suspended',
  'resumed',
  'decided',
  'sent',
  'appealed',
  'second-accepted',
  'second-refused',
  'second-decided',
  'second-sent',
  /** The oversight body has it now. */
  'taken-over',
  /** What a decision promised is done. */
  'fixed',
  'withdrawn',
] as const;

/** `sent`: the decision (or refusal) reached the complainant, from where their own periods count. */
export const EVENT_KINDS = ['filed', 'extended', ...PLAIN_KINDS] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const common = {
  id: z.string().min(1),
  at: z.iso.datetime({ offset: true }),
  author: z.string().min(1),
  /** Number or digest of the paper that says so. */
  document: z.string().min(1).exactOptional(),
  reason: z.string().min(1).exactOptional(),
  /** A decision that promises something to be done. */
  remedy: z.boolean().exactOptional(),
};

export const CaseEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('filed'),
    /** Remote area of the law, with the longer periods. */
    remote: z.boolean().exactOptional(),
    /** What a data subject asks for, by the words of the rule set. */
    request: z.string().min(1).exactOptional(),
    throughProcessor: z.boolean().exactOptional(),
  }),
  /** `amount`: less than the rule would allow, in the unit of the clock; absent: all of it. */
  z.strictObject({ ...common, kind: z.literal('extended'), amount: z.int().positive().exactOptional() }),
  z.strictObject({ ...common, kind: z.enum(PLAIN_KINDS) }),
]);
export type CaseEvent = z.infer<typeof CaseEvent>;
export type Filed = Extract<CaseEvent, { kind: 'filed' }>;

/** Only valid with a paper: without one the date would move, or the case close, on somebody's word. */
const NEEDS_DOCUMENT: ReadonlySet<EventKind> = new Set([
  ...(['extended', 'suspended', 'refused', 'decided', 'second-refused', 'second-decided', 'fixed'] as const),
]);
const NEEDS_REASON: ReadonlySet<EventKind> = new Set(['extended', 'suspended', 'refused', 'second-refused'] as const);
export const REPEATABLE: ReadonlySet<EventKind> = new Set(['extended', 'suspended', 'resumed'] as const);

export type EventProblem =
  | 'not-an-event'
  | 'not-filed-first'
  | 'out-of-order'
  | 'in-the-future'
  | 'without-document'
  | 'without-reason'
  | 'twice'
  | 'not-possible-now'
  | 'not-in-this-procedure'
  | 'not-allowed-by-rule'
  | 'too-late'
  | 'not-in-force';

/** An event that cannot be true of this case. Nothing is computed from a history with one in it. */
export class CaseEventError extends Error {
  readonly event: string;
  readonly problem: EventProblem;
  constructor(event: { id: string; kind: string }, problem: EventProblem, detail: string) {
    super(`event ${event.id} (${event.kind}): ${problem}: ${detail}`);
    this.name = 'CaseEventError';
    this.event = event.id;
    this.problem = problem;
  }
}

const nameOf = (value: unknown, index: number) => {
  const { id, kind } = Object(value) as { id?: unknown; kind?: unknown };
  return { id: typeof id === 'string' ? id : `number ${index + 1}`, kind: typeof kind === 'string' ? kind : 'no kind' };
};

/** Checks what can be seen without rules: form, order, papers, repetition. */
export function parseEvents(values: readonly unknown[]): [Filed, ...CaseEvent[]] {
  const events = values.map((value, index) => {
    const result = CaseEvent.safeParse(value);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    throw new CaseEventError(nameOf(value, index), 'not-an-event', `${issue?.path.join('.')}: ${issue?.message}`);
  });
  const seen = new Set<string>();
  for (const [index, event] of events.entries()) {
    if (seen.has(event.id)) throw new CaseEventError(event, 'twice', 'another event has this id');
    if (!REPEATABLE.has(event.kind) && seen.has(`kind ${event.kind}`))
      throw new CaseEventError(event, 'twice', `the case was ${event.kind} before`);
    seen.add(event.id).add(`kind ${event.kind}`);
    checkOne(event, events[index - 1]);
  }
  const [first, ...rest] = events;
  if (first?.kind !== 'filed')
    throw new CaseEventError(
      first ?? { id: '(none)', kind: 'none' },
      'not-filed-first',
      'a case begins with its filing',
    );
  return [first, ...rest];
}

function checkOne(event: CaseEvent, before: CaseEvent | undefined): void {
  if (before && Date.parse(event.at) < Date.parse(before.at))
    throw new CaseEventError(event, 'out-of-order', `${event.at} is before ${before.at} of event ${before.id}`);
  if (NEEDS_DOCUMENT.has(event.kind) && event.document === undefined)
    throw new CaseEventError(event, 'without-document', 'it counts only with the document that says so');
  if (NEEDS_REASON.has(event.kind) && event.reason === undefined)
    throw new CaseEventError(event, 'without-reason', 'it counts only with its reason');
}
