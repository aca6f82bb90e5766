// SPDX-License-Identifier: AGPL-3.0-or-later
import { ProblemDocument, Session } from '@louver/contract';
import type { z } from 'zod';
import { EXIT, Failure, reasonOf } from './failure.ts';

/** What the API said against a request. */
export class Refused extends Failure {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(EXIT.refused, sentence(problem));
    this.problem = problem;
  }
}

const MAX_ERRORS = 20;

function sentence({ title, detail, errors = [] }: ProblemDocument): string {
  const fields = errors.slice(0, MAX_ERRORS).map((error) => `  ${error.pointer || 'the body'}: ${error.detail}`);
  const more = errors.length > MAX_ERRORS ? [`  and ${errors.length - MAX_ERRORS} more`] : [];
  return [detail === undefined ? title : `${title}: ${detail}`, ...fields, ...more].join('\n');
}

/** One person's connection to a Louver. */
export class Api {
  readonly url: string;
  #cookie = '';

  constructor(url: string) {
    this.url = url.replace(/\/+$/, '');
  }

  async signIn(email: string, password: string): Promise<Session> {
    const response = await this.send('POST', '/session', { body: JSON.stringify({ email, password }) });
    this.#cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; ');
    if (this.#cookie === '')
      throw new Failure(EXIT.unreachable, `${this.url} sent no session cookie: is it reached over plain HTTP?`);
    return Session.parse(await response.json());
  }

  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    return schema.parse(await (await this.send('GET', path)).json());
  }

  async post<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<z.output<S>> {
    return schema.parse(await (await this.send('POST', path, { body: JSON.stringify(body) })).json());
  }

  async put(path: string, body: unknown): Promise<void> {
    await this.send('PUT', path, { body: JSON.stringify(body) });
  }

  /**
   * @throws Refused when the API answers with a problem
   * @throws Failure unreachable when nobody answers, or something that is no Louver does
   */
  async send(
    method: string,
    path: string,
    init: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const headers = {
      ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      Cookie: this.#cookie,
      // Kept open, a connection is closed by the server while this program computes, and the next request runs into that.
      Connection: 'close',
      ...init.headers,
    };
    let response: Response;
    try {
      response = await fetch(`${this.url}/api/v1${path}`, {
        method,
        headers,
        ...(init.body === undefined ? {} : { body: init.body }),
      });
    } catch (error) {
      throw new Failure(EXIT.unreachable, `couldn't reach ${this.url}: ${reasonOf(error)}`, error);
    }
    if (response.ok) return response;
    const problem = ProblemDocument.safeParse(await response.json().catch(() => undefined));
    if (problem.success && response.status < 500) throw new Refused(problem.data);
    const said = problem.success
      ? `${problem.data.title} (request ${problem.data.requestId ?? 'unknown'})`
      : `status ${response.status}`;
    throw new Failure(EXIT.unreachable, `${this.url} can't do it now: ${said}`);
  }
}
