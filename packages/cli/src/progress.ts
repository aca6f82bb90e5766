// SPDX-License-Identifier: AGPL-3.0-or-later
import { Presets, SingleBar } from 'cli-progress';
import { warn, type Terminal } from './terminal.ts';

export interface ProgressBar {
  at(phase: string, done: number, total: number): void;
  end(): void;
}

/** A bar for people; for a log file a line when a phase is through. */
export function progressBar(terminal: Terminal): ProgressBar {
  return terminal.stderr.isTTY ? moving(terminal) : lines(terminal);
}

function moving({ stderr }: Terminal): ProgressBar {
  const options = {
    format: '{phase} [{bar}] {value}/{total}',
    stream: stderr as NodeJS.WritableStream,
    clearOnComplete: true,
    hideCursor: true,
  };
  const bar = new SingleBar(options, Presets.shades_classic);
  let started = false;
  return {
    at(phase, done, total) {
      if (!started) bar.start(total, done, { phase: phase.padEnd(8) });
      started = true;
      bar.setTotal(total);
      bar.update(done, { phase: phase.padEnd(8) });
    },
    end: () => bar.stop(),
  };
}

function lines(terminal: Terminal): ProgressBar {
  return {
    at(phase, done, total) {
      if (done === total) warn(terminal, `${phase}: ${done} rows`);
    },
    end: () => undefined,
  };
}
