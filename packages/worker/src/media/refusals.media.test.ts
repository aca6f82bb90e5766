// SPDX-License-Identifier: AGPL-3.0-or-later
// What an insider tries with tickets (DESIGN §8), on a camera that is streaming: a clear refusal, a record, no byte of video.
import { generateKeyPairSync } from 'node:crypto';
import { TicketClaims, redisKeys } from '@louver/contract';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ControlRoom, FRAME, LEFT_HALF, aClip } from '../testing/control-room.ts';
import { LogOfEntries } from '../testing/log-of-entries.ts';
import { decode, exposure, planesOf, ffmpeg } from '../testing/pictures.ts';
import { Watcher, until } from '../testing/watcher.ts';

const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
let room: ControlRoom;
let camera: Awaited<ReturnType<ControlRoom['aWatchableCamera']>>;
let base: string;

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  await aClip();
  await room.startWorker();
  camera = await room.aWatchableCamera();
  const watcher = await room.watch(camera.cameraId);
  await watcher.untilFrames(5);
  base = `${await room.locate(camera.cameraId)}/live/${camera.cameraId}`;
});
afterAll(async () => {
  await room.close();
});

const cookie = (session: string) => ({ cookie: `louver_session=${encodeURIComponent(`s:${session}.c2ln`)}` });
const withTicket = (ticket: string) => `${base}?ticket=${ticket}`;

/** Status, slug and body of a refusal over HTTP. */
async function refusal(url: string, init: RequestInit = {}) {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000), ...init });
  const body = await response.text();
  const isProblem = response.headers.get('content-type') === 'application/problem+json';
  return { status: response.status, slug: isProblem ? (JSON.parse(body) as { slug: string }).slug : undefined, body };
}

/** The same over WebSocket: the upgrade is answered with a problem. */
const upgradeRefusal = (url: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; slug: string; opened: boolean }>((resolve, reject) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
    socket.once('open', () => resolve({ status: 101, slug: '', opened: true }));
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (text: Buffer) => (body += text.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, slug: (JSON.parse(body) as { slug: string }).slug, opened: false }),
      );
    });
  });

const foreignKey = generateKeyPairSync('ed25519').privateKey;

