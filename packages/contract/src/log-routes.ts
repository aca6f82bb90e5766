// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { route } from './route.ts';

/** `000`, `x001/x234/067`, … as tlog-tiles writes them; a partial tile ends in `.p/<W>`. */
const ofTile = z.object({ level: z.string(), tile: z.string() });
const ofBundle = z.object({ tile: z.string() });

/** The files of the log (C2SP tlog-tiles). Their paths are whole: they do not stand below `/api/v1`. */
export const logRoutes = {
  logCheckpoint: route({
    method: 'GET',
    path: '/log/checkpoint',
    summary: 'The newest checkpoint, signed by the log and its witnesses',
    action: 'anybody',
    status: 200,
    produces: 'text/plain; charset=utf-8',
    problems: ['unavailable'],
  }),
  logTile: route({
    method: 'GET',
    path: '/log/tile/:level/:tile',
    summary: 'Hashes of the tree, 256 to a full tile; `tile` holds slashes: `x001/067`, `x001/067.p/3`',
    action: 'anybody',
    params: ofTile,
    status: 200,
    produces: 'application/octet-stream',
    problems: ['log-file-not-found'],
  }),
  logEntries: route({
    method: 'GET',
    path: '/log/tile/entries/:tile',
    summary: 'Entries of the record, 256 to a full bundle; for auditors, by token or session',
    action: 'log.read',
    params: ofBundle,
    status: 200,
    produces: 'application/octet-stream',
    problems: ['log-file-not-found', 'auditor-token-unknown', 'too-many-attempts'],
  }),
  logVkey: route({
    method: 'GET',
    path: '/log/vkey',
    summary: 'The verifier key of the log; a line each while keys rotate',
    action: 'anybody',
    status: 200,
    produces: 'text/plain; charset=utf-8',
    problems: ['unavailable'],
  }),
} as const;
