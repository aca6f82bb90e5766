// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, roomRoute } from '../app/rooms.tsx';
import { FindingsSearch } from '../findings/search.ts';
import { QueueSearch } from './search.ts';

const room = createRoute({
  getParentRoute: () => roomRoute,
  id: 'exposures-room',
  staticData: { room: 'oversight' },
  beforeLoad: only('finding.read'),
  component: lazyRouteComponent(() => import('./ExposuresRoom.tsx'), 'ExposuresRoom'),
});

const queue = createRoute({
  getParentRoute: () => room,
  path: '/exposures',
  validateSearch: QueueSearch,
  component: lazyRouteComponent(() => import('./QueuePage.tsx'), 'QueuePage'),
});

const finding = createRoute({
  getParentRoute: () => room,
  path: '/exposures/$findingId',
  validateSearch: QueueSearch,
  component: lazyRouteComponent(() => import('./FindingPage.tsx'), 'FindingPage'),
});

const findings = createRoute({
  getParentRoute: () => room,
  path: '/findings',
  validateSearch: FindingsSearch,
  component: lazyRouteComponent(() => import('../findings/FindingsPage.tsx'), 'FindingsPage'),
});

export const exposuresRoute = room.addChildren([queue, finding, findings]);
