// SPDX-License-Identifier: AGPL-3.0-or-later
// What a start leaves in its data folder, and what the next one makes of it.
import { createPublicKey, sign, verify } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureCivic, ensureConsole } from './console-build.mjs';
import { ensureDatabasePasswords, ensureKeys } from './keys.mjs';
import { takeLock } from './lock.mjs';
import { choosePorts, requireFreePort } from './ports.mjs';
import { readSettings } from './settings.mjs';

/** @type {string} */
let folder;
/** @type {string[]} */
const folders = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'louver-folder-'));
  folders.push(folder);
});
afterAll(() => folders.forEach((old) => rmSync(old, { recursive: true, force: true })));

describe('the lock', () => {
  it('names the address of the Louver that is already running', () => {
    takeLock(folder, 'http://localhost:8080');
    expect(() => takeLock(folder, 'http://localhost:9090')).toThrow(
      /already running from .*: http:\/\/localhost:8080 \(process \d+\)/,
    );
  });

  it('of a killed one is taken over, and the sockets it left are removed', () => {
    const sockets = join(folder, 'louver-sockets');
    const other = join(folder, 'photos');
    for (const made of [sockets, other]) mkdirSync(made);
    // Our own number, born at another time: what a lock looks like in a container that was started anew.
    const stale = {
      pid: process.pid,
      born: 'another-boot/1',
      url: 'http://localhost:8080',
      sockets: [sockets, other],
    };
    writeFileSync(join(folder, 'start.lock'), JSON.stringify(stale));
    const lock = takeLock(folder, 'http://localhost:8080');
    expect([sockets, other].map((left) => existsSync(left))).toEqual([false, true]);
    lock.release();
    expect(existsSync(join(folder, 'start.lock'))).toBe(false);
  });

  it('that was only half written is taken over', () => {
    writeFileSync(join(folder, 'start.lock'), '{"pid":');
    expect(() => takeLock(folder, 'http://localhost:8080')).not.toThrow();
  });
});

describe('ports', () => {
  it('stay the same from start to start, until somebody else takes one', async () => {
    const before = await choosePorts(folder, ['camsim', 'worker']);
    expect(await choosePorts(folder, ['camsim', 'worker'])).toEqual(before);

    const thief = createServer();
    await new Promise((resolve) => thief.listen(before.camsim, '127.0.0.1', () => resolve(undefined)));
    const after = await choosePorts(folder, ['camsim', 'worker']);
    thief.close();
    expect(after.camsim).not.toBe(before.camsim);
    expect(after.worker).toBe(before.worker);
  });

  it('that people type are refused by number when they are in use', async () => {
    const other = createServer();
    await new Promise((resolve) => other.listen(0, '127.0.0.1', () => resolve(undefined)));
    const { port } = /** @type {import('node:net').AddressInfo} */ (other.address());
    await expect(requireFreePort(port)).rejects.toThrow(
      new RegExp(`Port ${port} is in use.*PORT=${port + 1} npm start`),
    );
    other.close();
  });

  it('have to be numbers of ports', () => {
    expect(() => readSettings({ PORT: '80a' })).toThrow('PORT=80a');
    expect(() => readSettings({ PORT: '65536' })).toThrow('PORT=65536');
    expect(readSettings({}).port).toBe(8080);
  });
});

describe('keys', () => {
  it('are made once, for nobody else to read, and the ticket keys belong together', () => {
    const first = ensureKeys(folder);
    const files = ['ticket.key', 'ticket.pub', 'credentials.key', 'session.key', 'citizens.key', 'camsim.json'];
    const contents = () => files.map((name) => readFileSync(join(folder, name), 'utf8'));
    const before = contents();
    expect(ensureKeys(folder)).toEqual(first);
    expect(contents()).toEqual(before);
    expect(files.map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual(files.map(() => 0o600));

    const [privatePem = '', publicPem = '', credentials = ''] = before;
    const signature = sign(null, Buffer.from('ticket'), privatePem);
    expect(verify(null, Buffer.from('ticket'), createPublicKey(publicPem), signature)).toBe(true);
    expect(Buffer.from(credentials, 'base64')).toHaveLength(32);
  });

  it('of the database roles are two different ones', () => {
    const passwords = ensureDatabasePasswords(folder);
    expect(passwords.louver_api).not.toBe(passwords.louver_worker);
    expect(ensureDatabasePasswords(folder)).toEqual(passwords);
  });
});

it('builds the console only when something it is made of has changed', async () => {
  const [source, test] = ['main.tsx', 'main.test.tsx'].map((name) => join(folder, 'packages/console/src', name));
  mkdirSync(join(folder, 'packages/console/src'), { recursive: true });
  writeFileSync(source ?? '', 'one');
  let builds = 0;
  const ensure = () =>
    ensureConsole(folder, async () => {
      builds += 1;
      mkdirSync(join(folder, 'packages/console/dist'), { recursive: true });
    });
  await ensure();
  await ensure();
  writeFileSync(test ?? '', 'a test is not part of the console');
  await ensure();
  expect(builds).toBe(1);

  writeFileSync(source ?? '', 'two');
  await ensure();
  expect(builds).toBe(2);
});

it('builds the public pages for themselves: a change of the console is not theirs', async () => {
  const source = join(folder, 'packages/civic/src/page.tsx');
  mkdirSync(join(folder, 'packages/civic/src'), { recursive: true });
  mkdirSync(join(folder, 'packages/console/src'), { recursive: true });
  writeFileSync(source, 'one');
  let builds = 0;
  const ensure = () =>
    ensureCivic(folder, async () => {
      builds += 1;
      mkdirSync(join(folder, 'packages/civic/dist/site'), { recursive: true });
    });
  await ensure();
  writeFileSync(join(folder, 'packages/console/src/main.tsx'), 'three');
  await ensure();
  expect(builds).toBe(1);
  writeFileSync(source, 'two');
  await ensure();
  expect(builds).toBe(2);
});
