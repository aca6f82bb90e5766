// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/rooms.tsx';

const PublicPage = lazyRouteComponent(() => import('./PublicPage.tsx'), 'PublicPage');

/** The same page under a Vietnamese and an English address: both are printed on paper. */
const vietnamese = createRoute({
  getParentRoute: () => rootRoute,
  path: '/so-truy-cap',
  staticData: { room: 'oversight' },
  component: PublicPage,
});

const english = createRoute({
  getParentRoute: () => rootRoute,
  path: '/record',
  staticData: { room: 'oversight' },
  component: PublicPage,
});

export const publicRecordRoutes = [vietnamese, english] as const;