describe('a ticket that is not good', () => {
  const cases: [string, () => Promise<{ url: string; headers?: Record<string, string> }>, number, string][] = [
    ['missing', async () => ({ url: base }), 401, 'ticket-missing'],
    ['nonsense', async () => ({ url: withTicket('v2.abc.def') }), 403, 'ticket-forged'],
    [
      'signed by somebody else',
      async () => ({ url: withTicket(room.signed((await room.aTicket(camera.cameraId)).sealed, foreignKey)) }),
      403,
      'ticket-forged',
    ],
    [
      'expired',
      async () => ({
        url: withTicket((await room.aTicket(camera.cameraId, { claims: { startBefore: Date.now() - 1 } })).text),
      }),
      403,
      'ticket-expired',
    ],
    [
      'for another camera',
      async () => ({ url: withTicket((await room.aTicket((await room.aWatchableCamera()).cameraId)).text) }),
      403,
      'ticket-of-another-camera',
    ],
    [
      'of another person',
      async () => ({
        url: withTicket((await room.aTicket(camera.cameraId, { session: 'mine' })).text),
        headers: cookie('hers'),
      }),
      403,
      'ticket-of-another-person',
    ],
  ];

  it.each(cases)('is refused over HTTP and WebSocket: %s', async (_name, make, status, slug) => {
    const { url, headers = {} } = await make();
    const overHttp = await refusal(url, { headers });
    expect([overHttp.status, overHttp.slug]).toEqual([status, slug]);
    expect(await upgradeRefusal(url, headers)).toEqual({ status, slug, opened: false });
    await until(`a record of ${slug}`, 20_000, async () => {
      const { rows } = await room.owner.query(
        "SELECT 1 FROM records WHERE action = 'viewing.refuse' AND detail->>'problem' = $1",
        [slug],
      );
      return rows.length > 0;
    });
  });

  it('is refused when it was used before, whatever way it was used', async () => {
    const ticket = await room.aTicket(camera.cameraId);
    const first = await fetch(withTicket(ticket.text));
    expect(first.status).toBe(200);
    await first.body?.cancel();
    expect(await refusal(withTicket(ticket.text))).toMatchObject({ status: 403, slug: 'ticket-replayed' });
    expect(await upgradeRefusal(withTicket(ticket.text))).toMatchObject({ status: 403, slug: 'ticket-replayed' });
    const one = await room.aTicket(camera.cameraId);
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const response = await fetch(withTicket(one.text));
        await response.body?.cancel();
        return response.status;
      }),
    );
    expect(answers.toSorted((a, b) => a - b)).toEqual([200, 403, 403, 403, 403, 403, 403, 403]);
  });

  it('is refused when its viewing was closed before it began, though its signature is good', async () => {
    const ticket = await room.aTicket(camera.cameraId);
    await room.owner.query("UPDATE viewings SET closed_at = now(), end_reason = 'never-started' WHERE id = $1", [
      ticket.claims.viewingId,
    ]);
    expect(await refusal(withTicket(ticket.text))).toMatchObject({ status: 403, slug: 'ticket-expired' });
  });

  it('is refused when no record is of such a viewing: a stolen key alone shows nothing', async () => {
    const { sealed, claims } = await room.aTicket(camera.cameraId);
    const invented = TicketClaims.parse({ ...claims, viewingId: '11111111-2222-4333-8444-555555555555' });
    expect(await refusal(withTicket(room.signed({ ...sealed, claims: invented })))).toMatchObject({
      status: 403,
      slug: 'ticket-unproven',
    });
  });

  it('is refused when nobody opened such a viewing, though it is on the record', async () => {
    const ticket = await room.aTicket(camera.cameraId);
    await room.owner.query(
      `SET session_replication_role = replica; DELETE FROM viewings WHERE id = '${ticket.claims.viewingId}'; RESET ALL`,
    );
    expect(await refusal(withTicket(ticket.text))).toMatchObject({ status: 403, slug: 'ticket-expired' });
  });

  it('is refused without a byte of video however it was forged, and the worker goes on', async () => {
    const [one, two] = [await room.aTicket(camera.cameraId), await room.aTicket(camera.cameraId)];
    const { text, sealed } = one;
    const forged = new LogOfEntries();
    forged.entries.push(Buffer.from('another entry'), Buffer.from(sealed.entry));
    const flipped = (at: number) => text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
    const changed = (changes: Partial<typeof sealed>) => room.signed({ ...sealed, ...changes });
    const tickets = [
      ...Array.from({ length: 40 }, (_, i) => flipped(Math.floor((i * text.length) / 40))),
      ...[10, 100, 1_000].flatMap((cut) => [text.slice(0, cut), text.slice(0, -cut), text.slice(0, cut) + two.text]),
      `${text.split('.').slice(0, 2).join('.')}.${two.text.split('.')[2]}`,
      changed({ receipt: two.sealed.receipt }),
      changed({ entry: two.sealed.entry }),
      changed({ entry: two.sealed.entry, receipt: two.sealed.receipt }),
      changed({ receipt: forged.receipt(1) }),
      changed({ receipt: sealed.receipt.replace(/index \d+/, 'index 0') }),
      changed({ receipt: sealed.receipt.replace(/\n(\d+)\n/, (_all, size) => `\n${Number(size) - 1}\n`) }),
      changed({ receipt: '' }),
      changed({ entry: '' }),
    ];
    for (const ticket of tickets) {
      const { status, slug, body } = await refusal(withTicket(ticket));
      expect([status, slug]).toEqual([403, expect.stringMatching(/^ticket-(forged|unproven)$/)]);
      expect(body.length).toBeLessThan(500);
    }
    for (const { text: good } of [one, two]) {
      const response = await fetch(withTicket(good));
      expect(response.status).toBe(200);
      await response.body?.cancel();
    }
  });

  it('is written down once a minute and counted, however often it is shown', async () => {
    const before = await room.owner.query("SELECT count(*)::int AS n FROM records WHERE action = 'viewing.refuse'");
    const answers = await Promise.all(Array.from({ length: 60 }, () => refusal(withTicket('v2.flood.flood'))));
    expect(new Set(answers.map(({ slug }) => slug))).toEqual(new Set(['ticket-forged']));
    const after = await room.owner.query("SELECT count(*)::int AS n FROM records WHERE action = 'viewing.refuse'");
    expect(after.rows[0].n - before.rows[0].n).toBeLessThanOrEqual(1);
  });
});

