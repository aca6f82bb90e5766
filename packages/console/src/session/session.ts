// SPDX-License-Identifier: AGPL-3.0-or-later
import { mayDo, routes, type Action, type Role, type Session } from '@louver/contract';
import { queryOptions } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { isProblem } from '../api/api-problem.ts';
import { call } from '../api/call.ts';

/** Who is signed in; null is nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await call(routes.readSession, {}, { signal });
    } catch (error) {
      if (isProblem(error, 'not-signed-in')) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

const room = getRouteApi('/room');

/** For pages inside the rooms. It stays while the page is being left, also when the session has just ended. */
export const useSession = (): Session => room.useRouteContext({ select: ({ session }) => session });

export const may = (session: Pick<Session, 'role'>, action: Action): boolean => mayDo(session.role, action);

type Landing = '/' | '/oversight' | '/exposures' | '/cameras' | '/welcome' | '/desk';

const LANDINGS: Record<Role, Landing> = {
  operator: '/',
  supervisor: '/',
  reviewer: '/exposures',
  officer: '/desk',
  auditor: '/oversight',
  custodian: '/welcome',
  administrator: '/cameras',
};

/** Where a role's work begins. */
export const landingOf = ({ role }: Pick<Session, 'role'>): Landing => LANDINGS[role];
