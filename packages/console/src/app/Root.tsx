// SPDX-License-Identifier: AGPL-3.0-or-later
import { Outlet, useMatches } from '@tanstack/react-router';
import { useEffect } from 'react';
import { OfflineBanner } from './OfflineBanner.tsx';
import { enterRoom } from './theme.ts';

export function Root() {
  const room = useMatches({ select: (matches) => matches.findLast((match) => match.staticData.room)?.staticData.room });
  // The room decides the colours of the whole document, which React does not own.
  useEffect(() => enterRoom(room ?? 'control'), [room]);
  return (
    <>
      <OfflineBanner />
      <Outlet />
    </>
  );
}
