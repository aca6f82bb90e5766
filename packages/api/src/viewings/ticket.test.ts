// SPDX-License-Identifier: AGPL-3.0-or-later
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { TicketClaims } from '@louver/contract';
import { expect, it } from 'vitest';
import { readTicket, requireUsable, signTicket } from './ticket.ts';

const [ours, theirs] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const claims = TicketClaims.parse({
  viewingId: randomUUID(),
  cameraId: randomUUID(),
  accountId: randomUUID(),
  kind: 'live',
  session: 'a'.repeat(64),
  seq: '7',
  digest: 'b'.repeat(64),
  issuedAt: 1_000,
  startBefore: 61_000,
  endsAt: 1_801_000,
});
const ticket = signTicket(ours.privateKey, claims);
const [, payload = '', signature = ''] = ticket.split('.');

it('is read back as it was signed, and says nothing but letters that an address may carry', () => {
  expect(readTicket(ours.publicKey, ticket)).toEqual(claims);
  expect(ticket).toMatch(/^v1\.[\w-]+\.[\w-]{86}$/);
});

it.each([
  ['signed by somebody else', signTicket(theirs.privateKey, claims)],
  [
    'with other claims',
    `v1.${Buffer.from(JSON.stringify({ ...claims, endsAt: 9e12 })).toString('base64url')}.${signature}`,
  ],
  ['without signature', `v1.${payload}.`],
  ['of another version', `v2.${payload}.${signature}`],
  ['with something behind it', `${ticket}.x`],
  ['of random text', 'v1.x.y'],
])('is forged when it is %s', (_what, forged) => {
  expect(() => readTicket(ours.publicKey, forged)).toThrow(expect.objectContaining({ slug: 'ticket-forged' }));
});

it('is missing when there is none', () => {
  for (const none of [undefined, ''])
    expect(() => readTicket(ours.publicKey, none)).toThrow(expect.objectContaining({ slug: 'ticket-missing' }));
});

it('opens one camera, until its start is over', () => {
  const other = TicketClaims.shape.cameraId.parse(randomUUID());
  expect(() => requireUsable(claims, claims.cameraId, new Date(60_999))).not.toThrow();
  const expired = expect.objectContaining({ slug: 'ticket-expired' });
  expect(() => requireUsable(claims, claims.cameraId, new Date(61_000))).toThrow(expired);
  const misused = expect.objectContaining({ slug: 'ticket-of-another-camera' });
  expect(() => requireUsable(claims, other, new Date(1_000))).toThrow(misused);
});
