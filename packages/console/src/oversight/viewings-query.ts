// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type Viewing } from '@louver/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { given, instantsOf, type RecordSearch, type ViewingSearch } from './search.ts';

const PAGE = 100;

export const viewingsQuery = ({ range, from, to, camera, person, account, q }: ViewingSearch) =>
  infiniteQueryOptions({
    queryKey: ['viewings', { range, from, to, camera, person, account, q }],
    queryFn: async ({ pageParam, signal }) =>
      call(
        routes.listViewings,
        {
          query: given({
            camera,
            person,
            account,
            q,
            ...instantsOf({ range, from, to }, Date.now()),
            limit: PAGE,
            cursor: pageParam,
          }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const recordsQuery = ({ range, from, to, camera, account, action }: RecordSearch) =>
  infiniteQueryOptions({
    queryKey: ['records', { range, from, to, camera, account, action }],
    queryFn: async ({ pageParam, signal }) =>
      call(
        routes.listRecords,
        {
          query: given({
            camera,
            account,
            action,
            ...instantsOf({ range, from, to }, Date.now()),
            limit: PAGE,
            cursor: pageParam,
          }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

const around = (at: string, seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString();

/** The entries that bear witness to one viewing: those about it, found among what was written around it. */
export const evidenceQuery = (viewing: Viewing) =>
  queryOptions({
    queryKey: ['evidence', viewing.id, viewing.closedAt],
    queryFn: async ({ signal }) => {
      const ended = viewing.closedAt === null ? {} : { to: around(viewing.closedAt, 120) };
      const { items } = await call(
        routes.listRecords,
        {
          query: {
            camera: viewing.camera.id,
            action: ['viewing.open', 'viewing.close', 'viewing.refuse'],
            from: around(viewing.openedAt, -60),
            ...ended,
            limit: 500,
          },
        },
        { signal },
      );
      return items
        .filter(({ seq, subject }) => seq === viewing.receipt.seq || subject.includes(viewing.id))
        .toReversed();
    },
  });

export const isRunning = (viewing: Viewing): boolean => viewing.end === null && viewing.closedAt === null;

/** Seconds from the first request to the end, or until now. */
export const lengthOf = (viewing: Viewing, now: number): number =>
  Math.max(0, ((viewing.closedAt === null ? now : Date.parse(viewing.closedAt)) - Date.parse(viewing.openedAt)) / 1000);
