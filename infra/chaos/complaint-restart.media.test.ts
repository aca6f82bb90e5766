// SPDX-License-Identifier: AGPL-3.0-or-later
// A complaint that is sent while PostgreSQL goes away and comes back: no word of it is lost, and it is one case. A server of
// its own, as durable as a real one, and the API as a process of its own.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { aJurisdiction } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Installation, until } from '../bench/installation.ts';
import { startPostgres } from '../private/postgres.mjs';
import { startRedis } from '../private/redis.mjs';
import { Kept } from './kept.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const WARD = 'vn.p66.hoa_sua';
const ADDRESS = '/cong-dan/khieu-nai';
const FORMS = 12;
const MINUTE = 60_000;

const cleaning: (() => Promise<unknown> | void)[] = [];
let city: Installation;
let postgres: Kept;
/** The first server, as long as it runs: it alone can be asked to stop in peace. */
let stopFirst: () => Promise<void>;
/** Until it is open, the server stays away. */
let gate = Promise.resolve();

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'louver-restart-'));
  cleaning.push(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  // PostgreSQL runs as a user of its own and has to reach what lies below.
  await chmod(folder, 0o711);
  const started = await startPostgres({ dataDir: folder, logFile: join(folder, 'postgres.log') });
  postgres = new Kept('postgres', started.running, async () => {
    await gate;
    return started.launch();
  });
  stopFirst = () => started.running.stop();
  cleaning.push(started.removeSockets, () => postgres.stop());
  const redis = await startRedis({ dataDir: folder, logFile: join(folder, 'redis.log') });
  cleaning.push(redis.removeSockets, () => redis.running.stop());
  process.env['LOUVER_TEST_DATABASE_URL'] = started.url('postgres');
  process.env['LOUVER_TEST_REDIS_URL'] = redis.url;
  city = await Installation.start({ quick: true, root: ROOT, folder, cache: folder, say: () => undefined });
  cleaning.push(() => city.stop());
  await aJurisdiction(city.owner, WARD);
  await city.owner.query(
    `UPDATE jurisdictions SET boundary = ST_Multi(ST_MakeEnvelope(107.9, 12.5, 108.2, 12.8, 4326)) WHERE path = '${WARD}'`,
  );
}, 4 * MINUTE);

afterAll(async () => {
  for (const clean of cleaning.toReversed()) await clean();
}, 2 * MINUTE);

const valueIn = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const codeIn = (html: string) => /data-case-code="(\d{16})"/.exec(html)?.[1];

async function aForm(text: string) {
  const blank = await fetch(`${city.url}${ADDRESS}?step=form&kind=no-sign`);
  return {
    ...{ formKey: valueIn(await blank.text(), 'formKey'), kind: 'no-sign', ward: WARD, text },
    ...{ who: 'named', name: 'Nguyễn Thị Lan', email: 'lan@louver.example' },
  };
}
type Form = Awaited<ReturnType<typeof aForm>>;

/** @returns the case code; undefined when it could not be taken, and then all that was typed is in the answer */
async function send(form: Form): Promise<string | undefined> {
  const answer = await fetch(`${city.url}${ADDRESS}`, { method: 'POST', body: new URLSearchParams(form) });
  const html = await answer.text();
  if (answer.status === 200) return codeIn(html);
  expect(answer.status).toBe(503);
  expect(html).toContain('Chưa gửi được');
  for (const typed of [form.text, form.name, form.email]) expect(html).toContain(typed);
  expect(valueIn(html, 'formKey')).toBe(form.formKey);
  return undefined;
}

const isAway = () =>
  city.owner.query('SELECT 1').then(
    () => false,
    () => true,
  );

async function sendUntilTaken(form: Form): Promise<string> {
  for (const deadline = performance.now() + 2 * MINUTE; ;) {
    const code = await send(form);
    if (code !== undefined) return code;
    if (performance.now() > deadline) throw new Error('the form was never taken');
    await pause(200);
  }
}

it.each([
  ['is restarted', () => stopFirst()],
  ['is killed', async () => expect(postgres.kill()).toBe(true)],
])(
  'while the database %s, every form is filed once or comes back with every word',
  async (how, end) => {
    const forms = await Promise.all(
      Array.from({ length: FORMS }, (_, i) => aForm(`Đơn số ${i}: máy chủ ${how}, chữ nào cũng phải còn.`)),
    );
    let open = (): void => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    try {
      const early = forms.slice(1).map((form) => send(form));
      await Promise.race(early);
      await end();
      const codes = await Promise.all(early);
      await until('the database is away', MINUTE, () => isAway());
      // Nobody is there: the form comes back, whole.
      expect(await send(forms[0]!)).toBeUndefined();
      open();
      const filed = await Promise.all(forms.map((form) => sendUntilTaken(form)));
      for (const [i, code] of codes.entries()) if (code !== undefined) expect(filed[i + 1]).toBe(code);
      expect(new Set(filed).size).toBe(FORMS);
    } finally {
      open();
    }
    const { rows } = await city.owner.query<{ cases: number }>(
      'SELECT count(*)::integer AS cases FROM complaint_parties WHERE text LIKE $1',
      [`%máy chủ ${how},%`],
    );
    expect(rows).toEqual([{ cases: FORMS }]);
  },
  4 * MINUTE,
);
