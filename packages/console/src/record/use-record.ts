// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useSyncExternalStore } from 'react';
import {
  START,
  type CompareResult,
  type ProofResult,
  type Reply,
  type Request,
  type Snapshot,
} from './messages-between.ts';

/** One worker for the whole page; it stays, because what it knows takes a second to find out again. */
let worker: Worker | undefined;
let snapshot: Snapshot = START;
let watchers = 0;
let asked = 0;
const listeners = new Set<() => void>();
const waiting = new Map<number, (result: never) => void>();

function theWorker(): Worker {
  if (worker !== undefined) return worker;
  worker = new Worker(new URL('./keeper.worker.ts', import.meta.url), { type: 'module', name: 'record' });
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    if (data.type === 'snapshot' || data.type === 'run') {
      snapshot = data.type === 'run' ? { ...snapshot, run: data.run } : data.snapshot;
      for (const listener of listeners) listener();
      return;
    }
    waiting.get(data.id)?.(data.result as never);
    waiting.delete(data.id);
  });
  return worker;
}

// eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
const send = (request: Request) => theWorker().postMessage(request);

const answered = <T>(request: (id: number) => Request): Promise<T> =>
  new Promise((resolve) => {
    const id = ++asked;
    waiting.set(id, resolve);
    send(request(id));
  });

export const record = {
  verify: (entries: boolean, full: boolean) => {
    // Asked once; browsers that know the page well say yes in silence. Without it they may clear what is kept here.
    void navigator.storage?.persist?.();
    send({ type: 'verify', entries, full });
  },
  cancel: () => send({ type: 'cancel' }),
  look: () => send({ type: 'look' }),
  trustServedKeys: () => send({ type: 'trust-served-keys' }),
  alarmsKept: () => send({ type: 'alarms-kept' }),
  prove: async (digest: string, receipt: string) =>
    answered<ProofResult>((id) => ({ type: 'prove', id, digest, receipt })),
  compare: async (signed: string) => answered<CompareResult>((id) => ({ type: 'compare', id, signed })),
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The state of the record, watched as long as anything on the page shows it. */
export function useRecord(): Snapshot {
  // The worker is outside of React.
  useEffect(() => {
    watchers++;
    if (watchers === 1) send({ type: 'watch', on: true });
    return () => {
      watchers--;
      if (watchers === 0) send({ type: 'watch', on: false });
    };
  }, []);
  return useSyncExternalStore(subscribe, () => snapshot);
}
