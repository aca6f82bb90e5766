// SPDX-License-Identifier: AGPL-3.0-or-later

type Listener = () => void;
const listeners = new Set<Listener>();

/** Any call may learn that the session is over; the router listens and leads to the login page and back. */
export const sessionEnded = {
  announce: () => {
    for (const listener of listeners) listener();
  },
  listen: (listener: Listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
