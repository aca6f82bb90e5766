// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import type { Role } from '@louver/contract';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { SOON } from '../testing/soon.ts';
import { useApi } from '../testing/use-api.ts';
import { attachEvents, type Events } from './socket.ts';

const held: { events?: Events } = {};
const api = useApi({}, async ({ server, deps }) => {
  held.events = attachEvents(server, deps, 3_600_000);
  return async () => held.events?.close();
});
/** Looks so often whether sessions still live that a test need not wait for it. */
const vigilant = useApi({}, async ({ server, deps }) => {
  const events = attachEvents(server, deps, 200);
  return () => events.close();
});
const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

/** An open page of a new account: what it heard, and why it was hung up on. */
async function aPage(role: Role, jurisdictions: string[], headers: Record<string, string> = {}, of = api) {
  const account = await of.as(role, { jurisdictions });
  const { request } = await account.agent.get('/api/v1/session');
  // Not a copy: what it hears later is written into the same object.
  return Object.assign(await listen(request.cookies, headers, of), account);
}

async function listen(cookie: string, headers: Record<string, string> = {}, of = api) {
  const socket = connect(of.url, {
    path: '/api/v1/socket',
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { Cookie: cookie, ...headers },
  });
  open.push(socket);
  const page = { socket, heard: [] as [string, unknown][], hungUp: '', refused: '' };
  socket.onAny((name: string, payload: unknown) => page.heard.push([name, payload]));
  socket.on('disconnect', (reason) => (page.hungUp = reason));
  socket.on('connect_error', (error) => (page.refused = error.message));
  await expect.poll(() => socket.connected || page.refused, SOON).toBeTruthy();
  return page;
}

const changed = (jurisdiction: string) => ({ cameraId: randomUUID(), jurisdiction });

describe('an event', () => {
  it('reaches whoever holds a place above it, and nobody beside', async () => {
    const country = await aPage('operator', ['vn']);
    const ward = await aPage('operator', ['vn.p66.hoa_sua']);
    const neighbour = await aPage('operator', ['vn.p66.ben_gio', 'vn.p6']);
    const event = changed('vn.p66.hoa_sua');
    held.events!.emit('camera.changed', event);
    const last = changed('vn');
    held.events!.emit('camera.changed', last);
    await expect
      .poll(() => country.heard, SOON)
      .toEqual([
        ['camera.changed', event],
        ['camera.changed', last],
      ]);
    await expect.poll(() => ward.heard, SOON).toEqual([['camera.changed', event]]);
    expect(neighbour.heard).toEqual([]);
  });

  it('reaches a page with two places above it once', async () => {
    const page = await aPage('operator', ['vn', 'vn.p66']);
    held.events!.emit('camera.changed', changed('vn.p66.hoa_sua'));
    held.events!.emit('camera.changed', changed('vn.p66'));
    await expect.poll(() => page.heard.length, SOON).toBe(2);
  });

  it('is heard only by roles that may read what it is about', async () => {
    const [auditor, operator] = [await aPage('auditor', ['vn']), await aPage('operator', ['vn'])];
    const event = { viewingId: randomUUID(), jurisdiction: 'vn.p66' };
    held.events!.emit('viewing.changed', event);
    held.events!.emit('camera.changed', changed('vn'));
    await expect.poll(() => auditor.heard.map(([name]) => name), SOON).toEqual(['viewing.changed', 'camera.changed']);
    await expect.poll(() => operator.heard.map(([name]) => name), SOON).toEqual(['camera.changed']);
  });

  it('carries what the contract says and nothing else', async () => {
    const page = await aPage('operator', ['vn']);
    const event = changed('vn');
    held.events!.emit('camera.changed', { ...event, address: 'rtsp://10.0.0.1' });
    await expect.poll(() => page.heard, SOON).toEqual([['camera.changed', event]]);
    expect(() => held.events!.emit('camera.changed', { cameraId: 'x', jurisdiction: 'vn' })).toThrow(/cameraId/);
  });
});

describe('a socket', () => {
  it('is refused without a session, with a session that is not ours, and from another site', async () => {
    expect((await listen('')).refused).toBe('not-signed-in');
    expect((await listen('louver_session=s:made.up')).refused).toBe('not-signed-in');
    const foreign = await aPage('operator', ['vn'], { Origin: 'https://evil.example' });
    expect(foreign.refused).not.toBe('');
    expect(foreign.socket.connected).toBe(false);
  });

  it('is hung up on when its session is closed, and others are not', async () => {
    const [page, other] = [await aPage('operator', ['vn']), await aPage('operator', ['vn'])];
    await page.agent.delete('/api/v1/session').expect(204);
    await expect.poll(() => page.hungUp, SOON).toBe('io server disconnect');
    expect(other.socket.connected).toBe(true);
  });

  it('is hung up on when its account is disabled', async () => {
    const page = await aPage('operator', ['vn'], {}, vigilant);
    await vigilant.owner.query('UPDATE accounts SET disabled_at = now() WHERE id = $1', [page.accountId]);
    await expect.poll(() => page.hungUp, SOON).toBe('io server disconnect');
  });
});
