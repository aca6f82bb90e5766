// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, useState } from 'react';

/** How wide something is on the screen, in CSS pixels: what is drawn in it keeps its size on a phone. */
export function useWidth<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(860);
  // The page's layout is the browser's.
  useEffect(() => {
    if (ref.current === null) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(1, Math.round(entry!.contentRect.width))));
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  return { ref, width };
}
