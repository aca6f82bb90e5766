// SPDX-License-Identifier: AGPL-3.0-or-later
import { TIME_ZONE } from '../app/times.ts';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: TIME_ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** The wall clock of the zone, written as if it were UTC. */
function wallClock(at: number): number {
  const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return Date.parse(
    `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}Z`,
  );
}

/** `2026-11-21`: the day on the calendar of the cameras' place, whatever zone the browser is in. */
export const localDayOf = (at: number): string => new Date(wallClock(at)).toISOString().slice(0, 10);

/** Milliseconds since 1970 at which that day begins there. */
export function startOfDay(day: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  let at = wanted;
  // The offset at the guess may differ from the offset at the answer; the second step settles it.
  for (let step = 0; step < 2; step++) at += wanted - wallClock(at);
  return at;
}

export function daysBefore(day: string, days: number): string {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() - days);
  return noon.toISOString().slice(0, 10);
}
