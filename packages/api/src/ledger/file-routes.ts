// SPDX-License-Identifier: AGPL-3.0-or-later
// What C2SP tlog-tiles asks of a log: static files under /log. The hashes are everybody's, the entries the auditors'.
import { createHash } from 'node:crypto';
import { Problem } from '@louver/contract';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Deps } from '../http/deps.ts';
import { sessions } from '../sessions/session-store.ts';
import { findTile } from './log-files.ts';
import { createReaderCheck } from './reader.ts';

/** Where this router is mounted. */
export const LOG_ROOT = '/log';
const OCTETS = 'application/octet-stream';
const TEXT = 'text/plain; charset=utf-8';
const FOR_EVER = 'max-age=31536000, immutable';

/** Entries are text and shrink to a fifth; of hashes nothing can be saved. */
export const isBundle = ({ originalUrl }: Request): boolean => originalUrl.startsWith(`${LOG_ROOT}/tile/entries/`);

export function logFileRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/checkpoint', forEverybody, sendCheckpoint(deps));
  router.get('/vkey', forEverybody, sendVkey(deps));
  // An open page that verifies is nobody at work: it does not prolong the session.
  router.get('/tile/entries/*tile', sessions(deps, { listenOnly: true }), sendBundle(deps));
  router.get('/tile/*tile', forEverybody, sendTile(deps));
  return router;
}

/** A page of anybody may verify; refusals have to be readable there too. */
const forEverybody: RequestHandler = (request, response, next) => {
  response.locals.route = `${LOG_ROOT}/${request.path.split('/')[1]}`;
  response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
  next();
};

/** As it was sent: an encoded sign is no part of any path of a log, so nothing is decoded. */
const pathOf = (request: Request): string => request.path.slice(1);

const sendCheckpoint =
  (deps: Deps): RequestHandler =>
  async (_request, response) => {
    const bytes = await deps.ledger.files.read('checkpoint');
    if (!bytes) throw new Problem('unavailable', { detail: 'no checkpoint is published yet' });
    // Must not stay long anywhere: whoever is shown an old one takes records for missing.
    send(response, bytes, { type: TEXT, cache: 'public, max-age=2' });
  };

const sendVkey =
  (deps: Deps): RequestHandler =>
  async (_request, response) => {
    const text = await deps.ledger.trust.vkeys();
    if (text === undefined) throw new Problem('unavailable', { detail: 'the log has no key yet' });
    send(response, Buffer.from(text, 'utf8'), { type: TEXT, cache: 'public, max-age=60' });
  };

const sendTile =
  (deps: Deps): RequestHandler =>
  async (request, response) => {
    const bytes = await deps.ledger.files.read(pathOf(request));
    if (!bytes) throw new Problem('log-file-not-found');
    send(response, bytes, { type: OCTETS, cache: `public, ${FOR_EVER}` });
  };

function sendBundle(deps: Deps): RequestHandler {
  const readerOf = createReaderCheck(deps);
  return async (request, response) => {
    response.locals.route = `${LOG_ROOT}/tile/entries`;
    const reader = await readerOf(request, response);
    const tile = findTile(pathOf(request));
    const bytes = tile && (await deps.ledger.files.read(pathOf(request)));
    if (!bytes) throw new Problem('log-file-not-found');
    // Before it leaves: what cannot be noted is not read.
    if (request.method === 'GET') deps.ledger.reads.add(reader, tile.index);
    response.vary('Authorization').vary('Cookie');
    send(response, bytes, { type: OCTETS, cache: `private, ${FOR_EVER}` });
  };
}

/** Weak, because what travels may be compressed. */
const etagOf = (bytes: Uint8Array): string =>
  `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;

/** Express answers HEAD and If-None-Match from what is set here. */
function send(response: Response, bytes: Uint8Array, { type, cache }: { type: string; cache: string }): void {
  response.set({ 'Content-Type': type, 'Cache-Control': cache, ETag: etagOf(bytes) });
  response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
