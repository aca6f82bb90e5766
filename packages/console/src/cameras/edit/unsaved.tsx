// SPDX-License-Identifier: AGPL-3.0-or-later
import { useBlocker } from '@tanstack/react-router';
import { createContext, use, useEffect, useId, useMemo, useState, type ReactNode } from 'react';
import { LeaveDialog } from './LeaveDialog.tsx';

type Tell = (id: string, unsaved: boolean) => void;

const Unsaved = createContext<Tell>(() => undefined);

/** Whether this part of the page holds something that would be lost by leaving it. */
export function useUnsaved(unsaved: boolean): void {
  const tell = use(Unsaved);
  const id = useId();
  // The page around asks before it is left, and does not know its parts.
  useEffect(() => {
    tell(id, unsaved);
    return () => tell(id, false);
  }, [tell, id, unsaved]);
}

/** Asks before what somebody typed is thrown away, whichever way the page is left. */
export function UnsavedGuard({ children }: { children: ReactNode }) {
  const [parts, setParts] = useState<ReadonlySet<string>>(() => new Set());
  const tell = useMemo<Tell>(
    () => (id, unsaved) =>
      setParts((old) => {
        if (old.has(id) === unsaved) return old;
        const next = new Set(old);
        if (unsaved) next.add(id);
        else next.delete(id);
        return next;
      }),
    [],
  );
  const leaving = useBlocker({
    // Whose session has ended is led to the login page and must not be held here.
    shouldBlockFn: ({ current, next }) =>
      parts.size > 0 && next.pathname !== current.pathname && next.pathname !== '/login',
    enableBeforeUnload: parts.size > 0,
    withResolver: true,
  });
  return (
    <Unsaved value={tell}>
      {children}
      {leaving.status === 'blocked' && <LeaveDialog onStay={leaving.reset} onLeave={leaving.proceed} />}
    </Unsaved>
  );
}
