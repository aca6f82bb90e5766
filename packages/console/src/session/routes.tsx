// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { roomRoute, rootRoute } from '../app/rooms.tsx';
import { dropped } from '../app/search-params.ts';
import { landingOf, sessionQuery } from './session.ts';

const LoginSearch = z.object({
  /** Only an address of ours: `//host` would lead away. */
  next: dropped(z.string().regex(/^\/(?!\/)[^\\]*$/)),
  ended: dropped(z.string()),
});

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: LoginSearch,
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery).catch(() => null);
    if (session !== null) throw redirect({ to: landingOf(session) });
  },
  component: lazyRouteComponent(() => import('./LoginPage.tsx'), 'LoginPage'),
});

export const welcomeRoute = createRoute({
  getParentRoute: () => roomRoute,
  path: '/welcome',
  staticData: { room: 'oversight' },
  component: lazyRouteComponent(() => import('./WelcomePage.tsx'), 'WelcomePage'),
});
