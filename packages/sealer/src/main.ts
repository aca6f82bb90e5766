// SPDX-License-Identifier: AGPL-3.0-or-later
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { readConfig } from './config.ts';
import { EXIT_CODES, MayNotSeal } from './may-not-seal.ts';
import { type Sealer, startSealer } from './sealer.ts';
import { startServer } from './server.ts';
import { askWitnesses } from './witnesses/witnesses.ts';

/** A stop that takes longer than this is a stop that hangs. */
const STOP_WITHIN_MS = 15_000;

const config = readConfig(process.env);
const log = pino({ level: config.logLevel, name: 'sealer' });
const registry = new Registry();
const witnesses = config.policy && askWitnesses({ policy: config.policy, log, registry });
const starting = new AbortController();
let sealer: Sealer | undefined;

const server = await startServer({
  port: config.port,
  healthy: () => sealer?.healthy() ?? false,
  metrics: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
});

const leave = (exitCode: number): void => {
  starting.abort();
  setTimeout(() => process.exit(exitCode || 1), STOP_WITHIN_MS).unref();
  witnesses?.stop();
  Promise.all([sealer?.stop(), server.close()]).then(
    () => process.exit(exitCode),
    (error: unknown) => {
      log.error({ err: error }, 'the stop failed');
      process.exit(1);
    },
  );
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    log.info({ signal }, 'stopping');
    leave(0);
  });

try {
  sealer = await startSealer(
    { ...config, log, registry, cosign: witnesses?.cosign, witnessHealth: () => witnesses?.health() ?? [] },
    starting.signal,
  );
  log.info({ port: server.port }, 'the sealer is ready');
  // Starting anew would not mend an altered record: it stays, unhealthy, so that its metrics and its log are seen.
  void sealer.ended.then(({ reason }) => reason === 'record-altered' || leave(EXIT_CODES[reason]));
} catch (error) {
  if (!starting.signal.aborted) {
    log.fatal({ err: error }, 'the sealer does not start');
    leave(error instanceof MayNotSeal ? EXIT_CODES[error.reason] : 1);
  }
}
