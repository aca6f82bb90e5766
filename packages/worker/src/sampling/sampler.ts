// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes what leaves each camera's masker every two seconds, the one that has waited longest first, and has it looked at.
import type { Logger } from 'pino';
import type { Inspector, OutputSample, Verdict } from './inspect.ts';

/** A camera whose output is looked at. */
interface Sampled {
  /** What left last, from its key frame on; undefined while nothing leaves. */
  takeSample(): OutputSample | undefined;
  onInspected(sample: OutputSample, verdict: Verdict): void;
  readonly sampleEveryMs: number;
}

const LOOK_EVERY_MS = 100;

export class OutputSampler {
  readonly #inspector: Inspector;
  readonly #outputs: () => Iterable<Sampled>;
  readonly #log: Logger;
  readonly #sampledAt = new WeakMap<Sampled, number>();
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;

  constructor(inspector: Inspector, outputs: () => Iterable<Sampled>, log: Logger) {
    this.#inspector = inspector;
    this.#outputs = outputs;
    this.#log = log;
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    }, LOOK_EVERY_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const due = [...this.#outputs()]
      .map((output) => ({ output, at: this.#sampledAt.get(output) ?? -Infinity }))
      .filter(({ output, at }) => performance.now() - at >= output.sampleEveryMs)
      .sort((a, b) => a.at - b.at);
    for (const { output } of due) {
      const sample = output.takeSample();
      if (!sample) continue;
      this.#sampledAt.set(output, performance.now());
      try {
        output.onInspected(sample, await this.#inspector.inspect(sample, sample.isAwaited));
      } catch (error) {
        this.#log.error({ err: error }, 'what left could not be looked at');
      }
    }
  }
}
