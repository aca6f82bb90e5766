// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { pino, type DestinationStream, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';

const SECRET_FIELDS = ['password', 'cookie', 'authorization', 'ticket'] as const;

/** Errors of drivers carry what they were given: a Redis command its arguments, a database error the row. Only this much is kept. */
function errorFacts(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: 'something that is not an error was thrown' };
  const { code, constraint } = error as Error & { code?: unknown; constraint?: unknown };
  return {
    type: error.name,
    message: hideTickets(error.message),
    stack: error.stack === undefined ? undefined : hideTickets(error.stack),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  };
}

export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { process: 'api' },
    serializers: { err: errorFacts },
    // Nothing puts these into a log line on purpose; this is for the day when somebody logs an object whole.
    redact: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]),
  };
  return destination ? pino(options, destination) : pino(options);
}

const hideTickets = (text: string): string => text.replaceAll(/(v\d)\.[\w-]+\.[\w-]+/g, '$1.[hidden]');

/** The address as it may be logged: a ticket in it would let whoever reads logs look. */
export function loggableUrl(url: string): string {
  const [path = '', query] = url.split('?', 2);
  if (query === undefined) return hideTickets(path);
  const parts = query.split('&').map((part) => (namesTicket(part) ? 'ticket=[hidden]' : part));
  return hideTickets(`${path}?${parts.join('&')}`);
}

/** Decoded, because `%74icket` is the same parameter to whoever reads the address. */
function namesTicket(part: string): boolean {
  return [...new URLSearchParams(part).keys()].some((key) => key.toLowerCase() === 'ticket');
}

/** Where people complain, or look up who sees their home: from where they do it is nobody's business. */
const isOfCitizens = (url = ''): boolean =>
  /^\/(api\/v1\/(complaints|case|case-files)|open311|cong-dan|public)(?![\w-])/.test(url);

export const requestLog = (log: Logger) =>
  pinoHttp({
    logger: log,
    genReqId: (_request, response) => {
      const id = randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      // No headers at all: what is not collected needs no hiding.
      req: (request: IncomingMessage & { ip?: string }) => ({
        id: request.id,
        method: request.method,
        url: loggableUrl(request.url ?? ''),
        ...(isOfCitizens(request.url) ? {} : { address: request.ip ?? request.socket.remoteAddress }),
      }),
      res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
      err: errorFacts,
    },
    // Wrapped serializers would copy every field of an error before ours sees it.
    wrapSerializers: false,
    customLogLevel: (_request, response, error) =>
      error || response.err ? 'error' : response.statusCode >= 500 ? 'warn' : 'info',
    autoLogging: { ignore: (request) => request.url === '/healthz' || request.url === '/metrics' },
  });
