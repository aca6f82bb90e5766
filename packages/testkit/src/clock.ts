// SPDX-License-Identifier: AGPL-3.0-or-later

/** A clock that stands still until it is told to move, for whoever takes its time from its dependencies. */
export interface FakeClock {
  now(): Date;
  advance(milliseconds: number): void;
  moveTo(instant: Date | string): void;
}

/** A Saturday morning in Vietnam unless told otherwise. */
export function fakeClock(start: Date | string = '2026-11-21T02:00:00Z'): FakeClock {
  let at = new Date(start).getTime();
  return {
    // A new object each time: a caller that keeps it must not see it change.
    now: () => new Date(at),
    advance(milliseconds) {
      at += milliseconds;
    },
    moveTo(instant) {
      at = new Date(instant).getTime();
    },
  };
}
