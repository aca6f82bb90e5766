// SPDX-License-Identifier: AGPL-3.0-or-later
import { useBlocker } from '@tanstack/react-router';
import { LeaveDialog } from '../cameras/edit/LeaveDialog.tsx';

interface Address {
  pathname: string;
  search: unknown;
}

const drawingOf = ({ pathname, search }: Address): string => {
  const { aim, from } = search as { aim?: string; from?: string };
  return JSON.stringify([pathname, aim, from]);
};

/** Asks before a drawing is thrown away: by leaving the page, and also by going to another aim on it. */
export function UnsavedDrawing({ unsaved }: { unsaved: boolean }) {
  const leaving = useBlocker({
    // Whose session has ended is led to the login page and must not be held here.
    shouldBlockFn: ({ current, next }) =>
      unsaved && drawingOf(next) !== drawingOf(current) && next.pathname !== '/login',
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  if (leaving.status !== 'blocked') return null;
  return <LeaveDialog onStay={leaving.reset} onLeave={leaving.proceed} />;
}
