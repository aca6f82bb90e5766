// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AuditorToken, AuditorTokenRequest, NewAuditorToken } from '../auditor-token.ts';
import { AccountId, AuditorTokenId, CameraId, PersonId, RecordSeq } from '../ids.ts';
import { LogStatus } from '../log.ts';
import { RecordEntry } from '../record.ts';
import { Action } from '../roles.ts';
import { Viewing } from '../viewing.ts';
import { route } from '../route.ts';
import { cursor, instant, limit, page, several } from './request.ts';

export const recordRoutes = {
  listViewings: route({
    method: 'GET',
    path: '/oversight/viewings',
    summary: 'Who looked at which camera, for what purpose, from when to when',
    action: 'record.read',
    query: z.strictObject({
      camera: CameraId.exactOptional(),
      person: PersonId.exactOptional(),
      account: AccountId.exactOptional(),
      q: z.string().trim().max(100).exactOptional(),
      from: instant.exactOptional(),
      to: instant.exactOptional(),
      limit,
      cursor,
    }),
    status: 200,
    response: page(Viewing),
    problems: ['request-invalid'],
  }),
  listRecords: route({
    method: 'GET',
    path: '/oversight/records',
    summary: 'The access record, newest first',
    action: 'record.read',
    query: z.strictObject({
      action: several(Action).exactOptional(),
      /** What the record is of: an id, `records`, `file:<sha256>`, … */
      subject: z.string().min(1).max(200).exactOptional(),
      camera: CameraId.exactOptional(),
      account: AccountId.exactOptional(),
      from: instant.exactOptional(),
      to: instant.exactOptional(),
      limit,
      cursor,
    }),
    status: 200,
    response: page(RecordEntry),
    problems: ['request-invalid'],
  }),
  readReceipt: route({
    method: 'GET',
    path: '/records/:seq/receipt',
    summary: 'The proof that a record is in the log, as a tlog-proof',
    action: 'record.read',
    params: z.object({ seq: RecordSeq.max(18) }),
    query: z.strictObject({ download: z.enum(['1']).exactOptional() }),
    status: 200,
    produces: 'text/plain; charset=utf-8',
    problems: ['record-not-found', 'record-not-sealed'],
  }),
  readLog: route({
    method: 'GET',
    path: '/log',
    summary: 'How the log of the access record is doing',
    action: 'anybody',
    status: 200,
    response: LogStatus,
    problems: [],
  }),
  createAuditorToken: route({
    method: 'POST',
    path: '/auditor-tokens',
    summary: 'Make a token with which a program reads the entries of the log; shown once',
    action: 'auditor-token.create',
    body: AuditorTokenRequest,
    status: 201,
    response: NewAuditorToken,
    problems: ['request-invalid'],
  }),
  listAuditorTokens: route({
    method: 'GET',
    path: '/auditor-tokens',
    summary: "One's own tokens, newest first",
    action: 'auditor-token.read',
    status: 200,
    response: z.object({ items: z.array(AuditorToken) }),
    problems: [],
  }),
  revokeAuditorToken: route({
    method: 'DELETE',
    path: '/auditor-tokens/:tokenId',
    summary: 'Make a token worthless',
    action: 'auditor-token.revoke',
    params: z.object({ tokenId: AuditorTokenId }),
    status: 204,
    problems: ['auditor-token-not-found'],
  }),
};
