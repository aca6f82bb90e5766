// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ComplaintId, complaintRoutes } from '@louver/contract';
import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { useLiveEvent } from '../api/socket.ts';
import { given } from '../oversight/search.ts';
import type { DeskSearch } from './search.ts';

const PAGE = 50;

export const casesQuery = ({ which = 'open', kind, level, q, camera }: DeskSearch) =>
  infiniteQueryOptions({
    queryKey: ['complaints', { which, kind, level, q, camera }],
    queryFn: async ({ pageParam, signal }) =>
      call(
        complaintRoutes.listComplaints,
        {
          query: given({
            ...(which === 'late' ? { late: 'true' } : { open: String(which === 'open') }),
            ...(kind === undefined ? {} : { kind: [kind] }),
            ...(level === undefined ? {} : { level: [level] }),
            q,
            cameraId: camera,
            limit: PAGE,
            cursor: pageParam,
          }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const caseQuery = (complaintId: ComplaintId) =>
  queryOptions({
    queryKey: ['complaint', complaintId],
    queryFn: async ({ signal }) => call(complaintRoutes.readComplaint, { params: { complaintId } }, { signal }),
  });

/** What the line tells of cases, on whatever page they are shown. */
export function useLiveCases(): void {
  const client = useQueryClient();
  useLiveEvent('complaint.changed', ({ complaintId }) => {
    void client.invalidateQueries({ queryKey: ['complaints'] });
    void client.invalidateQueries({ queryKey: ['complaint', complaintId] });
  });
}
