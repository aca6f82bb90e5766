// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraSummary, EventPayload } from '@louver/contract';
import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLiveEvent } from '../api/socket.ts';

/** An import tells of thousands of cameras: one question after a moment answers for all of them. */
const GATHER_MS = 500;

/** Keeps rows and cards of cameras as the socket tells. */
export function useFreshCameras(): void {
  const client = useQueryClient();
  const gathering = useRef<ReturnType<typeof setTimeout>>(undefined);
  const askAgain = () => {
    gathering.current ??= setTimeout(() => {
      gathering.current = undefined;
      for (const queryKey of [['camera-columns'], ['cameras'], ['jurisdictions']])
        void client.invalidateQueries({ queryKey });
    }, GATHER_MS);
  };
  // A timer must not outlive the page.
  useEffect(() => () => clearTimeout(gathering.current), []);

  useLiveEvent('camera.status', (event) => {
    void client.invalidateQueries({ queryKey: ['camera', event.cameraId] });
    client.setQueriesData<InfiniteData<CameraPage>>({ queryKey: ['cameras'] }, (pages) =>
      pages === undefined ? undefined : withState(pages, event),
    );
  });
  useLiveEvent('camera.changed', (event) => {
    void client.invalidateQueries({ queryKey: ['camera', event.cameraId] });
    askAgain();
  });
  useLiveEvent('cameras.imported', askAgain);
  useLiveEvent('masks.changed', ({ cameraId }) => {
    for (const queryKey of [
      ['masks', cameraId],
      ['mask-sets', 'camera', cameraId],
    ])
      void client.invalidateQueries({ queryKey });
  });
}

interface CameraPage {
  items: CameraSummary[];
  nextCursor: string | null;
}

/** The rows that are loaded, with the new state of one camera; pages without it stay the very same. */
function withState(
  list: InfiniteData<CameraPage>,
  { cameraId, state }: EventPayload<'camera.status'>,
): InfiniteData<CameraPage> {
  const pages = list.pages.map((page) =>
    page.items.some((item) => item.id === cameraId && item.streamState !== state)
      ? { ...page, items: page.items.map((item) => (item.id === cameraId ? { ...item, streamState: state } : item)) }
      : page,
  );
  return { ...list, pages };
}
