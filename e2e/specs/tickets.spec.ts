// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type CameraSummary } from '@louver/contract';
import { expect, test } from '@playwright/test';
import { Client, cityUrl } from '../city.ts';

let operator: Client;
let cameras: CameraSummary[];

test.beforeAll(async () => {
  operator = await Client.as('operator');
  const { items } = await operator.call(routes.listCameras, {
    query: { state: ['reachable', 'streaming'], limit: 10 },
  });
  cameras = items;
});

const open = (at = 0) => operator.call(routes.openViewing, { body: { cameraId: cameras[at]!.id, purpose: 'thử vé' } });

/** The refusal, and how many bytes of anything but the refusal came with it. */
async function ask(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers });
  const type = answer.headers.get('content-type') ?? '';
  if (answer.ok) {
    await answer.body?.cancel();
    return { status: answer.status, type, slug: null };
  }
  return { status: answer.status, type, slug: ((await answer.json()) as { slug: string }).slug };
}

test.describe('zero bytes of video (P2) for', () => {
  test('no ticket', async () => {
    const { live } = await open();
    expect(await ask(live.url.split('?')[0]!)).toMatchObject({
      status: 401,
      slug: 'ticket-missing',
      type: expect.stringContaining('problem+json'),
    });
  });

  test('a ticket with one changed sign, and an unsigned one', async () => {
    const { live } = await open();
    const url = new URL(live.url);
    const ticket = url.searchParams.get('ticket')!;
    const [version, claims, signature] = ticket.split('.') as [string, string, string];
    const changed = Buffer.from(claims, 'base64url').toString().replace('"kind":"live"', '"kind":"live" ');
    for (const forged of [
      `${version}.${claims}.${signature.slice(0, -4)}AAAA`,
      `${version}.${Buffer.from(changed).toString('base64url')}.${signature}`,
      `${version}.${claims}.`,
      'v1..',
      'x',
    ]) {
      url.searchParams.set('ticket', forged);
      expect(await ask(url.href)).toMatchObject({ status: 403, slug: 'ticket-forged' });
    }
  });

  test('a ticket for another camera', async () => {
    const { live } = await open(0);
    expect(await ask(live.url.replace(cameras[0]!.id, cameras[1]!.id))).toMatchObject({
      status: 403,
      slug: 'ticket-of-another-camera',
    });
  });

  test('a ticket that was used', async () => {
    const { live } = await open();
    expect(await ask(live.url)).toMatchObject({ status: 200 });
    expect(await ask(live.url)).toMatchObject({ status: 403, slug: 'ticket-replayed' });
  });

  test('a ticket in the browser of somebody else', async () => {
    const { live } = await open();
    const other = await Client.as('supervisor');
    expect(await ask(live.url, { cookie: other.cookie })).toMatchObject({
      status: 403,
      slug: 'ticket-of-another-person',
    });
  });

  test('roles that may not look', async () => {
    for (const role of ['auditor', 'administrator', 'officer', 'custodian']) {
      const client = await Client.as(role);
      await expect(
        client.call(routes.openViewing, { body: { cameraId: cameras[0]!.id, purpose: 'muốn xem' } }),
      ).rejects.toThrow(/403.*not-permitted/);
    }
  });
});

test('refused tickets are on the record', async () => {
  const { live } = await open();
  await ask(live.url.replace(cameras[0]!.id, cameras[1]!.id));
  const auditor = await Client.as('auditor');
  await expect
    .poll(
      async () =>
        (await auditor.call(routes.listRecords, { query: { action: ['viewing.refuse'], limit: 5 } })).items.length,
    )
    .toBeGreaterThan(0);
});

test('whoever signs out watches nothing any more, in whatever player', async () => {
  const leaving = await Client.as('operator');
  const { live } = await leaving.call(routes.openViewing, {
    body: { cameraId: cameras[0]!.id, purpose: 'xem rồi ra ca' },
  });
  const answer = await fetch(live.url);
  expect(answer.status).toBe(200);
  const reader = answer.body!.getReader();
  expect((await reader.read()).done).toBe(false);
  await leaving.call(routes.closeSession, {});
  const ended = (async () => {
    while (!(await reader.read()).done);
    return 'ended';
  })();
  const tooLate = new Promise((resolve) => setTimeout(resolve, 10_000, 'still playing'));
  expect(await Promise.race([ended, tooLate])).toBe('ended');
});

test('a body of 50 MB is refused without being read', async () => {
  const answer = await fetch(`${cityUrl()}/api/v1/viewings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: operator.cookie },
    body: Buffer.alloc(50 * 1024 * 1024, 32),
  }).catch((error: Error) => error);
  // The server may close the line before the client has sent everything: both are a refusal, an answer of 2xx is not.
  if (answer instanceof Response) expect(answer.status).toBe(413);
  expect((await fetch(`${cityUrl()}/healthz`)).status).toBe(200);
});
