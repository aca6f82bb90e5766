// SPDX-License-Identifier: AGPL-3.0-or-later
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { formatVkey } from '@louver/ledger';
import { addCheckpoint, plain, type Answer, type Witness } from './add-checkpoint.ts';

/** 63 hashes and a checkpoint with a hundred signatures fit four times. */
const MAX_BODY_BYTES = 64 * 1024;

export interface WitnessServer extends Witness {
  /** One line per request that was not answered with 200. */
  readonly log: (line: string) => void;
}

/** The witness's HTTP, not listening yet. */
export function witnessServer(witness: WitnessServer): Server {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    void respond(witness, request, response);
  });
  server.maxConnections = 512;
  return server;
}

async function respond(witness: WitnessServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const what = `${request.method} ${request.url?.slice(0, 100)}`;
  let answer: Answer;
  try {
    answer = await route(witness, request);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    witness.log(`${what}: 500 ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    answer = plain(500, 'the witness failed');
  }
  const { status, type, body } = answer;
  if (status >= 400 && status !== 404 && status !== 500) witness.log(`${what}: ${status} ${body.trim()}`);
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    // What was not read to its end would be taken for the next request.
    ...(request.complete ? {} : { Connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function route(witness: WitnessServer, request: IncomingMessage): Promise<Answer> {
  const [path] = (request.url ?? '/').split('?');
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return plain(405, 'POST only');
    const body = await bodyOf(request);
    return body ? addCheckpoint(witness, body) : plain(400, `the body is longer than ${MAX_BODY_BYTES} bytes`);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'GET only');
  if (path === '/') return { status: 200, type: 'text/plain; charset=utf-8', body: describe(witness) };
  if (path === '/healthz') return health(witness);
  const hash = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path ?? '')?.[1];
  const cosigned = [...witness.logs.values()].find((log) => log.hash === hash)?.cosigned;
  return cosigned
    ? { status: 200, type: 'text/plain; charset=utf-8', body: cosigned.signed }
    : plain(404, 'there is nothing here');
}

/** Undefined when it is too long; then the rest is not read. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return undefined;
  const parts: Buffer[] = [];
  let length = 0;
  // Iterating would destroy the connection on leaving the loop, and nobody would read the refusal.
  return new Promise((resolve, reject) => {
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > MAX_BODY_BYTES) {
        request.pause();
        resolve(undefined);
      } else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the line dropped')));
  });
}

function health({ logs }: Witness): Answer {
  const uncertain = [...logs.values()].filter((log) => log.isUncertain);
  return uncertain.length === 0
    ? plain(200, 'ok')
    : plain(503, `could not write the state of ${uncertain.map((log) => log.origin).join(', ')}; restart`);
}

function describe({ signer, logs }: Witness): string {
  const seen = [...logs.values()].map(
    ({ origin, hash, cosigned }) =>
      `  ${origin}: ${cosigned ? `${cosigned.size} entries, /${hash}/checkpoint` : 'nothing cosigned yet'}`,
  );
  return [
    'This is a witness of transparency logs (C2SP tlog-witness).',
    '',
    'It signs a checkpoint of a log only if the log proves that it continues what the witness signed before: nothing',
    'removed, nothing changed, nothing put in between. It does not see what the entries say and does not judge it.',
    '',
    `Its key: ${formatVkey(signer.key)}`,
    '',
    'Its logs:',
    ...seen,
    '',
    'POST /add-checkpoint             asks for a cosignature',
    'GET  /<SHA-256 of the origin, hex>/checkpoint   the newest checkpoint that it has cosigned',
    '',
  ].join('\n');
}
