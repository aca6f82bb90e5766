// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'react';
import { TIME_ZONE, timeOf, zoneName } from './times.ts';

/** The time that goes on the record; the zone stands beside it because a room's clock is evidence. */
export function Clock({ className }: { className: string | undefined }) {
  const [now, setNow] = useState(() => new Date());
  // Ticks on the minute, not every second: nothing moves but what changed.
  useEffect(() => {
    const timer = setTimeout(() => setNow(new Date()), 60_000 - (now.getTime() % 60_000));
    return () => clearTimeout(timer);
  }, [now]);
  return (
    <time className={className} dateTime={now.toISOString()} title={TIME_ZONE}>
      {timeOf(now)}
      <small>{zoneName(now)}</small>
    </time>
  );
}
