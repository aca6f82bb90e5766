// SPDX-License-Identifier: AGPL-3.0-or-later
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLiveEvent } from '../api/socket.ts';
import { cameraColumnsQuery } from '../cameras/queries.ts';
import { useFreshCameras } from '../cameras/use-fresh-cameras.ts';
import { CameraStore } from './camera-store.ts';
import type { Filters } from './console-search.ts';

/**
 * The cameras of the map, filtered, and kept up to date by the socket. `version` grows whenever the same store has changed
 * inside, because nobody can see that from its identity.
 */
export function useCameraStore(filters: Filters) {
  const columns = useQuery(cameraColumnsQuery(filters));
  const store = useMemo(() => (columns.data === undefined ? undefined : new CameraStore(columns.data)), [columns.data]);
  const [changes, setChanges] = useState(0);
  const { status, state, mobility, area } = filters;
  const version = useMemo(() => {
    store?.filter({ status, state, mobility, area });
    return { changes };
  }, [store, status, state, mobility, area, changes]);

  useFreshCameras();
  useLiveEvent('camera.status', (event) => {
    if (store?.setState(event.cameraId, event.state) === true) setChanges((count) => count + 1);
  });

  return { store, version, isPending: columns.isPending, error: columns.error, refetch: columns.refetch };
}
