// SPDX-License-Identifier: AGPL-3.0-or-later
import type { RequestHandler } from 'express';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own per app, so that two apps in one process do not fight over names. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'louver_http_request_seconds',
      help: 'Time from the first byte of a request to the last of its answer, by route pattern',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    viewingsOpened: new Counter({ name: 'louver_viewings_opened_total', help: 'Viewings opened', registers }),
    viewingsRefused: new Counter({
      name: 'louver_viewings_refused_total',
      help: 'Looks that were refused, by problem',
      labelNames: ['problem'] as const,
      registers,
    }),
    outboxLag: new Gauge({
      name: 'louver_outbox_lag_seconds',
      help: 'Age of the oldest message that has not left; 0 when none waits',
      registers,
    }),
    outboxSetAside: new Counter({
      name: 'louver_outbox_set_aside_total',
      help: 'Messages that could not be delivered and wait for a person',
      registers,
    }),
    logSize: new Gauge({ name: 'louver_log_size', help: 'Entries under the published checkpoint', registers }),
    logCheckpointAge: new Gauge({
      name: 'louver_log_checkpoint_age_seconds',
      help: 'Age of the published checkpoint; grows while nothing is recorded',
      registers,
    }),
    recordsAltered: new Gauge({
      name: 'louver_records_altered',
      help: 'Rows and files that are not what was sealed, fifty at most; the sealer knows all: an alarm',
      registers,
    }),
    logSweptAt: new Gauge({
      name: 'louver_log_swept_timestamp_seconds',
      help: 'When the last whole comparison of database and log ended; 0 before the first',
      registers,
    }),
    logWitness: new Gauge({
      name: 'louver_log_witness_healthy',
      help: '1 while a witness cosigns, 0 when it did not the last time',
      labelNames: ['witness'] as const,
      registers,
    }),
    sockets: new Gauge({ name: 'louver_sockets', help: 'Open pages that listen for events', registers }),
    liveConnections: new Gauge({ name: 'louver_live_connections', help: 'Pictures passed through now', registers }),
  };
}

/** Patterns, never addresses: an address per camera would make a time series per camera. */
export const observeRequests =
  (metrics: Metrics): RequestHandler =>
  (request, response, next) => {
    const began = process.hrtime.bigint();
    response.once('close', () => {
      const route = typeof response.locals.route === 'string' ? response.locals.route : 'other';
      metrics.requests.observe(
        { method: request.method, route, status: String(response.statusCode) },
        Number(process.hrtime.bigint() - began) / 1e9,
      );
    });
    next();
  };
