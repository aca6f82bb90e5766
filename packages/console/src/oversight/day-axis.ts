// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Viewing } from '@louver/contract';
import { daysBefore, localDayOf, startOfDay } from './local-day.ts';

export interface DayBar {
  viewing: Viewing;
  /** Shares of the day, 0…1. */
  from: number;
  to: number;
  /** Row within the day, so that looks at the same time stand below one another. */
  lane: number;
  running: boolean;
  /** Whether this is only a part of the viewing, which went past midnight. */
  cut: 'none' | 'before' | 'after' | 'both';
}

export interface Day {
  /** `2026-11-21` in the zone of the cameras. */
  day: string;
  bars: DayBar[];
  lanes: number;
}

/** A look of ten seconds is a line of nothing on a day; bars are laid out as if they took this share. */
const LEAST = 1 / 288;

/** Viewings as bars on days of 24 hours, newest day first. A viewing that runs still ends now. */
export function dayAxis(viewings: readonly Viewing[], now: number): Day[] {
  const days = new Map<string, DayBar[]>();
  for (const viewing of viewings) {
    const running = viewing.end === null && viewing.closedAt === null;
    const from = Date.parse(viewing.openedAt);
    const to = Math.max(from, running ? now : Date.parse(viewing.closedAt ?? viewing.openedAt));
    let day = localDayOf(from);
    for (let start = startOfDay(day); start < to || start <= from; start = startOfDay(day)) {
      const next = startOfDay(dayAfter(day));
      const [before, after] = [from < start, to >= next];
      const bars = days.get(day) ?? [];
      bars.push({
        viewing,
        from: (Math.max(from, start) - start) / (next - start),
        to: (Math.min(to, next) - start) / (next - start),
        lane: 0,
        running: running && !after,
        cut: before ? (after ? 'both' : 'before') : after ? 'after' : 'none',
      });
      days.set(day, bars);
      day = dayAfter(day);
    }
  }
  return [...days].sort(([a], [b]) => b.localeCompare(a)).map(([day, bars]) => ({ day, ...stacked(bars) }));
}

const dayAfter = (day: string): string => daysBefore(day, -1);

/** The first lane that is free: as few lanes as looks went on at once. */
function stacked(bars: DayBar[]): Pick<Day, 'bars' | 'lanes'> {
  const ends: number[] = [];
  const placed = bars
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .map((bar) => {
      const free = ends.findIndex((end) => end <= bar.from);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = Math.max(bar.to, bar.from + LEAST);
      return { ...bar, lane };
    });
  return { bars: placed, lanes: Math.max(1, ends.length) };
}
