// SPDX-License-Identifier: AGPL-3.0-or-later
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisKeys } from '@louver/contract';
import { PASSWORD, aCamera, anAccount } from '@louver/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { SOON } from '../testing/soon.ts';
import { useApi } from '../testing/use-api.ts';

const dist = await mkdtemp(join(tmpdir(), 'louver-console-'));
const api = useApi({ consoleDir: dist });
const secure = useApi({ publicUrl: 'https://louver.example' });
const session = '/api/v1/session';

beforeAll(async () => {
  await mkdir(join(dist, 'assets'));
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>Louver</title>');
  await writeFile(join(dist, 'assets', 'index-abc123.js'), 'export {};');
});

describe('headers', () => {
  it('allow nothing from elsewhere, nothing inline, and no frame around it', async () => {
    const { headers } = await api.anybody.get('/').set('Host', 'louver.test:8080');
    const csp = new Map(
      headers['content-security-policy']!.split(';').map((part) => {
        const [name, ...values] = part.split(' ');
        return [name!, values.join(' ')] as const;
      }),
    );
    expect(Object.fromEntries(csp)).toEqual({
      'default-src': "'self'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'media-src': "'self' blob:",
      'font-src': "'self'",
      'connect-src': "'self' ws://louver.test:8080",
      'worker-src': "'self' blob:",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    });
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('ask for https from then on only where the public address is https', async () => {
    const { headers } = await secure.anybody.get('/healthz');
    expect(headers['strict-transport-security']).toContain('max-age=31536000');
    expect(headers['content-security-policy']).toContain('wss://louver.example');
  });
});

describe('a request of another site', () => {
  const credentials = { email: 'nobody@louver.example', password: 'x' };

  it.each([
    ['another origin', { Origin: 'https://evil.example' }],
    ['an origin that hides', { Origin: 'null' }],
    ['a cross-site fetch', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling domain', { 'Sec-Fetch-Site': 'same-site' }],
  ])('is refused: %s', async (_what, headers) => {
    const answer = await api.anybody.post(session).set(headers).send(credentials);
    expect(answer.status).toBe(403);
    expect(answer.body.slug).toBe('origin-foreign');
  });

  it('is told apart from the own pages and from programs', async () => {
    const own = { Origin: api.url, 'Sec-Fetch-Site': 'same-origin' };
    expect((await api.anybody.post(session).set(own).send(credentials)).body.slug).toBe('credentials-wrong');
    expect((await api.anybody.post(session).send(credentials)).body.slug).toBe('credentials-wrong');
    const publicOrigin = { Origin: 'https://louver.example', Host: 'inner:8080' };
    expect((await secure.anybody.post(session).set(publicOrigin).send(credentials)).body.slug).toBe(
      'credentials-wrong',
    );
  });
});

describe('a body', () => {
  it.each([
    ['text', 'text/plain', '{}', 415, 'media-type-unknown'],
    ['a form', 'application/x-www-form-urlencoded', 'email=a', 415, 'media-type-unknown'],
    ['half of JSON', 'application/json', '{"email":', 400, 'body-not-json'],
    ['nothing', 'application/json', '', 400, 'body-not-json'],
    ['a number', 'application/json', '5', 400, 'request-invalid'],
    ['brackets only', 'application/json', '['.repeat(60_000) + ']'.repeat(60_000), 400, 'request-invalid'],
  ])('that is %s is refused with its reason', async (_what, type, body, status, slug) => {
    const answer = await api.anybody.post(session).set('Content-Type', type).send(body);
    expect(answer.status).toBe(status);
    expect(answer.body.slug).toBe(slug);
    expect(answer.type).toBe('application/problem+json');
  });

  it('with text that no database can store is refused by field', async () => {
    const answer = await api.anybody.post(session).send({ email: 'a@b.example', password: 'a\u0000b' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ pointer: '/password', detail: 'holds a character that cannot be stored' }]);
  });

  it.each([
    ['announced', true],
    ['in chunks of unknown number', false],
  ])('of 50 MB, %s, is refused without being read, and others are served meanwhile', async (_what, announced) => {
    const before = process.memoryUsage().arrayBuffers;
    const { status, body, sent } = await sendMuch(api.url, 50 * 1024 * 1024, announced);
    expect(status).toBe(413);
    expect(JSON.parse(body).slug).toBe('body-too-large');
    expect(sent).toBeLessThan(16 * 1024 * 1024);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024);
    await api.anybody.get('/healthz').expect(200);
  });
});

it('carries on with a connection whose request was refused before its body was read', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const ask = () =>
      api.anybody
        .post('/api/v1/viewings')
        .agent(agent)
        .send({ purpose: 'x'.repeat(100_000) });
    const first = await ask();
    const second = await ask();
    expect([first.status, second.status]).toEqual([401, 401]);
    expect(second.headers.connection).not.toBe('close');
  } finally {
    agent.destroy();
  }
});

/** Writes as fast as the server takes it, and reads the answer meanwhile, until the server closes the connection. */
function sendMuch(url: string, bytes: number, announced: boolean) {
  return new Promise<{ status: number; body: string; sent: number }>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const length = announced ? `Content-Length: ${bytes}` : 'Transfer-Encoding: chunked';
    socket.write(`POST ${session} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}\r\n\r\n`);
    const piece = Buffer.alloc(64 * 1024, 0x20);
    const framed = announced
      ? piece
      : Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
    let [written, answer] = [0, ''];
    const more = () => {
      while (written < bytes && socket.writable && socket.write(framed)) written += piece.length;
    };
    socket.on('drain', more);
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!['EPIPE', 'ECONNRESET'].includes(error.code ?? '')) reject(error);
    });
    socket.on('close', () => {
      const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
      resolve({ status: Number(head.split(' ')[1]), body, sent: socket.bytesWritten - socket.writableLength });
    });
    more();
  });
}

