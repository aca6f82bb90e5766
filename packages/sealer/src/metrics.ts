// SPDX-License-Identifier: AGPL-3.0-or-later
import { collectDefaultMetrics, Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { EXIT_CODES } from './may-not-seal.ts';

export type SealerMetrics = ReturnType<typeof createMetrics>;

/** Numbers of the sealer, for Prometheus. */
export function createMetrics(
  registry: Registry,
  now: () => {
    size: number;
    published: number;
    term: number;
    halted: string | undefined;
    altered: number;
    swept: { sweptTo: number | null; sweptAt: string | null };
  },
) {
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('louver_log_size', 'Records that are sealed', () => now().size);
  gauge('louver_log_published_size', 'Records under the published checkpoint', () => now().published);
  gauge('louver_log_term', 'How many sealers ever started', () => now().term);
  gauge('louver_records_altered', 'Rows and files that are not what was sealed: an alarm', () => now().altered);
  gauge('louver_log_swept_size', 'Records compared by the last whole comparison', () => now().swept.sweptTo ?? 0);
  gauge(
    'louver_log_swept_timestamp_seconds',
    'When the last whole comparison ended; 0 before the first',
    () => Date.parse(now().swept.sweptAt ?? new Date(0).toISOString()) / 1000,
  );
  const halted = new Gauge({
    name: 'louver_log_halted',
    help: '1 when sealing has stopped and a person must look',
    labelNames: ['reason'],
    registers: [],
    collect() {
      for (const reason of Object.keys(EXIT_CODES)) this.set({ reason }, now().halted === reason ? 1 : 0);
    },
  });
  registry.registerMetric(halted);
  const failures = new Counter({ name: 'louver_log_failures_total', help: 'Rounds that failed', registers });
  const sealed = new Counter({ name: 'louver_log_sealed_total', help: 'Records sealed by this process', registers });
  const rounds = new Histogram({
    name: 'louver_log_round_seconds',
    help: 'From looking for records to their committed, signed tree',
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers,
  });
  return {
    sealed: (records: number, milliseconds: number) => {
      sealed.inc(records);
      rounds.observe(milliseconds / 1000);
    },
    failed: () => failures.inc(),
  };
}
