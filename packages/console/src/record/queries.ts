// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type AuditorToken } from '@louver/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.ts';

export const tokensQuery = queryOptions({
  queryKey: ['auditor-tokens'],
  queryFn: async ({ signal }) => (await call(routes.listAuditorTokens, {}, { signal })).items,
});

export type TokenState = 'live' | 'expired' | 'revoked';

export const tokenStateOf = ({ revokedAt, expiresAt }: AuditorToken, now: number): TokenState =>
  revokedAt !== null ? 'revoked' : Date.parse(expiresAt) <= now ? 'expired' : 'live';

export const logQuery = queryOptions({
  queryKey: ['log'],
  queryFn: async ({ signal }) => call(routes.readLog, {}, { signal }),
  refetchInterval: 10_000,
  staleTime: 5000,
});
