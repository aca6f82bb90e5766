// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { orElsewhere, roomRoute } from '../app/rooms.tsx';
import { ConsoleSearch } from './console-search.ts';

export const consoleRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/',
  validateSearch: ConsoleSearch,
  beforeLoad: orElsewhere,
  staticData: { room: 'control' },
  component: lazyRouteComponent(() => import('./ConsolePage.tsx'), 'ConsolePage'),
});
