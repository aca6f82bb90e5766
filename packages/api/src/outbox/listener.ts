// SPDX-License-Identifier: AGPL-3.0-or-later
import pg from 'pg';
import type { Deps } from '../http/deps.ts';

const RECONNECT_MS = 2_000;

/** Hears every NOTIFY on a connection of its own; connects again when that one breaks. The relay polls meanwhile. */
export function listenForOutbox(deps: Deps, heard: () => void): { stop(): Promise<void> } {
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    if (!stopped) timer ??= setTimeout(() => void connect(), RECONNECT_MS);
  };
  const connect = async () => {
    timer = undefined;
    const fresh = new pg.Client({ connectionString: deps.config.databaseUrl, keepAlive: true });
    fresh.on('error', (error) => deps.log.warn({ err: error }, 'the connection that listens broke'));
    fresh.on('end', again);
    fresh.on('notification', heard);
    try {
      await fresh.connect();
      await fresh.query('LISTEN outbox');
      client = fresh;
      if (stopped) await fresh.end();
    } catch (error) {
      deps.log.warn({ err: error }, "couldn't listen for the outbox");
      again();
    }
  };
  const first = connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await first;
      await client?.end();
    },
  };
}
