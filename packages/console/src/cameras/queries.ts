// SPDX-License-Identifier: AGPL-3.0-or-later
import { decodeCameraColumns, routes, type CameraId } from '@louver/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { isProblem } from '../api/api-problem.ts';
import { call } from '../api/call.ts';
import { cameraQueryOf, NO_FILTERS, type Filters } from '../map/console-search.ts';

export const cameraQuery = (cameraId: CameraId) =>
  queryOptions({
    queryKey: ['camera', cameraId],
    queryFn: async ({ signal }) => call(routes.readCamera, { params: { cameraId } }, { signal }),
  });

/** What the public register says beside the inventory. */
export const publicDetailsQuery = (cameraId: CameraId) =>
  queryOptions({
    queryKey: ['camera', cameraId, 'public-details'],
    queryFn: async ({ signal }) => call(routes.readPublicDetails, { params: { cameraId } }, { signal }),
  });

/** Who burns the masks in. Asked again and again where it can change by itself. */
export const deviceQuery = (cameraId: CameraId) =>
  queryOptions({
    queryKey: ['camera', cameraId, 'device'],
    queryFn: async ({ signal }) => call(routes.readDevice, { params: { cameraId } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.onDeviceMasks.wanted === true ? 3_000 : false),
  });

/** Where it looks. Asked again and again where it can change by itself. */
export const ptzQuery = (cameraId: CameraId) =>
  queryOptions({
    queryKey: ['camera', cameraId, 'ptz'],
    queryFn: async ({ signal }) => call(routes.readPtz, { params: { cameraId } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.turns === true ? 3_000 : false),
  });

/** The masks in force; null is none, and then there is no picture. */
export const masksQuery = (cameraId: CameraId) =>
  queryOptions({
    queryKey: ['masks', cameraId],
    queryFn: async ({ signal }) => {
      try {
        return await call(routes.readMasks, { params: { cameraId } }, { signal });
      } catch (error) {
        if (isProblem(error, 'masks-unknown')) return null;
        throw error;
      }
    },
  });

const PAGE = 200;

export const cameraListQuery = (filters: Filters, bbox: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['cameras', filters, bbox],
    queryFn: async ({ pageParam, signal }) =>
      call(
        routes.listCameras,
        {
          query: {
            ...cameraQueryOf(filters, bbox),
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

/** Only what the columns do not hold is asked of the server; the rest is filtered where it is drawn. */
export const cameraColumnsQuery = ({ q, premises }: Filters) =>
  queryOptions({
    queryKey: ['camera-columns', q, premises],
    queryFn: async ({ signal }) => {
      const query = cameraQueryOf({ ...NO_FILTERS, q, premises });
      return decodeCameraColumns(await call(routes.mapCameras, { query }, { signal }));
    },
    staleTime: 60_000,
    // Comparing the columns with the last ones, value by value, would cost more than drawing them.
    structuralSharing: false,
    placeholderData: (previous) => previous,
  });

export const jurisdictionsQuery = queryOptions({
  queryKey: ['jurisdictions'],
  queryFn: async ({ signal }) => (await call(routes.listJurisdictions, {}, { signal })).items,
  staleTime: 5 * 60_000,
});
