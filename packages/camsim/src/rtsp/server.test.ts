// SPDX-License-Identifier: AGPL-3.0-or-later
import { afterEach, describe, expect, it } from 'vitest';
import { type Credentials } from './auth.ts';
import { Mount } from './mount.ts';
import { RawClient, fakeClip } from './raw-client.test-support.ts';
import { type RtspServer, startRtspServer } from './server.ts';

const credentials: Credentials = { user: 'camera', password: 'lua:chon "8' };
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

async function served(
  mounts: readonly Mount[],
  auth?: Credentials,
): Promise<{ server: RtspServer; url: (name: string) => string }> {
  const server = await startRtspServer(auth ? { credentials: auth } : {});
  open.push(server);
  for (const mount of mounts) server.mount(mount);
  return { server, url: (name) => `rtsp://127.0.0.1:${server.port}/${name}` };
}

function client(server: RtspServer): RawClient {
  const raw = new RawClient(server.port);
  open.push(raw);
  return raw;
}

describe('an RTSP server', () => {
  it('says what it can before anybody logs in', async () => {
    const { server, url } = await served([], credentials);
    const answer = await client(server).ask('OPTIONS', url('a'));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('public')).toContain('DESCRIBE');
  });

  it('describes a camera to whoever answers its digest challenge', async () => {
    const { server, url } = await served([new Mount('HS-0001', fakeClip(10))], credentials);
    const raw = client(server);
    const refused = await raw.ask('DESCRIBE', url('HS-0001'));
    expect(refused.status).toBe(401);
    const challenge = refused.headers.get('www-authenticate') ?? '';
    expect(challenge).toMatch(/^Digest /);
    const Authorization = raw.digest(challenge, 'DESCRIBE', url('HS-0001'), credentials.user, credentials.password);
    const described = await raw.ask('DESCRIBE', url('HS-0001'), { Authorization });
    expect(described.status).toBe(200);
    expect(described.body).toContain('a=rtpmap:96 H264/90000');
    expect(described.body).toContain('sprop-parameter-sets=Z2QAHgE=,aO48gAI=');
  });

  it("refuses a wrong password, another connection's nonce and, unless told, Basic", async () => {
    const { server, url } = await served([new Mount('a', fakeClip(10))], credentials);
    const [raw, other] = [client(server), client(server)];
    const challenge = (await raw.ask('DESCRIBE', url('a'))).headers.get('www-authenticate') ?? '';
    const wrong = raw.digest(challenge, 'DESCRIBE', url('a'), credentials.user, 'guess');
    expect((await raw.ask('DESCRIBE', url('a'), { Authorization: wrong })).status).toBe(401);
    const right = raw.digest(challenge, 'DESCRIBE', url('a'), credentials.user, credentials.password);
    expect((await other.ask('DESCRIBE', url('a'), { Authorization: right })).status).toBe(401);
    expect((await raw.ask('PLAY', url('a'), { Authorization: right })).status).toBe(401);
    const basic = `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
    expect((await raw.ask('DESCRIBE', url('a'), { Authorization: basic })).status).toBe(401);
    const lax = await served([new Mount('a', fakeClip(10))], { ...credentials, basic: true });
    expect((await client(lax.server).ask('DESCRIBE', lax.url('a'), { Authorization: basic })).status).toBe(200);
  });

  it('answers what does not exist, comes too early or is not spoken with the status for it', async () => {
    const { server, url } = await served([new Mount('a', fakeClip(10))]);
    const raw = client(server);
    expect((await raw.ask('DESCRIBE', url('nobody'))).status).toBe(404);
    expect((await raw.ask('DESCRIBE', url('%'))).status).toBe(404);
    expect((await raw.ask('PLAY', url('a'))).status).toBe(455);
    expect((await raw.ask('SETUP', url('a'), { Transport: 'RAW/RAW/UDP' })).status).toBe(461);
    expect((await raw.ask('SETUP', url('a'), { Transport: 'RTP/AVP;unicast;client_port=0-99999' })).status).toBe(461);
    expect((await raw.ask('GET_PARAMETER', url('a'), { Session: 'of-somebody-else' })).status).toBe(454);
    expect((await raw.ask('RECORD', url('a'))).status).toBe(501);
  });

  it('drops a peer that does not speak RTSP and goes on serving the others', async () => {
    const { server, url } = await served([new Mount('a', fakeClip(10))]);
    for (const nonsense of [
      'GET / HTTP/1.1\r\n\r\n',
      '\0'.repeat(9000),
      'PLAY x RTSP/1.0\r\n: y\r\n\r\n',
      'PLAY x RTSP/1.0\r\nContent-Length: 99999999\r\n\r\n',
    ]) {
      const bad = client(server);
      bad.socket.write(nonsense);
      await bad.until('the server to hang up', () => bad.socket.readableEnded || bad.socket.destroyed);
    }
    expect((await client(server).ask('DESCRIBE', url('a'))).status).toBe(200);
  });
});

describe('a playing camera', () => {
  it('starts every client at a key frame, and with no packet before what RTP-Info promised', async () => {
    const { server, url } = await served([new Mount('a', fakeClip(20))]);
    for (let i = 0; i < 4; i++) {
      const raw = client(server);
      const played = await raw.play(url('a'));
      expect(played.status).toBe(200);
      await raw.until('packets', () => raw.packets.length > 3);
      const first = raw.packets[0];
      expect(first?.payload[0]).toBe(0x67);
      const info = played.headers.get('rtp-info') ?? '';
      expect(info).toContain(`seq=${first?.sequence};rtptime=${first?.timestamp}`);
    }
  });

  it('sends all its clients the same packets in step, on the channels they asked for', async () => {
    const { server, url } = await served([new Mount('a', fakeClip(20))]);
    const clients = [client(server), client(server), client(server)];
    await Promise.all(clients.map(async (raw, i) => raw.play(url('a'), i * 2)));
    for (const [i, raw] of clients.entries()) {
      await raw.until('a second of packets', () => raw.packets.length > 60);
      expect(new Set(raw.packets.map((p) => p.channel))).toEqual(new Set([i * 2]));
    }
    const [a, b] = clients as [RawClient, RawClient];
    const common = b.packets.filter((p) => a.packets.some((q) => q.sequence === p.sequence));
    expect(common.length).toBeGreaterThan(20);
    for (const packet of common) {
      const twin = a.packets.find((q) => q.sequence === packet.sequence);
      expect(twin?.payload.equals(packet.payload)).toBe(true);
      expect(twin?.timestamp).toBe(packet.timestamp);
    }
  });

  it('keeps its rate, loses nothing and counts up without a gap', async () => {
    const { server, url } = await served([new Mount('a', fakeClip(20))]);
    const raw = client(server);
    await raw.play(url('a'));
    await raw.until('a second', () => raw.packets.filter((p) => p.marker).length > 50);
    raw.packets.slice(1).forEach((packet, i) => {
      expect(packet.sequence).toBe(((raw.packets[i]?.sequence ?? 0) + 1) & 0xffff);
    });
    const times = raw.packets.filter((p) => p.marker).map((p) => p.timestamp);
    times.slice(1).forEach((time, i) => expect((time - (times[i] ?? 0)) >>> 0).toBeCloseTo(1800, -1));
  });

  it('works only while somebody watches', async () => {
    const mount = new Mount('a', fakeClip(20));
    const { server, url } = await served([mount]);
    let sent = 0;
    mount.onFrame(() => sent++);
    const raw = client(server);
    await raw.play(url('a'));
    await raw.until('frames', () => sent > 3);
    expect(mount.clients).toBe(1);
    await raw.close();
    await raw.until('the mount to be left', () => mount.clients === 0);
    const after = sent;
    const next = client(server);
    await next.ask('OPTIONS', url('a'));
    expect(sent).toBe(after);
    await next.play(url('a'));
    await next.until('frames again', () => sent > after + 3);
  });

  it('tells a listener which frame left when', async () => {
    const mount = new Mount('a', fakeClip(20));
    const { server, url } = await served([mount]);
    const frames: number[] = [];
    mount.onFrame(({ frame, atMs }) => {
      expect(Math.abs(performance.now() - atMs)).toBeLessThan(1000);
      frames.push(frame);
    });
    const raw = client(server);
    await raw.play(url('a'));
    await raw.until('frames', () => frames.length > 25);
    frames.slice(1).forEach((frame, i) => expect(frame).toBe(((frames[i] ?? 0) + 1) % 20));
  });
});

describe('an injected fault', () => {
  it('stalls a camera and lets it go on at a key frame', async () => {
    const mount = new Mount('a', fakeClip(20));
    const { server, url } = await served([mount]);
    const raw = client(server);
    await raw.play(url('a'));
    await raw.until('packets', () => raw.packets.length > 10);
    mount.inject({ kind: 'stall' });
    await raw.ask('OPTIONS', url('a'));
    const before = raw.packets.length;
    await raw.ask('GET_PARAMETER', url('a'));
    expect(raw.packets.length).toBe(before);
    mount.heal();
    await raw.until('packets again', () => raw.packets.length > before + 5);
    expect(raw.packets[before]?.payload[0]).toBe(0x67);
  });

  it('turns payloads into zeros', async () => {
    const mount = new Mount('a', fakeClip(20));
    mount.inject({ kind: 'garbage', fill: 'zeros' });
    const { server, url } = await served([mount]);
    const raw = client(server);
    await raw.play(url('a'));
    await raw.until('packets', () => raw.packets.length > 20);
    expect(raw.packets.every((p) => p.payload.every((byte) => byte === 0))).toBe(true);
  });

  it('loses about the share of packets that it should', async () => {
    const mount = new Mount('a', fakeClip(20));
    mount.inject({ kind: 'loss', share: 0.5 });
    const { server, url } = await served([mount]);
    const raw = client(server);
    await raw.play(url('a'));
    await raw.until('packets', () => raw.packets.length > 60);
    const [first, last] = [raw.packets[0]?.sequence ?? 0, raw.packets.at(-1)?.sequence ?? 0];
    const share = raw.packets.length / (((last - first) & 0xffff) + 1);
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.75);
  });

  it('describes a camera without video, refuses every password, and cuts the line', async () => {
    const mount = new Mount('a', fakeClip(20));
    const { server, url } = await served([mount]);
    const raw = client(server);
    mount.inject({ kind: 'audio-only' });
    expect((await raw.ask('DESCRIBE', url('a'))).body).not.toContain('m=video');
    mount.inject({ kind: 'refuse' });
    expect((await raw.ask('DESCRIBE', url('a'))).status).toBe(401);
    mount.heal();
    await raw.play(url('a'));
    await raw.until('packets', () => raw.packets.length > 0);
    mount.disconnect();
    await raw.until('the line to be cut', () => raw.socket.destroyed);
  });

  it('switches to another loop in the same session, parameter sets first', async () => {
    const mount = new Mount('a', fakeClip(20));
    const { server, url } = await served([mount]);
    const raw = client(server);
    await raw.play(url('a'));
    await raw.until('packets', () => raw.packets.length > 10);
    mount.switchTo(fakeClip(10, { spsByte: 0x28 }));
    const isNew = (p: { payload: Buffer }): boolean => p.payload[0] === 0x67 && p.payload[3] === 0x28;
    await raw.until('the new parameter sets', () => raw.packets.some(isNew));
    const at = raw.packets.findIndex(isNew);
    expect(raw.packets[at]?.sequence).toBe(((raw.packets[at - 1]?.sequence ?? 0) + 1) & 0xffff);
    expect(((raw.packets[at]?.timestamp ?? 0) - (raw.packets[at - 1]?.timestamp ?? 0)) >>> 0).toBeLessThan(90_000);
  });
});

describe('a slow client', () => {
  it('skips to a key frame and holds nobody else up', async () => {
    const mount = new Mount('a', fakeClip(10, { fps: 200 }));
    const got: Record<'quick' | 'slow', boolean[]> = { quick: [], slow: [] };
    let congested = false;
    const receiver = (who: 'quick' | 'slow') => ({
      get congested() {
        return who === 'slow' && congested;
      },
      sendPackets: (framed: Buffer) => void got[who].push(framed[16] === 0x67),
      sendReport: () => undefined,
      disconnect: () => undefined,
    });
    const [quick, slow] = [receiver('quick'), receiver('slow')];
    open.push({ close: async () => [quick, slow].forEach((r) => mount.leave(r)) });
    mount.join(quick);
    mount.join(slow);
    const until = async (isSo: () => boolean): Promise<void> => {
      const deadline = performance.now() + 4000;
      while (!isSo() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 2));
    };
    await until(() => got.slow.length > 7);
    congested = true;
    const [slowBefore, quickBefore] = [got.slow.length, got.quick.length];
    await until(() => got.quick.length > quickBefore + 20);
    expect(got.slow.length).toBe(slowBefore);
    expect(got.quick.length).toBeGreaterThan(quickBefore + 20);
    congested = false;
    await until(() => got.slow.length > slowBefore);
    expect(got.slow[slowBefore]).toBe(true);
  });
});
