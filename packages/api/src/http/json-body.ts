// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem } from '@louver/contract';
import type { Request } from 'express';

/** Nothing that is stated in JSON needs more. Files come in through the imports, which have limits of their own. */
export const MAX_BODY_BYTES = 256 * 1024;

/**
 * Reads a JSON body. JSON only: a form of another site can send text and forms without asking, but not this.
 * @throws Problem media-type-unknown, body-too-large, body-not-json
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (type !== 'application/json' || encoding !== 'identity')
    throw new Problem('media-type-unknown', { detail: 'expected application/json, not compressed' });
  const bytes = await readBytes(request);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Problem('body-not-json', { cause });
  }
}

function readBytes(request: Request): Promise<Buffer> {
  const tooLarge = () => new Problem('body-too-large', { detail: `at most ${MAX_BODY_BYTES} bytes are read` });
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
      reject(tooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('aborted', () => reject(new Problem('body-not-json', { detail: 'the body was cut short' })));
  });
}
