// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { orElsewhere, roomRoute } from '../app/rooms.tsx';

export const consoleRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/',
  beforeLoad: orElsewhere,
  component: lazyRouteComponent(() => import('./ConsolePage.tsx'), 'ConsolePage'),
});
