// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'react';

/** The time by which running viewings are measured. Rests while nothing runs, so that nothing moves but what changed. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  // A clock.
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
