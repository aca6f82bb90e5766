// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import {
  createServer,
  get,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { redisKeys, streamJobId, type CameraId } from '@louver/contract';
import { aCamera, aMaskSet } from '@louver/testkit';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../http/app.ts';
import { SOON } from '../testing/soon.ts';
import { useApi } from '../testing/use-api.ts';
import { signTicket } from '../viewings/ticket.ts';
import { attachLive } from './ingress.ts';

const api = useApi({}, async ({ server, deps }) => {
  attachLive(server, createApp(deps), deps);
  return async () => undefined;
});

/** Stands where a media worker stands: what it gets is what the ingress passes on. */
const worker = {
  server: undefined as Server | undefined,
  requests: [] as IncomingMessage[],
  closed: 0,
  answer: (_request: IncomingMessage, response: ServerResponse): void => void response.end('picture'),
  upgraded: (_request: IncomingMessage, socket: Duplex): void => void socket.end(),
};

beforeAll(async () => {
  worker.server = createServer((request, response) => {
    worker.requests.push(request);
    response.on('close', () => (worker.closed += 1));
    worker.answer(request, response);
  });
  worker.server.on('upgrade', (request, socket) => {
    worker.requests.push(request);
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('close', () => (worker.closed += 1));
    worker.upgraded(request, socket);
  });
  await new Promise<void>((resolve) => worker.server!.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  worker.server?.closeAllConnections();
  worker.server?.close();
});
beforeEach(() => {
  worker.requests.length = 0;
  worker.closed = 0;
});

const workerUrl = () => `http://127.0.0.1:${(worker.server!.address() as AddressInfo).port}`;
const register = (cameraId: CameraId, url = workerUrl()) =>
  api.deps.redis.set(redisKeys.streamLocation(cameraId), JSON.stringify({ workerId: 'w1', url }), 'EX', 60);

async function aTicket() {
  const camera = await aCamera(api.owner);
  await aMaskSet(api.owner, camera);
  const operator = await api.as('operator');
  const { body } = await operator.agent
    .post('/api/v1/viewings')
    .send({ cameraId: camera.cameraId, purpose: 'traffic jam' });
  const { pathname, search } = new URL(body.live.url);
  return { ...camera, operator, viewingId: body.id as string, ticket: body.ticket as string, path: pathname + search };
}

const isQueued = async (cameraId: CameraId): Promise<boolean> => {
  const queue = new Queue('streams', { connection: api.deps.redis, prefix: 'louver:queue' });
  try {
    return (await queue.getJob(streamJobId(cameraId))) !== undefined;
  } finally {
    await queue.close();
  }
};

const open = (path: string, headers: Record<string, string> = {}) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(api.url + path, { headers, agent: false }, resolve).on('error', reject);
  });

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}

const upgrade = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ answer: IncomingMessage; socket?: Duplex }>((resolve, reject) => {
    const handshake = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Key': 'x',
      'Sec-WebSocket-Version': '13',
    };
    const client = httpRequest(api.url + path, { headers: { ...handshake, ...headers }, agent: false });
    client.on('upgrade', (answer, socket, early) => {
      if (early.length > 0) socket.unshift(early);
      resolve({ answer, socket });
    });
    client.on('response', (answer) => resolve({ answer }));
    client.on('error', reject);
    client.end();
  });

const accepted = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

