// SPDX-License-Identifier: AGPL-3.0-or-later
import { AccountId, Action, CameraId, PersonId, ViewingId } from '@louver/contract';
import { z } from 'zod';
import { dropped, listed } from '../app/search-params.ts';
import { daysBefore, localDayOf, startOfDay } from './local-day.ts';

export const RANGES = ['today', 'week', 'month', 'custom'] as const;
export type Range = (typeof RANGES)[number];

const Day = z.iso.date();
const span = {
  range: dropped(z.enum(RANGES)),
  from: dropped(Day),
  to: dropped(Day),
  camera: dropped(CameraId),
  account: dropped(AccountId),
};

export const ViewingSearch = z.object({
  ...span,
  person: dropped(PersonId),
  q: dropped(z.string().trim().min(1).max(100)),
  /** The viewing whose evidence is open. */
  look: dropped(ViewingId),
});
export type ViewingSearch = z.infer<typeof ViewingSearch>;

export const RecordSearch = z.object({
  ...span,
  action: listed(Action),
  entry: dropped(z.string().regex(/^\d{1,19}$/)),
  /** The opened entry is to be proved at once. */
  prove: dropped(z.enum(['yes'])),
});
export type RecordSearch = z.infer<typeof RecordSearch>;

export const DEFAULT_RANGE: Range = 'week';

/** Instants for the API. A preset stays open at its end, so that what happens now comes in. */
export function instantsOf(
  { range = DEFAULT_RANGE, from, to }: Pick<ViewingSearch, 'range' | 'from' | 'to'>,
  now: number,
): { from?: string; to?: string } {
  const iso = (day: string) => new Date(startOfDay(day)).toISOString();
  if (range === 'custom') {
    return {
      ...(from === undefined ? {} : { from: iso(from) }),
      ...(to === undefined ? {} : { to: iso(daysBefore(to, -1)) }),
    };
  }
  const days = { today: 0, week: 6, month: 29 }[range];
  return { from: iso(daysBefore(localDayOf(now), days)) };
}

/** Without the keys that are not set: the API takes an empty value for a mistake. */
export const given = <T extends object>(query: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as never;
