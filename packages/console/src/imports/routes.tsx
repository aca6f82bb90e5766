// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, roomRoute } from '../app/rooms.tsx';

export const importRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/imports',
  staticData: { room: 'oversight' },
  beforeLoad: only('camera.import'),
  component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
});
