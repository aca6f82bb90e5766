// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReadFile } from '@louver/ledger/verify';

/** The log could not be read, which says nothing about what is in it. */
export class LogUnread extends Error {
  override readonly name = 'LogUnread';
  readonly why: 'unreachable' | 'absent' | 'refused';
  constructor(why: LogUnread['why'], options?: ErrorOptions) {
    super(`the log is ${why}`, options);
    this.why = why;
  }
}

interface Reading {
  /** Address of the log, ending in a slash. */
  base: string;
  signal?: AbortSignal | undefined;
  /** Reads again what the browser's cache holds already. */
  fresh?: boolean;
  fetch?: typeof fetch;
  pauses?: readonly number[];
}

const PAUSES_MS = [300, 1000, 3000];
const isPassing = (status: number) => status === 429 || status >= 500;

const after = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });

/** Files of a log over HTTP. A pause in the line is waited for; only then is the log unreachable. */
export function logReader({ base, signal, fresh = false, fetch: get = fetch, pauses = PAUSES_MS }: Reading): ReadFile {
  const ask = async (path: string): Promise<Response | undefined> => {
    const moving = path === 'checkpoint' || path === 'vkey';
    const cache: RequestCache = moving ? 'no-store' : fresh ? 'reload' : 'default';
    try {
      return await get(`${base}${path}`, { cache, credentials: 'same-origin', signal: signal ?? null });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return undefined;
    }
  };
  return async (path) => {
    for (let attempt = 0; ; attempt++) {
      const answer = await ask(path);
      if (answer?.ok === true) {
        const body = await answer.arrayBuffer().catch(() => undefined);
        if (body !== undefined) return new Uint8Array(body);
      } else if (answer !== undefined && !isPassing(answer.status)) {
        if (answer.status === 404) return undefined;
        throw new LogUnread(answer.status === 401 || answer.status === 403 ? 'refused' : 'unreachable');
      }
      signal?.throwIfAborted();
      const pause = pauses[attempt];
      if (pause === undefined) throw new LogUnread('unreachable');
      const asked = Number(answer?.headers.get('retry-after') ?? 0) * 1000;
      await after(Math.max(pause, Math.min(asked, 10_000)), signal);
    }
  };
}
