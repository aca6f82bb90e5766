// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, mayDo } from '@louver/contract';
import type { Request, RequestHandler, Response } from 'express';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Deps } from '../http/deps.ts';
import { sendProblem } from '../http/problems.ts';
import { authenticate } from '../sessions/authenticate.ts';

const MAX_FILE_BYTES = 32 * 1024 * 1024;
const MEDIA_TYPES = new Set(['application/geo+json', 'application/json', 'text/csv']);

export interface ImportFile {
  bytes: Buffer;
  mediaType: string;
}

const files = new WeakMap<Response, ImportFile>();

/** @throws Error when `readFileFirst` did not run before */
export function fileOf(response: Response): ImportFile {
  const file = files.get(response);
  if (!file) throw new Error('the body was not read');
  return file;
}

/**
 * Reads the file before the endpoint's transaction begins: whoever sends slowly holds no connection of the database.
 * Whoever may not import is refused before a byte is read; the endpoint asks both questions again.
 */
export const readFileFirst =
  (deps: Deps): RequestHandler =>
  async (request, response, next) => {
    try {
      const actor = await authenticate(deps, request);
      if (!actor) throw new Problem('not-signed-in');
      if (!mayDo(actor.role, 'camera.import')) throw new Problem('not-permitted');
      files.set(response, await readFile(request));
    } catch (error) {
      sendProblem(request, response, error);
      return;
    }
    next();
  };

/** @throws Problem media-type-unknown, body-too-large */
async function readFile(request: Request): Promise<ImportFile> {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (!MEDIA_TYPES.has(mediaType))
    throw new Problem('media-type-unknown', { detail: `expected ${[...MEDIA_TYPES].join(', ')}` });
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new Problem('media-type-unknown', { detail: 'the body may be plain or compressed with gzip' });
  if (Number(request.headers['content-length'] ?? 0) > MAX_FILE_BYTES) throw tooLarge();
  return { mediaType, bytes: await (encoding === 'gzip' ? inflated(request) : collected(request)) };
}

const tooLarge = () =>
  new Problem('body-too-large', { detail: `a file may have at most ${MAX_FILE_BYTES / 1024 / 1024} MiB` });

/**
 * Stops at the limit, so that neither a large body nor a small one that inflates to a large one is ever held.
 * By events, because leaving a `for await` destroys the request and with it the connection that has to carry the answer.
 */
function collected(source: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    source.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_FILE_BYTES) chunks.push(chunk);
      else reject(tooLarge());
    });
    source.once('end', () => resolve(Buffer.concat(chunks)));
    source.once('error', reject);
    source.once('close', () => reject(invalid('the body was cut short')));
  });
}

async function inflated(request: Request): Promise<Buffer> {
  const gunzip = createGunzip();
  // A request that is over is closed as well; only one that broke off leaves the rest waiting for ever.
  request.once('close', () => void (request.complete || gunzip.destroy()));
  request.pipe(gunzip);
  try {
    return await collected(gunzip);
  } catch (error) {
    throw error instanceof Problem ? error : invalid('the gzip stream is damaged', error);
  } finally {
    request.unpipe(gunzip);
    gunzip.destroy();
  }
}

const invalid = (detail: string, cause?: unknown): Problem =>
  new Problem('request-invalid', { errors: [{ pointer: '', detail }], cause });
