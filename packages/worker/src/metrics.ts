// SPDX-License-Identifier: AGPL-3.0-or-later
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Numbers of one worker, for Prometheus. No camera and no person is named in them. */
export function createMetrics(
  now: () => {
    streams: number;
    showing: number;
    passing: number;
    viewings: number;
    closingsWaiting: number;
    logSize: number;
    logBelieved: boolean;
  },
) {
  const registry = new Registry();
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
  gauge('louver_streams', 'Cameras whose stream this worker holds', () => now().streams);
  gauge('louver_streams_showing', 'Of these, cameras with a picture', () => now().showing);
  gauge(
    'louver_streams_passing',
    'Of these, cameras that cover themselves and are passed on uncoded',
    () => now().passing,
  );
  gauge('louver_viewings', 'Looks that are served now', () => now().viewings);
  gauge('louver_closings_waiting', 'Ended looks that are not on the record yet', () => now().closingsWaiting);
  gauge(
    'louver_log_entries_verified',
    'Entries of the access record that this worker has verified',
    () => now().logSize,
  );
  gauge('louver_log_believed', '0 while the published log is missing or wrong', () => Number(now().logBelieved));
  const maskRefusals = new Counter({
    name: 'louver_mask_refusals_total',
    help: 'Mask sets that the database called decided and the access record did not',
    labelNames: ['fault'],
    registers,
  });
  const samples = new Histogram({
    name: 'louver_output_sample_seconds',
    help: 'Decoding and looking at what left, by what was found',
    labelNames: ['verdict'],
    buckets: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    registers,
  });
  const stops = new Counter({
    name: 'louver_output_stops_total',
    help: 'Pictures that were stopped because what had left was without its masks',
    registers,
  });
  const fallbacks = new Counter({
    name: 'louver_pass_through_fallbacks_total',
    help: 'Cameras that were passed on uncoded and are covered here again',
    labelNames: ['why'],
    registers,
  });
  const refusals = new Counter({
    name: 'louver_ticket_refusals_total',
    help: 'Refused tickets',
    labelNames: ['problem'],
    registers,
  });
  const maskChange = new Histogram({
    name: 'louver_masker_start_seconds',
    help: 'From known masks to the first picture that carries them',
    buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2, 5],
    registers,
  });
  const firstFrame = new Histogram({
    name: 'louver_first_frame_seconds',
    help: 'From an accepted ticket to its first delivered picture',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
    registers,
  });
  return {
    masksRefused: (fault: string) => maskRefusals.inc({ fault }),
    sampled: (verdict: string, milliseconds: number) => samples.observe({ verdict }, milliseconds / 1000),
    fellBack: (why: string) => fallbacks.inc({ why }),
    outputStopped: () => stops.inc(),
    refused: (problem: string) => refusals.inc({ problem }),
    maskerStarted: (milliseconds: number) => maskChange.observe(milliseconds / 1000),
    firstFrame: (milliseconds: number) => firstFrame.observe(milliseconds / 1000),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
