// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, roomRoute } from '../app/rooms.tsx';

export const masksRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/masks',
  staticData: { room: 'control' },
  beforeLoad: only('mask.read'),
  component: lazyRouteComponent(() => import('./MasksPage.tsx'), 'MasksPage'),
});