describe('a picture', () => {
  it('comes from the worker that holds the camera, which gets ticket, cookie and where the request came from', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    worker.answer = (_request, response) =>
      response.writeHead(200, { 'Content-Type': 'video/mp4', 'Set-Cookie': 'a=b', 'X-Frames': '3' }).end('picture');
    const answer = await open(path, { Cookie: 'louver_session=abc', Authorization: 'Bearer t', 'X-Secret': 'no' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'video/mp4', 'x-frames': '3', 'cache-control': 'no-store' });
    expect(answer.headers['content-security-policy']).toBeDefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(await textOf(answer)).toBe('picture');
    const [seen] = worker.requests;
    expect(seen!.url).toBe(path);
    expect(seen!.headers).toMatchObject({
      cookie: 'louver_session=abc',
      authorization: 'Bearer t',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': new URL(api.url).host,
      'x-request-id': answer.headers['x-request-id'],
    });
    expect(seen!.headers['x-secret']).toBeUndefined();
  });

  it('is passed on byte by byte, and the worker learns at once that the viewer hung up', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    worker.answer = (_request, response) =>
      void response.writeHead(200, { 'Content-Type': 'video/mp4' }).write('first');
    const answer = await open(path);
    const first = await new Promise((resolve) => {
      answer.once('data', (chunk) => resolve(String(chunk)));
    });
    expect(first).toBe('first');
    answer.destroy();
    await expect.poll(() => worker.closed, SOON).toBe(1);
  });

  it('is no longer asked for when the viewer hangs up before it comes', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    worker.answer = () => undefined;
    const impatient = get(api.url + path, { agent: false });
    impatient.on('error', () => undefined);
    await expect.poll(() => worker.requests.length, SOON).toBe(1);
    impatient.destroy();
    await expect.poll(() => worker.closed, SOON).toBe(1);
  });

  it('stops at the worker while the viewer does not read', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    const fragment = Buffer.alloc(256 * 1024);
    let taken = 0;
    worker.answer = (_request, response) => {
      const more = () => {
        while (taken < 400 && response.write(fragment)) taken += 1;
      };
      response.on('drain', more);
      more();
    };
    const answer = await open(path);
    answer.pause();
    const seen: number[] = [];
    await expect
      .poll(
        () => {
          seen.push(taken);
          return seen.length > 10 && seen.at(-1) === seen.at(-10);
        },
        { ...SOON, interval: 100 },
      )
      .toBe(true);
    // 100 MB were offered; what is under way are the buffers of four sockets.
    expect(taken).toBeLessThan(120);
    answer.destroy();
  });

  it('ends at the viewer when the worker dies', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    worker.answer = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'video/mp4' }).write('first', () => response.destroy());
    };
    const answer = await open(path);
    await expect(textOf(answer)).rejects.toThrow(/aborted/);
  });

  it('that the worker refuses is refused with its words', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    worker.answer = (_request, response) =>
      response.writeHead(403, { 'Content-Type': 'application/problem+json' }).end('{"slug":"ticket-replayed"}');
    const answer = await open(path);
    expect([answer.statusCode, await textOf(answer)]).toEqual([403, '{"slug":"ticket-replayed"}']);
  });

  it('is not used up by somebody who asks for headers only', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    await api.anybody.head(path).expect(404);
    expect(worker.requests).toHaveLength(0);
  });

  it('waits for a worker to take the camera, and asks for one', async () => {
    const { cameraId, path } = await aTicket();
    worker.answer = (_request, response) => void response.end('picture');
    const answer = open(path);
    await expect.poll(() => isQueued(cameraId), SOON).toBe(true);
    await register(cameraId);
    expect(await textOf(await answer)).toBe('picture');
  });

  it('is given up after eight seconds without a worker, or at once when the worker is gone', async () => {
    const { cameraId, path } = await aTicket();
    const since = performance.now();
    const nobody = await open(path);
    expect(nobody.statusCode).toBe(503);
    expect(JSON.parse(await textOf(nobody)).slug).toBe('stream-not-here');
    expect(performance.now() - since).toBeGreaterThan(7_500);
    await register(cameraId, 'http://127.0.0.1:1');
    expect(JSON.parse(await textOf(await open(path))).slug).toBe('stream-not-here');
  });
});

describe('a ticket', () => {
  const refusalsOf = async (cameraId: CameraId) =>
    (await api.recordsOf('ticket')).filter((entry) => entry.camera_id === cameraId);
  const refused = async (path: string) => {
    const answer = await open(path);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    return { status: answer.statusCode, slug: JSON.parse(await textOf(answer)).slug as string };
  };

  it('that is missing or forged starts nothing, and the refusal is on the record', async () => {
    const { cameraId, ticket } = await aTicket();
    const forged = `${ticket.slice(0, -6)}AAAAAA`;
    expect(await refused(`/live/${cameraId}`)).toEqual({ status: 401, slug: 'ticket-missing' });
    expect(await refused(`/live/${cameraId}?ticket=${forged}`)).toEqual({ status: 403, slug: 'ticket-forged' });
    expect(await isQueued(cameraId)).toBe(false);
    const entries = await refusalsOf(cameraId);
    expect(entries).toMatchObject([
      { action: 'viewing.refuse', account_id: null, detail: { problem: 'ticket-missing' } },
      { action: 'viewing.refuse', account_id: null, detail: { problem: 'ticket-forged' } },
    ]);
  });

  it('for another camera is refused and names whose it was', async () => {
    const [{ ticket, viewingId, operator }, other] = [await aTicket(), await aCamera(api.owner)];
    expect(await refused(`/live/${other.cameraId}?ticket=${ticket}`)).toEqual({
      status: 403,
      slug: 'ticket-of-another-camera',
    });
    const entries = (await api.recordsOf(viewingId)).filter((entry) => entry.action === 'viewing.refuse');
    expect(entries).toMatchObject([
      { account_id: operator.accountId, role: 'operator', camera_id: other.cameraId, jurisdiction: 'vn.p66.hoa_sua' },
    ]);
    expect(await isQueued(other.cameraId)).toBe(false);
  });

  it('whose time to start is over is refused', async () => {
    const { cameraId, operator } = await aTicket();
    const now = Date.now();
    const claims = {
      viewingId: randomUUID() as never,
      cameraId,
      accountId: operator.accountId,
      kind: 'live',
      session: 'a'.repeat(64),
      seq: '1',
      digest: 'b'.repeat(64),
      issuedAt: now - 70_000,
      startBefore: now - 10_000,
      endsAt: now + 600_000,
    } as const;
    const old = signTicket(api.deps.keys.ticketPrivate, { claims, entry: '{}', receipt: '' });
    expect(await refused(`/live/${cameraId}?ticket=${old}`)).toEqual({ status: 403, slug: 'ticket-expired' });
  });

  it('cannot flood the record by being refused', async () => {
    await api.deps.redis.flushdb();
    const { cameraId } = await aCamera(api.owner);
    const knocks = Array.from({ length: 40 }, () => refused(`/live/${cameraId}?ticket=v2.x.y`));
    for (const { slug } of await Promise.all(knocks)) expect(slug).toBe('ticket-forged');
    expect(await refusalsOf(cameraId)).toHaveLength(20);
    await api.deps.redis.flushdb();
  });

  it.each(['/live/not-a-camera', '/live/00000000-0000-0000-0000-00000000000g', '/live/a/b', '/live/'])(
    'opens no address that is not a camera: %s',
    async (path) => {
      expect((await refused(`${path}?ticket=x`)).status).toBe(404);
    },
  );
});

