// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { routes, type Route, type RouteRequest, type RouteResponse } from '@louver/contract';
import type { Page } from '@playwright/test';

export const cityUrl = (): string => {
  const url = process.env['LOUVER_E2E_URL'];
  if (!url) throw new Error('the stack was not started');
  return url;
};

interface Account {
  role: string;
  email: string;
  password: string;
}

async function account(role: string, nth = 0): Promise<Account> {
  const accounts = JSON.parse(
    await readFile(join(process.env['LOUVER_E2E_DATA'] ?? '.louver', 'demo-accounts.json'), 'utf8'),
  ) as Account[];
  const found = accounts.filter((one) => one.role === role)[nth];
  if (!found) throw new Error(`the demo has no account ${nth} of the role ${role}`);
  return found;
}

/** A signed-in program: what a script of somebody else could do. */
export class Client {
  #cookie = '';

  static async as(role: string, nth = 0): Promise<Client> {
    const client = new Client();
    const { email, password } = await account(role, nth);
    await client.call(routes.openSession, { body: { email, password } });
    return client;
  }

  get cookie(): string {
    return this.#cookie;
  }

  /** @throws with the problem when the answer is not the promised one */
  async call<R extends Route>(route: R, request: RouteRequest<R>): Promise<RouteResponse<R>> {
    const { params, query, body } = request as {
      params?: Record<string, string>;
      query?: Record<string, unknown>;
      body?: unknown;
    };
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params![name]!));
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query ?? {}))
      for (const one of [value].flat()) search.append(key, String(one));
    const answer = await fetch(`${cityUrl()}/api/v1${path}?${search}`, {
      method: route.method,
      headers: { cookie: this.#cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    this.#cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]!)[0] ?? this.#cookie;
    if (answer.status !== route.status)
      throw new Error(`${route.method} ${path}: ${answer.status} ${await answer.text()}`);
    return (route.response ? route.response.parse(await answer.json()) : undefined) as RouteResponse<R>;
  }
}

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, role: string, nth = 0): Promise<void> {
  const { email, password } = await account(role, nth);
  await page.goto(cityUrl());
  await page.getByRole('textbox', { name: /e-?mail|thư điện tử/i }).fill(email);
  await page.getByLabel(/mật khẩu|password/i).fill(password);
  await page.getByRole('button', { name: /vào ca|đăng nhập|sign in/i }).click();
  // Its menu is there when the room is: keys pressed before that would go nowhere.
  await page.getByRole('button', { name: /tài khoản của|account of/i }).waitFor();
}

/** Finds a camera and opens a look as a person at a keyboard does: slash, the code, Enter, a purpose, Enter. */
export async function look(page: Page, code: string, purpose: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByRole('combobox').fill(code);
  await page.getByRole('option').filter({ hasText: code }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('[name=purpose]').fill(purpose);
  await page.locator('[name=purpose]').press('Enter');
}
