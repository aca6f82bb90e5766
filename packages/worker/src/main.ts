// SPDX-License-Identifier: AGPL-3.0-or-later
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { requireSandbox } from './media/sandbox.ts';
import { startWorker } from './worker.ts';

/** A stop that takes longer than this is a stop that hangs. */
const STOP_WITHIN_MS = 15_000;

const config = readConfig(process.env);
const log = pino({ level: config.logLevel, name: 'worker' });
const sandbox = await requireSandbox();
if (sandbox === 'none')
  log.warn('LOUVER_SANDBOX=none: video of strangers is decoded without a sandbox, with the rights of this process');
const worker = await startWorker(config, sandbox, log);

const stop = (signal: string) => {
  log.info({ signal }, 'stopping');
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  worker.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ err: error }, 'the stop failed');
      process.exit(1);
    },
  );
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
