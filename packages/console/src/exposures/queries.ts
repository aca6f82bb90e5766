// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type AimId, type CameraId, type FindingId } from '@louver/contract';
import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { useLiveEvent } from '../api/socket.ts';
import { queueQueryOf, type QueueSearch } from './search.ts';

const PAGE = 60;

export const queueQuery = (search: QueueSearch) =>
  infiniteQueryOptions({
    queryKey: ['exposures', 'queue', queueQueryOf(search)],
    queryFn: async ({ pageParam, signal }) =>
      call(
        routes.exposureQueue,
        {
          query: {
            ...queueQueryOf(search),
            limit: PAGE,
            ...(pageParam === undefined ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });

export const findingQuery = (findingId: FindingId) =>
  queryOptions({
    queryKey: ['exposures', 'finding', findingId],
    queryFn: async ({ signal }) => call(routes.readFinding, { params: { findingId } }, { signal }),
  });

/** What the last measurement of an aim saw. */
export const seenQuery = (aimId: AimId) =>
  queryOptions({
    queryKey: ['exposures', 'aim', aimId],
    queryFn: async ({ signal }) => call(routes.aimExposures, { params: { aimId } }, { signal }),
  });

/** The open finding of a camera, for its card. */
export const openOfCameraQuery = (cameraId: CameraId) =>
  queryOptions({
    queryKey: ['exposures', 'queue', 'camera', cameraId],
    queryFn: async ({ signal }) => (await call(routes.exposureQueue, { query: { cameraId } }, { signal })).items,
  });

export const progressQuery = queryOptions({
  queryKey: ['exposures', 'progress'],
  queryFn: async ({ signal }) => (await call(routes.exposureProgress, {}, { signal })).recomputation,
});

/** Rows and findings follow what is measured and decided elsewhere. */
export function useFreshExposures(): void {
  const client = useQueryClient();
  useLiveEvent('exposures.changed', ({ aimId }) => {
    void client.invalidateQueries({
      queryKey: ['exposures'],
      predicate: ({ queryKey }) => queryKey[1] !== 'progress' && (queryKey[1] !== 'aim' || queryKey[2] === aimId),
    });
  });
  useLiveEvent('masks.changed', () => void client.invalidateQueries({ queryKey: ['mask-sets'] }));
}
