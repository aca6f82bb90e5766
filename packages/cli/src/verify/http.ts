// SPDX-License-Identifier: AGPL-3.0-or-later
import { setTimeout as pause } from 'node:timers/promises';
import { LogWrong, type ReadFile } from '@louver/ledger/verify';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import { maxBytesOf, tooLong } from './file-bounds.ts';

export interface HttpLog {
  /** The log's prefix, without a slash at its end. */
  readonly url: string;
  /** Sent with requests for entries only, and by `fetch` to no other origin. */
  readonly token?: string | undefined;
  /** Ends whatever is under way. */
  readonly signal: AbortSignal;
  /** Waits between attempts, in milliseconds; their number is that of the second chances. */
  readonly waitsMs?: readonly number[];
  /** For one attempt, with its answer's last byte. */
  readonly timeoutMs?: number;
}

const WAITS_MS = [250, 500, 1000, 2000];
const TIMEOUT_MS = 30_000;
/** A server may ask for patience, but a check that runs by itself must end. */
const LONGEST_WAIT_MS = 30_000;
/** Before anything was read, these mean a wrong address, and no second try makes it right. */
const WRONG_ADDRESS = new Set(['ECONNREFUSED', 'ENOTFOUND']);

/** Worth another attempt: nobody answered, or somebody who is busy. */
class Passing extends Error {
  override readonly name = 'Passing';
  readonly waitMs: number;
  constructor(message: string, waitMs = 0, options?: ErrorOptions) {
    super(message, options);
    this.waitMs = waitMs;
  }
}

/** @throws Failure usage unless it is an http or https address without user, query and fragment */
export function logUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url && ['http:', 'https:'].includes(url.protocol) && !url.username && !url.password;
  if (!plain || url.search !== '' || url.hash !== '')
    throw new Failure(EXIT.usage, `${JSON.stringify(text)} is no address of a log: expected https://host/log`);
  return url.href.replace(/\/+$/, '');
}

/**
 * Reads a log over HTTP; connections are kept by `fetch`. A file that is not there (404, 410) is undefined, what fails in
 * passing (no answer, 429, 5xx) is tried again, everything else is a Failure: unreachable is not wrong.
 */
export function logOverHttp(log: HttpLog): ReadFile {
  const waits = log.waitsMs ?? WAITS_MS;
  let answered = false;
  return async (path) => {
    for (let attempt = 0; ; attempt++) {
      try {
        const bytes = await readOnce(log, path);
        answered = true;
        return bytes;
      } catch (error) {
        log.signal.throwIfAborted();
        if (error instanceof Failure || error instanceof LogWrong) throw error;
        const wait = waits[attempt];
        if (wait === undefined || (!answered && WRONG_ADDRESS.has(codeOf(error)))) throw unreachable(log, path, error);
        const asked = error instanceof Passing ? Math.min(error.waitMs, LONGEST_WAIT_MS) : 0;
        // Spread out: the requests that failed together should not come back together.
        await pause(Math.max(asked, wait * (0.75 + Math.random() / 2)), undefined, { signal: log.signal });
      }
    }
  };
}

async function readOnce(log: HttpLog, path: string): Promise<Uint8Array | undefined> {
  // Not AbortSignal.timeout: within AbortSignal.any it is collected as garbage before its time is over (Node 20).
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException('too late', 'TimeoutError')), log.timeoutMs ?? TIMEOUT_MS);
  try {
    return await readWithin(log, path, AbortSignal.any([log.signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

async function readWithin(log: HttpLog, path: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const entries = path.startsWith('tile/entries/');
  const response = await fetch(`${log.url}/${path}`, {
    signal,
    headers: {
      ...(entries && log.token !== undefined ? { Authorization: `Bearer ${log.token}` } : {}),
      // An old checkpoint out of a cache on the way would look like a log that was rolled back.
      ...(path === 'checkpoint' ? { 'Cache-Control': 'no-cache' } : {}),
    },
  });
  try {
    return response.ok ? await bodyOf(log, path, response) : judgeStatus(log, path, response);
  } finally {
    // Otherwise the connection stays taken by an answer that nobody reads.
    if (!response.bodyUsed) await response.body?.cancel().catch(() => undefined);
  }
}

function judgeStatus({ url, token }: HttpLog, path: string, { status, headers }: Response): undefined {
  if (status === 404 || status === 410) return undefined;
  if (status === 429 || status >= 500)
    throw new Passing(`it answers with status ${status}`, 1000 * Number(headers.get('retry-after') ?? 0) || 0);
  const refused = status === 401 || status === 403;
  const why =
    refused && token !== undefined
      ? `the log refuses the token (status ${status}): it may have expired, or be for something else`
      : `the log answers with status ${status}`;
  throw new Failure(EXIT.unreachable, `couldn't read ${url}/${path}: ${why}`);
}

async function bodyOf({ url }: HttpLog, path: string, response: Response): Promise<Uint8Array> {
  // A portal of a hotel or a page for maintenance: no log, and no finding about one either.
  if (/^text\/html\b/i.test(response.headers.get('content-type') ?? ''))
    throw new Failure(EXIT.unreachable, `${url} is a web page and not a log; the address of one usually ends in /log`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > maxBytesOf(path)) throw tooLong(path);
    parts.push(part);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return '';
}

function unreachable({ url }: HttpLog, path: string, error: unknown): Failure {
  const why = error instanceof Error && error.name === 'TimeoutError' ? 'it does not answer' : reasonOf(error);
  return new Failure(EXIT.unreachable, `couldn't read ${url}/${path}: ${why}`, error);
}
