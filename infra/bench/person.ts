// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody who is signed in, over HTTP like anybody.
import { routes, type Route, type RouteRequest, type RouteResponse } from '@louver/contract';

export class Person {
  readonly #origin: string;
  cookie = '';

  private constructor(origin: string) {
    this.#origin = origin;
  }

  static async signIn(origin: string, account: { email: string; password: string }): Promise<Person> {
    const person = new Person(origin);
    await person.call(routes.openSession, { body: { email: account.email, password: account.password } });
    return person;
  }

  /** @throws Error with the answer when it is not the promised one */
  async call<R extends Route>(route: R, request: RouteRequest<R>): Promise<RouteResponse<R>> {
    const { params, body } = request as { params?: Record<string, string>; body?: unknown };
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
    const answer = await fetch(`${this.#origin}/api/v1${path}`, {
      method: route.method,
      headers: { cookie: this.cookie, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    this.cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0])[0] ?? this.cookie;
    if (answer.status !== route.status)
      throw new Error(`${route.method} ${path}: ${answer.status} ${await answer.text()}`);
    return (route.response ? route.response.parse(await answer.json()) : undefined) as RouteResponse<R>;
  }
}
