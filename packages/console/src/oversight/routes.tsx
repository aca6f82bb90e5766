// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { only, roomRoute } from '../app/rooms.tsx';

export const oversightRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/oversight',
  staticData: { room: 'oversight' },
  beforeLoad: only('record.read'),
  component: lazyRouteComponent(() => import('./ViewingsPage.tsx'), 'ViewingsPage'),
});
