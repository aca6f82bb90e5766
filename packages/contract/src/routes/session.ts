// SPDX-License-Identifier: AGPL-3.0-or-later
import { Credentials, Session } from '../session.ts';
import { route } from '../route.ts';

export const sessionRoutes = {
  openSession: route({
    method: 'POST',
    path: '/session',
    summary: 'Sign in',
    action: 'anybody',
    body: Credentials,
    status: 200,
    response: Session,
    problems: ['request-invalid', 'credentials-wrong', 'too-many-attempts'],
  }),
  readSession: route({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in',
    action: 'signed-in',
    status: 200,
    response: Session,
    problems: ['not-signed-in'],
  }),
  closeSession: route({
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out',
    action: 'session.close',
    status: 204,
    problems: ['not-signed-in'],
  }),
};