describe('an address', () => {
  it.each(['/api/v1/nothing', '/api/other', '/live', '/log/nothing', '/ogc/x', '/assets/gone.js'])(
    'of a program that does not exist is a problem and no page: %s',
    async (path) => {
      const answer = await api.anybody.get(path).set('Accept', 'text/html');
      expect(answer.status).toBe(404);
      expect(answer.type).toBe('application/problem+json');
      expect(answer.body).toMatchObject({ slug: 'route-unknown', type: '/problems/route-unknown', status: 404 });
      expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
    },
  );

  it('of a page gives the console, never cached; its hashed files are cached for ever', async () => {
    const page = await api.anybody.get('/cameras/anything?x=1').set('Accept', 'text/html').expect(200);
    expect(page.text).toContain('<title>Louver</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
    const asset = await api.anybody.get('/assets/index-abc123.js').expect(200);
    expect(asset.headers['cache-control']).toContain('immutable');
  });

  it.each(['/%', '/api/v1/cameras/%zz', '/assets/..%2f..%2fpackage.json', '/api/v1/cameras/x%00y'])(
    'that is malformed is refused without an error of ours: %s',
    async (path) => {
      const status = await new Promise<number>((resolve, reject) => {
        const { hostname, port } = new URL(api.url);
        httpRequest({ hostname, port, path }, (answer) => resolve(answer.resume().statusCode ?? 0))
          .on('error', reject)
          .end();
      });
      expect([400, 401, 404]).toContain(status);
    },
  );
});

describe('readiness', () => {
  it('names what is missing until a worker lives and the demo cameras answer', async () => {
    await api.anybody.get('/healthz').expect(200, { status: 'ok' });
    // The sealer says within some seconds that it is there.
    await expect.poll(async () => (await api.anybody.get('/readyz')).body.checks.log, SOON).toBe('ok');
    const lonely = await api.anybody.get('/readyz');
    expect(lonely.status).toBe(503);
    expect(lonely.body).toEqual({
      ready: false,
      checks: { database: 'ok', redis: 'ok', worker: 'no worker is alive', log: 'ok', demo: 'ok' },
    });
    await api.deps.redis.set(redisKeys.worker('w1'), '{}', 'EX', 60);
    await api.anybody.get('/readyz').expect(200);

    api.deps.config.demo = true;
    expect((await api.anybody.get('/readyz')).body.checks.demo).toContain('not planted');
    const { cameraId } = await aCamera(api.owner, { code: 'HS-001' });
    await api.owner.query(`INSERT INTO settings VALUES ('demo', '{"streamingCodes": ["HS-001"]}')`);
    const silent = await api.anybody.get('/readyz');
    expect(silent.status).toBe(503);
    expect(silent.body.checks.demo).toBe('1 of 1 streams do not answer yet');
    await api.owner.query("INSERT INTO camera_health (camera_id, state) VALUES ($1, 'reachable')", [cameraId]);
    await api.anybody.get('/readyz').expect(200);
  });

  it('is measured, by route pattern', async () => {
    const { agent } = await api.as('operator');
    await agent.get('/api/v1/cameras/00000000-0000-4000-8000-000000000000').expect(404);
    const { text } = await api.anybody.get('/metrics').expect(200);
    expect(text).toContain('route="/cameras/:cameraId"');
    expect(text).not.toContain('00000000-0000');
    for (const name of ['louver_viewings_opened_total', 'louver_outbox_lag_seconds', 'louver_sockets', 'process_cpu'])
      expect(text).toContain(name);
    const measured = async () => (await api.anybody.get('/metrics')).text;
    await expect.poll(measured, SOON).toMatch(/^louver_log_size [1-9]/m);
    expect(await measured()).toMatch(/^louver_log_checkpoint_age_seconds \d/m);
  });
});

describe('the log', () => {
  it('has a line per request and no password, cookie, token or ticket in it', async () => {
    const { email } = await anAccount(api.owner);
    await api.anybody.post(session).send({ email, password: 'Sup3r-secret-guess' });
    const signedIn = await api.anybody.post(session).send({ email, password: PASSWORD });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!.split('=')[1]!;
    const ticket = 'v2.eyJzZWNyZXQiOjF9.c2lnbmF0dXJl';
    const camera = '/live/00000000-0000-4000-8000-00000000abcd';
    await api.anybody.get(`${camera}?ticket=${ticket}`).set('Authorization', 'Bearer tok-en');
    await api.anybody.get(`${camera}?%74icket=${ticket}&a=b`).set('Cookie', `louver_session=${cookie}`);
    await api.anybody.get(`/nowhere/${ticket}`);
    api.deps.log.info({ password: 'Sup3r-secret-guess', req: { cookie, authorization: 'tok-en' } }, 'by mistake');
    const text = api.log.join('');
    expect(text).toContain(camera);
    expect(text).toContain('ticket=[hidden]');
    for (const secret of ['Sup3r-secret', PASSWORD, cookie, decodeURIComponent(cookie), 'tok-en', 'c2lnbmF0dXJl'])
      expect(text).not.toContain(secret);
  });
});
