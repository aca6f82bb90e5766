// SPDX-License-Identifier: AGPL-3.0-or-later
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLiveEvent } from '../api/socket.ts';
import { cameraColumnsQuery } from '../cameras/queries.ts';
import { CameraStore } from './camera-store.ts';
import type { Filters } from './console-search.ts';

const GATHER_MS = 500;

/**
 * The cameras of the map, filtered, and kept up to date by the socket. `version` grows whenever the same store has changed
 * inside, because nobody can see that from its identity.
 */
export function useCameraStore(filters: Filters) {
  const client = useQueryClient();
  const columns = useQuery(cameraColumnsQuery(filters));
  const store = useMemo(() => (columns.data === undefined ? undefined : new CameraStore(columns.data)), [columns.data]);
  const [changes, setChanges] = useState(0);
  const gathering = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = (act: () => void) => {
    gathering.current ??= setTimeout(() => {
      gathering.current = undefined;
      act();
    }, GATHER_MS);
  };
  // A timer must not outlive the page.
  useEffect(() => () => clearTimeout(gathering.current), []);

  const { status, state, mobility, area } = filters;
  const version = useMemo(() => {
    store?.filter({ status, state, mobility, area });
    return { changes };
  }, [store, status, state, mobility, area, changes]);

  useLiveEvent('camera.status', (event) => {
    void client.invalidateQueries({ queryKey: ['camera', event.cameraId] });
    if (store?.setState(event.cameraId, event.state) === true) setChanges((count) => count + 1);
  });
  useLiveEvent('camera.changed', (event) => {
    void client.invalidateQueries({ queryKey: ['camera', event.cameraId] });
    later(() => {
      void client.invalidateQueries({ queryKey: ['camera-columns'] });
      void client.invalidateQueries({ queryKey: ['cameras'] });
    });
  });
  useLiveEvent('cameras.imported', () =>
    later(() => {
      void client.invalidateQueries({ queryKey: ['camera-columns'] });
      void client.invalidateQueries({ queryKey: ['cameras'] });
      void client.invalidateQueries({ queryKey: ['jurisdictions'] });
    }),
  );
  useLiveEvent('masks.changed', (event) => void client.invalidateQueries({ queryKey: ['masks', event.cameraId] }));

  return { store, version, isPending: columns.isPending, error: columns.error, refetch: columns.refetch };
}
