// SPDX-License-Identifier: AGPL-3.0-or-later
// Against a real API in a process of its own, as somebody at a keyboard meets it.
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ImportReport } from '@louver/contract';
import { createPool } from '@louver/db';
import { useDatabase, useRedis } from '@louver/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureAccounts } from './demo/accounts.ts';
import { louver } from './testing/louver.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const database = useDatabase();
const redis = useRedis();
const folder = mkdtempSync(join(tmpdir(), 'louver-cli-db-'));
let api: ChildProcess;
let url: string;

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

function makeKeys(): void {
  mkdirSync(join(folder, 'keys'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, 'keys', name), text);
  write('ticket.key', privateKey.export({ type: 'pkcs8', format: 'pem' }));
  write('ticket.pub', publicKey.export({ type: 'spki', format: 'pem' }));
  for (const name of ['credentials.key', 'session.key', 'citizens.key'])
    write(name, randomBytes(32).toString('base64'));
}

async function untilAnswers(address: string): Promise<void> {
  const deadline = Date.now() + 50_000;
  for (;;) {
    const answer = await fetch(`${address}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline || api.exitCode !== null) throw new Error('the API did not come up');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

beforeAll(async () => {
  makeKeys();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    DATABASE_URL: database.apiUrl,
    REDIS_URL: redis.url,
    PORT: String(port),
    LOUVER_DATA: folder,
    LOG_LEVEL: 'warn',
  };
  api = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', 'packages/api/src/main.ts'], {
    cwd: ROOT,
    env,
    stdio: 'ignore',
  });
  await untilAnswers(url);
});
afterAll(async () => {
  const gone = new Promise((resolve) => api.once('exit', resolve));
  api.kill('SIGKILL');
  await gone;
  rmSync(folder, { recursive: true });
});

const asOwner = (args: string[], stdin?: string) => louver(args, { DATABASE_URL: database.ownerUrl }, stdin);
const owner = async (text: string) => {
  const pool = createPool(database.ownerUrl, { max: 1 });
  try {
    return (await pool.query<Record<string, unknown>>(text)).rows;
  } finally {
    await pool.end();
  }
};
const importing = (name: string, content: string, ...options: string[]) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  const env = { LOUVER_DATA: folder, LOUVER_EMAIL: 'minh@louver.example', LOUVER_PASSWORD: 'a password of Minh' };
  return louver(['import', 'cameras', path, '--url', url, ...options], env);
};

it('has nothing to migrate twice', async () => {
  expect(await asOwner(['migrate'])).toMatchObject({ code: 0, out: 'The schema is up to date.\n' });
});

describe('accounts', () => {
  it('are made with their jurisdictions, once, and are on the record without a name', async () => {
    const args = [
      'account',
      'create',
      '--email',
      'minh@louver.example',
      '--name',
      'Trần Văn Minh',
      '--role',
      'supervisor',
      '--jurisdiction',
      'vn.p66',
      '--password-stdin',
    ];
    expect(await asOwner(args, 'short\n')).toMatchObject({
      code: 2,
      err: expect.stringContaining('at least 12 signs'),
    });
    const made = await asOwner(args, 'a password of Minh\n');
    expect(made).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Made the jurisdiction vn.p66') });
    expect(made.out).not.toContain('a password of Minh');
    expect(await asOwner(args, 'a password of Minh\n')).toMatchObject({
      code: 1,
      err: expect.stringContaining('already'),
    });
    const [record] = await owner("SELECT role, detail FROM records WHERE action = 'account.grant'");
    expect(record).toMatchObject({ role: null, detail: { role: 'supervisor', jurisdictions: ['vn.p66'] } });
    expect(JSON.stringify(record)).not.toMatch(/Minh|minh/);
  });

  it('of one person are one person, so that two of them can never be the two people of a decision (P5)', async () => {
    const give = (email: string, role: string, ...more: string[]) =>
      asOwner([
        'account',
        'create',
        '--email',
        email,
        '--name',
        'Hà',
        '--role',
        role,
        '--jurisdiction',
        'vn.p66',
        ...more,
      ]);
    expect(await give('ha.s@louver.example', 'supervisor')).toMatchObject({ code: 0 });
    const same = ['--same-person-as', 'ha.s@louver.example'];
    expect(await give('ha.r@louver.example', 'reviewer', ...same)).toMatchObject({ code: 0 });
    const [row] = await owner(
      "SELECT count(DISTINCT person_id)::int AS persons, count(*)::int AS accounts FROM accounts WHERE email LIKE 'ha.%'",
    );
    expect(row).toEqual({ persons: 1, accounts: 2 });
    expect(await give('x@louver.example', 'reviewer', '--same-person-as', 'nobody@louver.example')).toMatchObject({
      code: 1,
    });
  });

  it('get a password that is shown once, and can be stopped', async () => {
    const args = [
      'account',
      'create',
      '--email',
      'lan@louver.example',
      '--name',
      'Lan',
      '--role',
      'operator',
      '--jurisdiction',
      'vn.p66',
    ];
    const password = /shown this once: (\S+)/.exec((await asOwner(args)).out)![1]!;
    const signIn = async () =>
      (
        await fetch(`${url}/api/v1/session`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ email: 'lan@louver.example', password }),
        })
      ).status;
    expect(await signIn()).toBe(200);
    expect(await asOwner(['account', 'disable', '--email', 'lan@louver.example'])).toMatchObject({ code: 0 });
    expect(await signIn()).toBe(401);
    expect((await asOwner(['account', 'disable', '--email', 'lan@louver.example'])).out).toContain('stopped already');
    expect(await asOwner(['account', 'disable', '--email', 'nobody@louver.example'])).toMatchObject({ code: 1 });
  });
});

describe('import', () => {
  it('ends with 1, names every row and imports nothing when rows are refused', async () => {
    const result = await importing('broken.csv', 'code,lon,lat\nA-1,108,12\nA-2,108,95\nA-1,108,12');
    expect(result.code).toBe(1);
    expect(result.out).toMatch(/refused +1/);
    expect(result.out).toContain('row 2 (A-2): /geometry/coordinates latitude 95 lies outside -90…90');
    expect(result.out).toContain('row 3 (A-1): /code row 1 has this code already');
    expect(result.err).toContain('Nothing was imported: 1 of 3 rows are refused');
    expect(await owner('SELECT code FROM cameras')).toEqual([]);
  });

  it('ends with 0 after a dry run that keeps nothing, and after an import', async () => {
    const dry = await importing('good.csv', 'code,lon,lat\nA-1,108,12', '--dry-run');
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('nothing was imported') });
    expect(await owner('SELECT code FROM cameras')).toEqual([]);
    const real = await importing('good.csv', 'code,lon,lat\nA-1,108,12');
    expect(real).toMatchObject({ code: 0, out: expect.stringContaining('Imported 1 of 1 rows') });
    expect(await owner('SELECT code FROM cameras')).toEqual([{ code: 'A-1' }]);
  });

  it('imports the good rows when asked to, and prints nothing but the report as JSON', async () => {
    const { code, out } = await importing('some.csv', 'code,lon,lat\nB-1,108,12\nB-2,108,95', '--partial', '--json');
    expect(code).toBe(0);
    expect(ImportReport.parse(JSON.parse(out))).toMatchObject({ committed: true, counts: { create: 1, refused: 1 } });
  });

  it('ends with 1 when the file, the person or the password is refused', async () => {
    expect(await importing('no.json', '{"type":')).toMatchObject({ code: 1, err: expect.stringContaining('not JSON') });
    writeFileSync(join(folder, 'password'), 'not it\n');
    const wrong = await importing(
      'good.csv',
      'code,lon,lat\nA-1,108,12',
      '--email',
      'minh@louver.example',
      '--password-file',
      join(folder, 'password'),
    );
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining("couldn't sign in as minh@louver.example") });
  });
});

describe('demo accounts', () => {
  it('agree between file and database, whichever was lost, and are for their owner only', async () => {
    const file = join(folder, 'demo-accounts.json');
    const first = await ensureAccounts(database.ownerUrl, file);
    expect(first.made).toBe(first.accounts.length);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(first.accounts);
    expect(await ensureAccounts(database.ownerUrl, file)).toMatchObject({ made: 0 });
    rmSync(file);
    const second = await ensureAccounts(database.ownerUrl, file);
    expect(second.made).toBe(first.accounts.length);
    expect(second.accounts[0]!.password).not.toBe(first.accounts[0]!.password);
    const supervisor = await louver(['import', 'cameras', join(folder, 'good.csv'), '--url', url], {
      LOUVER_DATA: folder,
    });
    expect(supervisor).toMatchObject({ code: 0, err: expect.stringContaining("Signed in as the demo's supervisor") });
  });
});
