// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { only, roomRoute } from '../app/rooms.tsx';

const room = createRoute({
  getParentRoute: () => roomRoute,
  id: 'imports-room',
  staticData: { room: 'oversight' },
  beforeLoad: only('camera.import'),
});

const page = createRoute({
  getParentRoute: () => room,
  path: '/imports',
  component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
});

/** People type it without the s. */
const short = createRoute({
  getParentRoute: () => room,
  path: '/import',
  beforeLoad: () => {
    throw redirect({ to: '/imports', replace: true });
  },
});

export const importRoute = room.addChildren([page, short]);
