// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { Problem, TicketClaims } from '@louver/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTicket, requireSamePerson, requireUsable } from './ticket.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const claims = TicketClaims.parse({
  viewingId: '7f0c5a52-9a39-4c2e-8f0e-2d1f4f7b8f11',
  cameraId: '0b1f4a5e-11d5-4a1e-9f61-5d9a3b1c2d3e',
  accountId: '5e0a7c1d-3b2f-4c6a-8d9e-1f2a3b4c5d6e',
  kind: 'live',
  session: createHash('sha256').update('mine').digest('hex'),
  seq: '12',
  digest: 'ab'.repeat(32),
  issuedAt: 1_000,
  startBefore: 61_000,
  endsAt: 600_000,
});
const payloadOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (payload: string, key = privateKey, context = 'louver-ticket-v1\n') =>
  `v1.${payload}.${sign(null, Buffer.from(context + payload), key).toString('base64url')}`;

function slugOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.slug;
    throw error;
  }
}

describe('reading', () => {
  it('gives the claims of a genuine ticket', () => {
    expect(readTicket(publicKey, signed(payloadOf(claims)))).toEqual(claims);
  });

  it('calls no ticket missing', () => {
    for (const none of [undefined, '']) expect(slugOf(() => readTicket(publicKey, none))).toBe('ticket-missing');
  });

  const genuine = signed(payloadOf(claims));
  const [, payload = '', signature = ''] = genuine.split('.');
  it.each([
    ['another key', signed(payloadOf(claims), generateKeyPairSync('ed25519').privateKey)],
    ['another context', signed(payloadOf(claims), privateKey, '')],
    ['other claims under the same signature', `v1.${payloadOf({ ...claims, endsAt: 9e12 })}.${signature}`],
    ['another version', genuine.replace('v1.', 'v2.')],
    ['a fourth part', `${genuine}.x`],
    ['padding', `v1.${payload}.${signature}=`],
    ['another spelling of the same signature bytes', `v1.${payload}.${respell(signature)}`],
    ['base64 signs outside the alphabet', `v1.${payload}.${signature.slice(0, -2)}+/`],
    ['a signature cut short', `v1.${payload}.${signature.slice(0, 40)}`],
    ['claims that are no claims', signed(payloadOf({ ...claims, admin: true }))],
    ['claims that are no JSON', signed(Buffer.from('{').toString('base64url'))],
    ['ten thousand signs', `v1.${'A'.repeat(10_000)}.${signature}`],
  ])('refuses %s', (_name, text) => {
    expect(slugOf(() => readTicket(publicKey, text))).toBe('ticket-forged');
  });

  it('refuses every ticket in which one sign was changed', () => {
    fc.assert(
      fc.property(fc.nat(genuine.length - 1), fc.constantFrom(...'ABCabc019-_.'), (at, sign) => {
        fc.pre(genuine[at] !== sign);
        return (
          slugOf(() => readTicket(publicKey, genuine.slice(0, at) + sign + genuine.slice(at + 1))) === 'ticket-forged'
        );
      }),
    );
  });
});

/** The last sign of 64 bytes in base64url carries four bits that say nothing. */
function respell(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(signature.at(-1)!);
  return signature.slice(0, -1) + alphabet[last ^ 1]!;
}

it('is good for its camera, before its time', () => {
  expect(slugOf(() => requireUsable(claims, claims.cameraId, 60_999))).toBeUndefined();
  expect(slugOf(() => requireUsable(claims, claims.cameraId, 61_000))).toBe('ticket-expired');
  expect(slugOf(() => requireUsable({ ...claims, endsAt: 5 }, claims.cameraId, 5))).toBe('ticket-expired');
  const other = TicketClaims.parse({ ...claims, cameraId: claims.accountId }).cameraId;
  expect(slugOf(() => requireUsable(claims, other, 2_000))).toBe('ticket-of-another-camera');
});

it('belongs to the session that opened the viewing, where a session is shown', () => {
  const cookie = (id: string) => `theme=dark; louver_session=${encodeURIComponent(`s:${id}.c2lnbmF0dXJl`)}; x=1`;
  for (const fine of [undefined, '', 'theme=dark', cookie('mine')])
    expect(slugOf(() => requireSamePerson(claims, fine))).toBeUndefined();
  for (const foreign of [
    cookie('hers'),
    'louver_session=',
    'louver_session=mine',
    'louver_session=%E0%A4',
    `${cookie('mine')}; ${cookie('hers')}`,
  ])
    expect(slugOf(() => requireSamePerson(claims, foreign))).toBe('ticket-of-another-person');
});
