// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, roomRoute } from '../app/rooms.tsx';
import { RecordSearch, ViewingSearch } from './search.ts';

const room = createRoute({
  getParentRoute: () => roomRoute,
  path: '/oversight',
  staticData: { room: 'oversight' },
  beforeLoad: only('record.read'),
  component: lazyRouteComponent(() => import('./OversightRoom.tsx'), 'OversightRoom'),
});

const viewings = createRoute({
  getParentRoute: () => room,
  path: '/',
  validateSearch: ViewingSearch,
  component: lazyRouteComponent(() => import('./ViewingsPage.tsx'), 'ViewingsPage'),
});

const records = createRoute({
  getParentRoute: () => room,
  path: '/records',
  validateSearch: RecordSearch,
  component: lazyRouteComponent(() => import('./RecordsPage.tsx'), 'RecordsPage'),
});

const proof = createRoute({
  getParentRoute: () => room,
  path: '/proof',
  component: lazyRouteComponent(() => import('../record/ProofPage.tsx'), 'ProofPage'),
});

const tokens = createRoute({
  getParentRoute: () => room,
  path: '/tokens',
  component: lazyRouteComponent(() => import('../record/TokensPage.tsx'), 'TokensPage'),
});

export const oversightRoute = room.addChildren([viewings, records, proof, tokens]);
