// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRouter } from '@tanstack/react-router';
import { cameraEditRoute } from '../cameras/edit/routes.tsx';
import { camerasRoute } from '../cameras/routes.tsx';
import { deskRoute } from '../desk/routes.tsx';
import { exposuresRoute } from '../exposures/routes.tsx';
import { importRoute } from '../imports/routes.tsx';
import { consoleRoute } from '../map/routes.tsx';
import { masksRoute } from '../masks/routes.tsx';
import { oversightRoute } from '../oversight/routes.tsx';
import { placesRoute } from '../places/routes.tsx';
import { planningRoute } from '../planning/routes.tsx';
import { publicRecordRoutes } from '../record/routes.tsx';
import { loginRoute, welcomeRoute } from '../session/routes.tsx';
import { Failure } from './Failure.tsx';
import { queryClient } from './query-client.ts';
import { roomRoute, rootRoute } from './rooms.tsx';
import { parseSearch, stringifySearch } from './search-params.ts';

/** A new page: a route in its capability's `routes.tsx`, named here, and a line in `navigation.ts` if it has a door. */
const routeTree = rootRoute.addChildren([
  loginRoute,
  ...publicRecordRoutes,
  roomRoute.addChildren([
    consoleRoute,
    camerasRoute,
    cameraEditRoute,
    planningRoute,
    placesRoute,
    exposuresRoute,
    masksRoute,
    importRoute,
    deskRoute,
    oversightRoute,
    welcomeRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  parseSearch,
  stringifySearch,
  // Caught by the page itself, so that the bar above it stays.
  defaultErrorComponent: Failure,
  defaultPreload: 'intent',
  defaultPendingMs: 200,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
