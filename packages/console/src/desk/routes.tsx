// SPDX-License-Identifier: AGPL-3.0-or-later
import { ComplaintId } from '@louver/contract';
import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { only, roomRoute } from '../app/rooms.tsx';
import { DeskSearch } from './search.ts';

const desk = createRoute({
  getParentRoute: () => roomRoute,
  path: '/desk',
  staticData: { room: 'oversight' },
  beforeLoad: only('complaint.read'),
});

const cases = createRoute({
  getParentRoute: () => desk,
  path: '/',
  validateSearch: DeskSearch,
  component: lazyRouteComponent(() => import('./DeskPage.tsx'), 'DeskPage'),
});

const oneCase = createRoute({
  getParentRoute: () => desk,
  path: '/$complaintId',
  params: {
    parse: ({ complaintId }) => {
      const id = ComplaintId.safeParse(complaintId);
      if (!id.success) throw notFound();
      return { complaintId: id.data };
    },
    stringify: ({ complaintId }) => ({ complaintId }),
  },
  component: lazyRouteComponent(() => import('./CasePage.tsx'), 'CasePage'),
});

export const deskRoute = desk.addChildren([cases, oneCase]);
