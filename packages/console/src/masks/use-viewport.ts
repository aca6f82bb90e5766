// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import { useEffect, useRef, useState } from 'react';
import { fitted, unitsPerPixel, type Viewport } from './viewport.ts';

/** What part of the frame is on the screen, and how large one screen pixel is in it. */
export function useViewport(frame: FrameSize) {
  const ref = useRef<SVGSVGElement>(null);
  const [view, setView] = useState<Viewport>(() => fitted(frame));
  const [width, setWidth] = useState(800);
  // The drawing is as wide as the page leaves it.
  useEffect(() => {
    const svg = ref.current;
    if (svg === null) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(1, entry!.contentRect.width)));
    watch.observe(svg);
    return () => watch.disconnect();
  }, []);
  return { ref, view, setView, unit: unitsPerPixel(view, width) };
}
