// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from 'node:fs';

/** The kernel's unit in /proc, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** User and system time of a living process with all its threads, in seconds; steps of 0.01. */
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Waits until a process has nothing left to do: no CPU used for `quietMs`. */
export async function untilIdle(pid: number, quietMs = 400, withinMs = 120_000): Promise<number> {
  const deadline = performance.now() + withinMs;
  for (let used = cpuSecondsOf(pid), since = performance.now(); ;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = cpuSecondsOf(pid);
    if (now > used) [used, since] = [now, performance.now()];
    else if (performance.now() - since > quietMs) return used;
    if (performance.now() > deadline) throw new Error(`process ${pid} is busy for more than ${withinMs / 1000} s`);
  }
}
