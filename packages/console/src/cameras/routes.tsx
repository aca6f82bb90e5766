// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, roomRoute } from '../app/rooms.tsx';

export const camerasRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/cameras',
  staticData: { room: 'control' },
  beforeLoad: only('camera.read'),
  component: lazyRouteComponent(() => import('./CamerasPage.tsx'), 'CamerasPage'),
});
