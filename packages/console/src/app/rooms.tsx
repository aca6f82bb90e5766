// SPDX-License-Identifier: AGPL-3.0-or-later
import { mayDo, type Action, type Session } from '@louver/contract';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { landingOf, sessionQuery } from '../session/session.ts';
import { ApiProblem } from '../api/api-problem.ts';
import { Root } from './Root.tsx';
import { Failure, NotFound } from './Failure.tsx';
import type { Room } from './theme.ts';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    room?: Room;
  }
}

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: Failure,
});

/** Everything behind the login. Pages hang below it and find `context.session`. */
export const roomRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'room',
  beforeLoad: async ({ context, location }): Promise<{ session: Session }> => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session === null)
      throw redirect({ to: '/login', search: location.href === '/' ? {} : { next: location.href } });
    return { session };
  },
  component: lazyRouteComponent(() => import('./Shell.tsx'), 'Shell'),
});

/** For `beforeLoad` of a page that not every role may open. */
export const only =
  (action: Action) =>
  ({ context }: { context: { session: Session } }): void => {
    if (!mayDo(context.session.role, action)) throw new ApiProblem('not-permitted');
  };

/** For `beforeLoad` of the start page: those whose work is elsewhere are led there. */
export const orElsewhere = ({ context }: { context: { session: Session } }): void => {
  const landing = landingOf(context.session);
  const onMap = mayDo(context.session.role, 'viewing.open') || context.session.role === 'officer';
  if (!onMap && landing !== '/') throw redirect({ to: landing });
};
