// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, roomRoute } from '../app/rooms.tsx';
import { ConsoleSearch } from '../map/console-search.ts';

export const camerasRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/cameras',
  validateSearch: ConsoleSearch.omit({ at: true, view: true, all: true }),
  staticData: { room: 'control' },
  beforeLoad: only('camera.read'),
  component: lazyRouteComponent(() => import('./CamerasPage.tsx'), 'CamerasPage'),
});
