// SPDX-License-Identifier: AGPL-3.0-or-later
import { EVENTS, type EventName, type EventPayload } from '@louver/contract';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';

let socket: Socket | undefined;
let users = 0;
const watchers = new Set<() => void>();
let lost = false;
const tell = (nowLost: boolean) => {
  lost = nowLost;
  for (const watcher of watchers) watcher();
};

/** One line for the whole page, open as long as somebody listens. */
function hold(): Socket {
  socket ??= io({ path: '/api/v1/socket', transports: ['websocket'], reconnectionDelayMax: 10_000 })
    .on('connect', () => tell(false))
    // Hung up by this page itself: nothing is lost.
    .on('disconnect', (reason) => tell(reason !== 'io client disconnect'));
  users++;
  return socket;
}

function release(): void {
  users--;
  // The next page may listen at once: hang up only when nobody does any more.
  setTimeout(() => {
    if (users > 0) return;
    socket?.close();
    socket = undefined;
  }, 1000);
}

/** Calls `react` with every event of that name, parsed; what does not fit the contract is dropped. */
export function useLiveEvent<N extends EventName>(name: N, react: (payload: EventPayload<N>) => void): void {
  const handle = useEffectEvent((raw: unknown) => {
    const parsed = EVENTS[name].safeParse(raw);
    if (parsed.success) react(parsed.data as EventPayload<N>);
  });
  // The socket is outside of React.
  useEffect(() => {
    const line = hold();
    const event: string = name;
    const listener = (raw: unknown) => handle(raw);
    line.on(event, listener);
    return () => {
      line.off(event, listener);
      release();
    };
  }, [name]);
}

/** False once a line that stood has been lost: states on the screen may be old then. */
export function useLineStands(): boolean {
  return useSyncExternalStore(watch, () => !lost);
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
