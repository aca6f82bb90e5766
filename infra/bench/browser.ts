// SPDX-License-Identifier: AGPL-3.0-or-later
// The real console in a headless Chromium without a GPU, signed in.
import { type Page, chromium } from '@playwright/test';
import { CHROMIUM } from '../../e2e/chromium.ts';
import type { Person } from './person.ts';

/** Runs `work` on a page of the console of `origin`. What the page complains of ends the bench. */
export async function inConsole<T>(origin: string, person: Person, work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch(CHROMIUM);
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
    });
    const [name = '', ...value] = person.cookie.split('=');
    await context.addCookies([{ name, value: value.join('='), url: origin }]);
    // What turns TypeScript into JavaScript marks functions with this; functions that are sent into the page bring the marks along.
    await context.addInitScript('globalThis.__name ??= (value) => value;');
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    const result = await work(page).catch((error: unknown) => {
      throw complaints.length > 0 ? new Error(`the page broke: ${complaints.join('; ')}`, { cause: error }) : error;
    });
    if (complaints.length > 0) throw new Error(`the page broke: ${complaints.join('; ')}`);
    return result;
  } finally {
    await browser.close();
  }
}
