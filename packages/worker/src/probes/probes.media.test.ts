// SPDX-License-Identifier: AGPL-3.0-or-later
import { createServer } from 'node:net';
import { once } from 'node:events';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMERA_PASSWORD, ControlRoom, aClip } from '../testing/control-room.ts';
import { until } from '../testing/watcher.ts';
import { authorisation, probe } from './rtsp-client.ts';

const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
let room: ControlRoom;

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  await aClip();
});
afterAll(async () => {
  await room.close();
});

describe('asking a camera', () => {
  it('tells one that answers from one that refuses, has no video, or is not there', async () => {
    const { source, mount } = await room.aWatchableCamera();
    expect(await probe(source)).toBe('reachable');
    expect(await probe({ ...source, password: 'wrong' })).toBe('refused');
    expect(await probe({ ...source, username: null, password: null })).toBe('refused');
    expect(await probe({ ...source, url: `${source.url}-none` })).toBe('unreachable');
    expect(await probe({ ...source, url: 'rtsp://127.0.0.1:1/x' })).toBe('unreachable');
    mount.inject({ kind: 'audio-only' });
    expect(await probe(source)).toBe('not-video');
    expect(mount.clients).toBe(0);
  });

  it.each([
    ['says nothing', ''],
    ['speaks another language', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['promises a body without end', 'RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n'],
    ['never stops', 'x'.repeat(200_000)],
  ])('gives up on something that %s', async (_name, greeting) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(greeting);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(await probe({ url: `rtsp://127.0.0.1:${port}/x`, username: null, password: null }, 500)).toBe('unreachable');
    server.close();
  });

  it('answers the example challenge of RFC 7616 as the RFC does', () => {
    const source = { url: '/dir/index.html', username: 'Mufasa', password: 'Circle of Life' };
    const challenge =
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
    expect(authorisation([challenge], 'GET', source, 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ')).toContain(
      'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
    );
  });
});

it('a worker that starts writes at once how every idle camera is, and again only what changes', async () => {
  const [well, locked] = [await room.aWatchableCamera(), await room.aWatchableCamera({ password: 'wrong' })];
  await room.startWorker();
  const states = async () =>
    (
      await room.owner.query('SELECT camera_id, state FROM camera_health WHERE camera_id = ANY($1)', [
        [well.cameraId, locked.cameraId],
      ])
    ).rows;
  await until('both were asked', 20_000, async () => (await states()).length === 2);
  expect(new Map((await states()).map((row) => [row.camera_id as string, row.state as string]))).toEqual(
    new Map([
      [well.cameraId as string, 'reachable'],
      [locked.cameraId as string, 'refused'],
    ]),
  );
  const { rows } = await room.owner.query(
    "SELECT count(*)::int AS n FROM outbox WHERE message->>'name' = 'camera.status' AND message->'payload'->>'cameraId' = $1",
    [well.cameraId],
  );
  expect(rows[0].n).toBe(1);
  expect(room.log).not.toContain(CAMERA_PASSWORD);
});
