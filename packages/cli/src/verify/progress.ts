// SPDX-License-Identifier: AGPL-3.0-or-later
import { Presets, SingleBar } from 'cli-progress';
import { warn, type Terminal } from '../terminal.ts';

export interface VerifyProgress {
  at(verified: number, total: number): void;
  end(): void;
}

const LINE_EVERY_MS = 10_000;

const thousands = (count: number): string => Math.round(count).toLocaleString('en');

/** Half a minute is "30 s", half an hour "30 min": nobody needs the seconds of an hour. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A bar with rate and remaining time on a terminal; elsewhere a line now and then, for whoever reads it later. */
export function verifyProgress(terminal: Terminal, now: () => number = () => performance.now()): VerifyProgress {
  const began = now();
  const rates = (verified: number, total: number) => {
    const rate = verified / Math.max(0.001, (now() - began) / 1000);
    return { rate: `${thousands(rate)}/s`, left: duration((total - verified) / Math.max(1, rate)) };
  };
  return terminal.stderr.isTTY ? moving(terminal, rates) : lines(terminal, now, rates);
}

type Rates = (verified: number, total: number) => { rate: string; left: string };

function moving({ stderr }: Terminal, rates: Rates): VerifyProgress {
  const options = {
    format: 'verifying [{bar}] {percentage}% of {total}, {rate}, {left} left',
    stream: stderr as NodeJS.WritableStream,
    clearOnComplete: true,
    hideCursor: true,
  };
  const bar = new SingleBar(options, Presets.shades_classic);
  let started = false;
  return {
    at(verified, total) {
      if (!started) bar.start(total, 0, rates(verified, total));
      started = true;
      bar.update(verified, rates(verified, total));
    },
    end: () => (started ? bar.stop() : undefined),
  };
}

function lines(terminal: Terminal, now: () => number, rates: Rates): VerifyProgress {
  let last = now();
  return {
    at(verified, total) {
      if (verified === total || now() - last < LINE_EVERY_MS) return;
      last = now();
      const { rate, left } = rates(verified, total);
      warn(terminal, `verified ${thousands(verified)} of ${thousands(total)}, ${rate}, ${left} left`);
    },
    end: () => undefined,
  };
}
