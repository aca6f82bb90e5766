// SPDX-License-Identifier: AGPL-3.0-or-later
import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { TicketClaims, livePath, type SealedTicket } from '@louver/contract';
import { cosign, encodeEntry, formatCheckpoint, formatReceipt, leafHash, signNote, signerOf } from '@louver/ledger';
import { expect, it } from 'vitest';
import { readTicket, requireUsable, signTicket } from './ticket.ts';

const [ours, theirs] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const claims = TicketClaims.parse({
  viewingId: randomUUID(),
  cameraId: randomUUID(),
  accountId: randomUUID(),
  kind: 'live',
  session: randomBytes(32).toString('hex'),
  seq: '7',
  digest: randomBytes(32).toString('hex'),
  issuedAt: 1_000,
  startBefore: 61_000,
  endsAt: 1_801_000,
});
const sealed: SealedTicket = { claims, entry: '{"v":1}', receipt: 'c2sp.org/tlog-proof@v1\n' };
const ticket = signTicket(ours.privateKey, sealed);
const [, payload = '', signature = ''] = ticket.split('.');

/** What only the API could sign, whatever is in it. */
const signedOver = (text: string) =>
  `v2.${text}.${sign(null, Buffer.from(`louver-ticket-v2\n${text}`), ours.privateKey).toString('base64url')}`;
const folded = (value: unknown) => deflateRawSync(Buffer.from(JSON.stringify(value))).toString('base64url');

it('is read back as it was signed, and says nothing but letters that an address may carry', () => {
  expect(readTicket(ours.publicKey, ticket)).toEqual(sealed);
  expect(ticket).toMatch(/^v2\.[\w-]+\.[\w-]{86}$/);
});

it.each([
  ['signed by somebody else', signTicket(theirs.privateKey, sealed)],
  ['with other claims', `v2.${folded({ ...sealed, claims: { ...claims, endsAt: 9e12 } })}.${signature}`],
  ['with another proof', `v2.${folded({ ...sealed, receipt: 'another' })}.${signature}`],
  ['without signature', `v2.${payload}.`],
  ['of the version before', `v1.${payload}.${signature}`],
  ['with something behind it', `${ticket}.x`],
  ['of random text', 'v2.x.y'],
  ['padded', `v2.${payload}=.${signature}`],
  ['written in the other base64', `v2.${payload}.${signature.replaceAll('_', '/').replaceAll('-', '+')} `],
  ['with bits that mean nothing', `v2.${payload}.${signature.slice(0, -1)}${signature.endsWith('B') ? 'C' : 'B'}`],
  ['signed, and not deflated', signedOver(Buffer.from(JSON.stringify(sealed)).toString('base64url'))],
  ['signed, and not JSON', signedOver(deflateRawSync(Buffer.from('{')).toString('base64url'))],
  ['signed, and without a proof', signedOver(folded({ claims }))],
  ['signed, and larger than any when it is unfolded', signedOver(folded({ ...sealed, entry: ' '.repeat(70_000) }))],
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

/** As large as it gets: a tree of sixteen million records, two witnesses, and all that a person may write. */
function largestTicket(purpose: string): SealedTicket {
  const key = () => generateKeyPairSync('ed25519').privateKey;
  const text = formatCheckpoint({ origin: 'log.daklak.example/access', size: 2 ** 24 - 3, root: randomBytes(32) });
  const note = signNote(text, [signerOf('log.daklak.example/access', 'ed25519', key())]);
  const witnesses = ['witness.example.org/w1', 'witness.city.example/w2'].map((name) =>
    cosign(text, signerOf(name, 'cosignature/v1', key()), 1_800_000_000),
  );
  const entry = encodeEntry({
    at: '2026-11-21T22:00:00.000Z',
    action: 'viewing.open',
    actor: claims.accountId,
    role: 'supervisor',
    subject: claims.viewingId,
    camera: claims.cameraId,
    jurisdiction: 'vn.p66.hoa_sua',
    purpose,
    caseReference: randomBytes(32).toString('hex'),
    detail: { kind: 'still', endsAt: '2026-11-21T22:15:00.000Z', maskVersion: 12 },
  });
  const receipt = formatReceipt({
    index: 2 ** 24 - 5,
    proof: Array.from({ length: 24 }, () => randomBytes(32)),
    checkpoint: note + witnesses.join(''),
  });
  return { claims: { ...claims, digest: leafHash(entry).toString('hex') }, entry: entry.toString('utf8'), receipt };
}

it.each([
  [
    'a purpose as people write it',
    'Kiểm tra vụ va chạm giữa xe tải và xe máy ở ngã tư Hoa Sữa, theo tin báo của tổ dân phố. ',
  ],
  ['a purpose of 300 signs that have nothing in common', ''],
])('stays short enough for an address that players take, with %s', (_what, words) => {
  const purpose = words
    ? words.repeat(4).slice(0, 300)
    : String.fromCodePoint(...Array.from(randomBytes(300), (byte, i) => 0x1e00 + ((byte + i) % 256)));
  const made = signTicket(ours.privateKey, largestTicket(purpose));
  const url = `https://cameras.operations-centre.daklak.example:8443${livePath(claims.cameraId)}?ticket=${made}`;
  expect(url.length).toBeLessThan(4_000);
  expect(readTicket(ours.publicKey, made).entry).toContain(JSON.stringify(purpose));
});