describe('a request that is not a look', () => {
  it.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])(
    '%s is not a method here and uses up nothing',
    async (method) => {
      const ticket = await room.aTicket(camera.cameraId);
      expect((await refusal(withTicket(ticket.text), { method })).status).toBe(405);
      expect(await room.redis.exists(redisKeys.ticketUsed(ticket.claims.viewingId))).toBe(0);
    },
  );

  it.each(['/', '/live/', '/live/not-an-id', '/live/../healthz/x', '//evil/live/x', '/live/%2e%2e'])(
    '%s leads nowhere',
    async (path) => {
      expect((await refusal(`${new URL(base).origin}${path}`)).status).toBe(404);
    },
  );

  it('a camera that this worker does not hold is said to be elsewhere, and the ticket stays good', async () => {
    const { cameraId } = await room.aWatchableCamera();
    const ticket = await room.aTicket(cameraId, { stream: false });
    const url = `${new URL(base).origin}/live/${cameraId}?ticket=${ticket.text}`;
    expect(await refusal(url)).toMatchObject({ status: 503, slug: 'stream-not-here' });
    expect(await room.redis.exists(redisKeys.ticketUsed(ticket.claims.viewingId))).toBe(0);
  });
});

describe('a ticket that is good', () => {
  it('plays as a plain file in any player, masked', async () => {
    const ticket = await room.aTicket(camera.cameraId, { session: 'mine' });
    const pictures = planesOf(
      await ffmpeg([
        '-i',
        withTicket(ticket.text),
        '-frames:v',
        '20',
        '-pix_fmt',
        'yuv420p',
        '-f',
        'rawvideo',
        'pipe:1',
      ]),
      FRAME,
    );
    expect(pictures).toHaveLength(20);
    for (const picture of pictures) expect(exposure(picture, LEFT_HALF)).toBeLessThanOrEqual(3);
    const closed = await until('the record of its end', 20_000, async () => {
      const viewing = await room.viewing(ticket.claims.viewingId);
      return viewing.closed_at ? viewing : undefined;
    });
    expect(closed).toMatchObject({ end_reason: 'line-dropped' });
    expect(closed.frames_delivered).toBeGreaterThanOrEqual(20);
    expect(await room.records(ticket.claims.viewingId)).toMatchObject([
      { action: 'viewing.open' },
      { action: 'viewing.close', detail: { end: 'line-dropped', frames: closed.frames_delivered } },
    ]);
  });

  it('is good as a bearer token and with the cookie of its own session', async () => {
    const ticket = await room.aTicket(camera.cameraId, { session: 'mine' });
    const response = await fetch(base, { headers: { authorization: `Bearer ${ticket.text}`, ...cookie('mine') } });
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
      response.headers.get('x-content-type-options'),
    ]).toEqual([200, 'video/mp4', 'no-store', 'nosniff']);
    await response.body?.cancel();
  });

  it('gives one masked JPEG where a still was asked for, and ends', async () => {
    const ticket = await room.aTicket(camera.cameraId, { kind: 'still' });
    expect(await upgradeRefusal(withTicket(ticket.text))).toMatchObject({ status: 400, slug: 'request-invalid' });
    const response = await fetch(withTicket(ticket.text));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const jpeg = Buffer.from(await response.arrayBuffer());
    const [picture] = await decode(jpeg, FRAME);
    // A JPEG is of full range: black is 0 there, and 16 after it was read back as video.
    expect(exposure(picture!, LEFT_HALF)).toBeLessThanOrEqual(20);
    const closed = await until('its end', 20_000, async () => {
      const viewing = await room.viewing(ticket.claims.viewingId);
      return viewing.closed_at ? viewing : undefined;
    });
    expect(closed).toMatchObject({ end_reason: 'closed', frames_delivered: 1 });
  });

  it('ends when its time is over, and says so', async () => {
    const ticket = await room.aTicket(camera.cameraId, { claims: { endsAt: Date.now() + 3_000 } });
    const watcher = await Watcher.open(withTicket(ticket.text), ticket);
    expect(await watcher.untilEnd()).toBe('time-over');
    expect(Date.now()).toBeGreaterThanOrEqual(ticket.claims.endsAt);
    await until(
      'its record',
      20_000,
      async () => (await room.viewing(ticket.claims.viewingId)).end_reason === 'time-over',
    );
  });

  it('ends when the viewing is closed elsewhere, and counts what was delivered', async () => {
    const watcher = await room.watch(camera.cameraId);
    // More than what was cached and came at once.
    await watcher.untilFrames(60);
    const { viewingId } = watcher.ticket.claims;
    await room.redis.publish(redisKeys.viewingEnd, viewingId);
    expect(await watcher.untilEnd()).toBe('closed');
    const viewing = await until('its record', 20_000, async () => {
      const row = await room.viewing(viewingId);
      return row.closed_at ? row : undefined;
    });
    expect(viewing.end_reason).toBe('closed');
    expect(viewing.frames_delivered).toBe(watcher.frames);
    expect(viewing.seconds_delivered).toBeGreaterThan(0.3);
  });
});
