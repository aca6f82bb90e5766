// SPDX-License-Identifier: AGPL-3.0-or-later
// What every door to the complaints shares: the JSON API, the forms of the public pages, Open311.
import { type CaseTimeline, caseTimeline } from '@louver/clocks';
import type { Receipt } from '@louver/contract';
import { inTx, NOBODY, type Tx } from '@louver/db';
import { appendBounded } from '../http/bounded-record.ts';
import type { Deps } from '../http/deps.ts';
import type { Facts } from '../http/endpoint.ts';
import { Turns } from './in-turn.ts';
import { law } from './law.ts';
import { type CitizenSecrets, citizenSecrets } from './secrets.ts';
import { type CitizenThrottle, citizenThrottle } from './throttle.ts';

export interface Citizens {
  secrets: CitizenSecrets;
  throttle: CitizenThrottle;
  /** Fewer at work than the database has connections, so that the desk gets through while a thousand people file. */
  turns: Turns;
}

const made = new WeakMap<Deps, Citizens>();

/** One for a process, whoever asks first. */
export function citizensOf(deps: Deps): Citizens {
  const known = made.get(deps);
  if (known) return known;
  const citizens = {
    secrets: citizenSecrets(deps.keys.citizens),
    throttle: citizenThrottle(deps.redis, () => deps.clock.now()),
    turns: new Turns(6, 5_000),
  };
  made.set(deps, citizens);
  return citizens;
}

/** In which something happens to a case: its transaction and its record. */
export interface Happening {
  deps: Deps;
  tx: Tx;
  record(facts: Facts): Promise<Receipt>;
}

/**
 * The same as an endpoint of `anybody` gives, for doors that are no endpoint: forms and Open311. Committed when `work` resolves.
 * The record's action has to be said.
 */
export const asCitizen = <T>(deps: Deps, work: (happening: Happening) => Promise<T>): Promise<T> =>
  inTx(deps.pool, NOBODY, (tx) => {
    const record = ({ action, actor, ...facts }: Facts) => {
      if (!action) throw new Error('a record of a citizen says its action');
      return appendBounded(tx, { action, actor: actor ?? null, ...facts });
    };
    return work({ deps, tx, record });
  });

/** @throws CaseEventError for a history that cannot be */
export const timelineOf = (history: { rules: string; events: readonly unknown[] }, now: Date): CaseTimeline =>
  caseTimeline(law.rules.withId(history.rules), law.calendar, history.events, now.toISOString());
