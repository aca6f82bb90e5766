// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PASSWORD } from '@louver/testkit';
import { decodeBundle, decodeEntry, peekCheckpoint } from '@louver/ledger';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const get = (path: string, headers: Record<string, string> = {}) => api.anybody.get(path).set(headers);
const entries = (index: string, headers: Record<string, string> = {}) =>
  get(`/log/tile/entries/${index}`, headers).buffer(true).parse(binary);

/** supertest would take octets for text. */
function binary(response: EventEmitter, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer | string) => chunks.push(Buffer.from(chunk as string, 'latin1')));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}

/** As the bytes were written: clients tidy an address up before they ask. */
const rawGet = (path: string) =>
  new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(api.url);
    httpRequest({ hostname, port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

let partial = '';
beforeAll(async () => {
  await api.as('auditor');
  await api.sealer.sealer.sealNow();
  // A full tile beside the partial one that the log has by itself.
  const { size } = peekCheckpoint((await api.sealer.read('checkpoint'))!);
  partial = `000.p/${size}`;
});
beforeEach(async () => void (await api.deps.redis.flushdb()));

describe('the public files of the log', () => {
  it('are the checkpoint, for a few seconds', async () => {
    const answer = await get('/log/checkpoint').expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'public, max-age=2',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(answer.text).toBe(await readFile(join(api.sealer.logDir, 'checkpoint'), 'utf8'));
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('are tiles of hashes, for ever', async () => {
    const answer = await get(`/log/tile/0/${partial}`).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    });
    expect(answer.body).toEqual(await readFile(join(api.sealer.logDir, 'tile/0', partial)));
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  it('are the verifier key', async () => {
    const answer = await get('/log/vkey').expect(200);
    expect(answer.text).toBe(`${api.sealer.vkey}\n`);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('answer HEAD, and 304 to whoever has the bytes already', async () => {
    for (const path of ['/log/checkpoint', `/log/tile/0/${partial}`, '/log/vkey']) {
      const head = await api.anybody.head(path).expect(200);
      expect(Number(head.headers['content-length'])).toBeGreaterThan(0);
      await get(path, { 'If-None-Match': head.headers['etag']! }).expect(304);
    }
  });

  it('say that a tile is not there, to any page, and that nobody may remember it', async () => {
    for (const path of ['0/000', '0/000.p/255', '5/000', '0/x999/x999/000', 'entries']) {
      const answer = await get(`/log/tile/${path}`);
      expect([answer.status, answer.body.slug]).toEqual([404, 'log-file-not-found']);
      expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
    }
  });

  it.each([
    '/log/tile/../../keys/log.key',
    '/log/tile/0/../../../keys/log.key',
    '/log/tile/%2e%2e/%2e%2e/keys/log.key',
    '/log/tile/0/..%2f..%2f..%2fkeys%2flog.key',
    '/log/tile/0/000%00',
    '/log/tile/0/%ZZ',
    '/log/tile/00/000',
    '/log/tile/64/000',
    '/log/tile/0/0',
    '/log/tile/0/x000/000',
    '/log/tile/0/1000',
    '/log/tile/0/000.p/0',
    '/log/tile/0/000.p/256',
    '/log/tile/0/000.p/01',
    '/log/tile/0/000.p/',
    '/log/tile/0//000',
    '/log/tile/8/0/000',
    '/log/../keys/log.key',
    '/log//../keys/log.key',
    '/log/tile/0/\\..\\..\\keys\\log.key',
    '/log/keys/log.key',
    '/log/.checkpoint.tmp',
    '/log/',
    '/log',
  ])('are no other files: %s', async (path) => {
    expect(await rawGet(path)).toBe(404);
  });

  it('are read again when a tile is there that was not', async () => {
    const folder = join(api.sealer.logDir, 'tile/9');
    await mkdir(folder, { recursive: true });
    await get('/log/tile/9/000').expect(404);
    await writeFile(join(folder, '000'), 'hashes');
    expect((await get('/log/tile/9/000').expect(200)).body.toString()).toBe('hashes');
    await mkdir(join(folder, '001'));
    await get('/log/tile/9/001').expect(404);
    await symlink('/nowhere', join(folder, '002'));
    await get('/log/tile/9/002').expect(404);
  });
});

describe('the entries of the log', () => {
  const aToken = async (given: object = {}) => {
    const auditor = await api.as('auditor');
    const { body } = await auditor.agent
      .post('/api/v1/auditor-tokens')
      .send({ label: 'verifier', ...given })
      .expect(201);
    return { ...auditor, id: body.id as string, bearer: { Authorization: `Bearer ${body.token as string}` } };
  };
  const readsOf = async (accountId: string) => {
    await api.deps.ledger.reads.flush();
    return (await api.recordsOf('log-entries')).filter((entry) => entry.account_id === accountId);
  };

  it('open with a token, and each can be read', async () => {
    const { bearer } = await aToken();
    const answer = await entries(partial, bearer).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(answer.headers['vary']).toMatch(/Authorization.*Cookie/);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    const width = Number(partial.split('/')[1]);
    const [first] = decodeBundle(answer.body as Buffer, width).map(decodeEntry);
    expect(first).toMatchObject({ action: 'session.open' });
  });

  it('travel compressed to whoever takes it so', async () => {
    const { bearer } = await aToken();
    // A bundle of the size that is worth it: the log of this test is short.
    const bytes = Buffer.from(JSON.stringify({ text: 'entry '.repeat(1_000) }));
    await mkdir(join(api.sealer.logDir, 'tile/entries/x900'), { recursive: true });
    await writeFile(join(api.sealer.logDir, 'tile/entries/x900/000'), bytes);
    const { headers, body } = await new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>(
      (resolve) => {
        const { hostname, port } = new URL(api.url);
        const given = { ...bearer, 'Accept-Encoding': 'gzip' };
        httpRequest({ hostname, port, path: '/log/tile/entries/x900/000', headers: given }, (answer) =>
          binary(answer, (_, body) => resolve({ headers: answer.headers, body })),
        ).end();
      },
    );
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(body)).toEqual(bytes);
    const plain = await entries('x900/000', { ...bearer, 'Accept-Encoding': 'identity' }).expect(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toEqual(bytes);
  });

  it('open for an auditor who is signed in, without keeping the session alive', async () => {
    const { agent, accountId } = await api.as('auditor');
    const answer = await agent.get(`/log/tile/entries/${partial}`).expect(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await readsOf(accountId)).toMatchObject([{ role: 'auditor', detail: { token: null, bundles: 1 } }]);
  });

  it.each(['operator', 'supervisor', 'reviewer', 'administrator'] as const)('are not for a %s', async (role) => {
    const { agent, accountId } = await api.as(role);
    const answer = await agent.get(`/log/tile/entries/${partial}`).expect(403);
    expect(answer.body.slug).toBe('not-permitted');
    expect(await readsOf(accountId)).toEqual([]);
  });

  it('ask strangers who they are, in the words of HTTP', async () => {
    const nobody = await get(`/log/tile/entries/${partial}`).expect(401);
    expect([nobody.body.slug, nobody.headers['www-authenticate']]).toEqual([
      'not-signed-in',
      'Bearer realm="louver log"',
    ]);
    for (const given of [
      'Bearer louver_auditor_x',
      `Bearer louver_auditor_${'x'.repeat(43)}`,
      'Basic YTpi',
      'Bearer',
    ]) {
      const answer = await get(`/log/tile/entries/${partial}`, { Authorization: given }).expect(401);
      expect(answer.body.slug).toBe('auditor-token-unknown');
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="louver log", error="invalid_token"');
    }
  });

  it('slow down whoever tries tokens, and not the neighbour who has one', async () => {
    const { bearer } = await aToken();
    const wrong = () => get('/log/tile/entries/000', { Authorization: `Bearer louver_auditor_${'x'.repeat(43)}` });
    const answers = await Promise.all(Array.from({ length: 25 }, wrong));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(refused[0]!.body.slug).toBe('too-many-attempts');
    expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0);
    await entries(partial, bearer).expect(200);
  });

  it('close when the token is revoked, has expired, or its account is disabled or no auditor’s any more', async () => {
    const [revoked, expired, disabled, promoted] = [await aToken(), await aToken(), await aToken(), await aToken()];
    for (const { bearer } of [revoked, expired, disabled, promoted]) await entries(partial, bearer).expect(200);
    await revoked.agent.delete(`/api/v1/auditor-tokens/${revoked.id}`).expect(204);
    await api.owner.query('ALTER TABLE auditor_tokens DISABLE TRIGGER auditor_tokens_guard');
    await api.owner.query("UPDATE auditor_tokens SET expires_at = now() - interval '1 s' WHERE id = $1", [expired.id]);
    await api.owner.query('ALTER TABLE auditor_tokens ENABLE TRIGGER auditor_tokens_guard');
    await api.owner.query('UPDATE accounts SET disabled_at = now() WHERE id = $1', [disabled.accountId]);
    await api.owner.query("UPDATE accounts SET role = 'operator' WHERE id = $1", [promoted.accountId]);
    for (const { bearer } of [revoked, expired, disabled, promoted])
      expect((await entries(partial, bearer)).status).toBe(401);
  });

  it('put who reads them on the record, many in one entry, and the token never', async () => {
    const { bearer, id, accountId } = await aToken();
    const folder = join(api.sealer.logDir, 'tile/entries/x800');
    await mkdir(folder, { recursive: true });
    for (const name of ['003', '007', '011']) await writeFile(join(folder, name), 'bundle');
    for (const name of ['007', '003', '011', '007']) await entries(`x800/${name}`, bearer).expect(200);
    await entries('x800/004', bearer).expect(404);
    await api.anybody.head('/log/tile/entries/x800/011').set(bearer).expect(200);
    expect(await readsOf(accountId)).toMatchObject([
      {
        action: 'log.read',
        role: 'auditor',
        jurisdiction: 'vn',
        detail: { token: id, firstBundle: 800_003, lastBundle: 800_011, bundles: 4 },
      },
    ]);
    const digest = createHash('sha256').update(bearer.Authorization.slice('Bearer '.length)).digest('hex');
    const everything = JSON.stringify(await api.recordsOf('log-entries')) + api.log.join('');
    for (const secret of [bearer.Authorization.slice(-43), digest]) expect(everything).not.toContain(secret);
    expect(everything).not.toContain(PASSWORD);
  });

  it('are on the record soon, also when nobody asks for it', async () => {
    const { bearer, accountId } = await aToken();
    await entries(partial, bearer).expect(200);
    const recorded = async () => (await api.recordsOf('log-entries')).some((entry) => entry.account_id === accountId);
    await expect.poll(recorded, { timeout: 10_000, interval: 100 }).toBe(true);
  });
});