describe('a WebSocket', () => {
  it('is joined to the worker, both ways, and closes at both ends', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    worker.upgraded = (_request, socket) => {
      socket.write(`${accepted}early`);
      socket.on('data', (chunk: Buffer) => socket.write(`echo ${chunk.toString('utf8')}`));
    };
    const { answer, socket } = await upgrade(path, { Cookie: 'louver_session=abc', Origin: api.url });
    expect(answer.statusCode).toBe(101);
    let text = '';
    socket!.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    socket!.write('hello');
    await expect.poll(() => text, SOON).toBe('earlyecho hello');
    expect(worker.requests[0]!.headers).toMatchObject({ cookie: 'louver_session=abc', 'sec-websocket-key': 'x' });
    socket!.destroy();
    await expect.poll(() => worker.closed, SOON).toBe(1);
  });

  it('ends at the viewer when the worker ends it', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    worker.upgraded = (_request, socket) => void socket.end(`${accepted}bye`);
    const { socket } = await upgrade(path);
    const ended = new Promise((resolve) => {
      socket!.on('close', resolve);
    });
    let text = '';
    socket!.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    await ended;
    expect(text).toBe('bye');
  });

  it.each([
    ['without a ticket', (cameraId: string) => `/live/${cameraId}`, {}, 401, 'ticket-missing'],
    ['for no camera', () => '/live/x?ticket=y', {}, 404, 'camera-not-found'],
    ['for no address', () => '/elsewhere', {}, 404, 'route-unknown'],
    [
      'of another site',
      (cameraId: string) => `/live/${cameraId}`,
      { Origin: 'https://evil.example' },
      403,
      'origin-foreign',
    ],
  ])('%s is refused before any worker hears of it', async (_what, pathOf, headers, status, slug) => {
    const { cameraId } = await aCamera(api.owner);
    const { answer } = await upgrade(pathOf(cameraId), headers);
    expect(answer.statusCode).toBe(status);
    expect(JSON.parse(await textOf(answer)).slug).toBe(slug);
    expect(worker.requests).toHaveLength(0);
  });

  it('leaves a line in the log, without the ticket', async () => {
    const { cameraId, path, ticket } = await aTicket();
    await register(cameraId);
    worker.upgraded = (_request, socket) => void socket.end(accepted);
    const { socket } = await upgrade(path, { Cookie: 'louver_session=s:cookie.value' });
    socket!.resume();
    const lines = () => api.log.filter((line) => line.includes('live connection') && line.includes(cameraId));
    await expect.poll(lines, SOON).toHaveLength(1);
    expect(lines()[0]).toContain('ticket=[hidden]');
    for (const secret of [ticket.split('.')[1]!, ticket.split('.')[2]!, 'cookie.value'])
      expect(api.log.join('')).not.toContain(secret);
  });

  it('that the worker refuses is refused with its words', async () => {
    const { cameraId, path } = await aTicket();
    await register(cameraId);
    const body = '{"slug":"ticket-of-another-person"}';
    worker.upgraded = (_request, socket) =>
      void socket.end(
        `HTTP/1.1 403 Forbidden\r\nContent-Length: ${body.length}\r\nContent-Type: application/problem+json\r\n\r\n${body}`,
      );
    const { answer } = await upgrade(path);
    expect([answer.statusCode, await textOf(answer)]).toEqual([403, body]);
  });
});
