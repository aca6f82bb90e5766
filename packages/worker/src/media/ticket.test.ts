// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { Problem, type SealedTicket, TicketClaims } from '@louver/contract';
import { type EntryFacts, canonicalJson, formatVkey, leafHash } from '@louver/ledger';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogTrust } from '../record/trust.ts';
import { LogOfEntries, aSigner, aWitness } from '../testing/log-of-entries.ts';
import { readTicket, requireProven, requireSamePerson, requireUsable } from './ticket.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const NOW = Date.parse('2026-11-21T08:00:00.000Z');
const ids = {
  viewingId: '7f0c5a52-9a39-4c2e-8f0e-2d1f4f7b8f11',
  cameraId: '0b1f4a5e-11d5-4a1e-9f61-5d9a3b1c2d3e',
  accountId: '5e0a7c1d-3b2f-4c6a-8d9e-1f2a3b4c5d6e',
};
const quiet = pino({ level: 'silent' });
let folder: string;
let log: LogOfEntries;
let trust: LogTrust;
let genuine: SealedTicket;

/** The log of an ordinary day, in which this look stands somewhere. */
function anEntry(changes: Partial<EntryFacts> = {}, into: LogOfEntries = log): Buffer {
  return into.append({
    at: new Date(NOW).toISOString(),
    action: 'viewing.open',
    actor: ids.accountId,
    role: 'operator',
    subject: ids.viewingId,
    camera: ids.cameraId,
    jurisdiction: 'vn.p66.hoa_sua',
    purpose: 'a dog on the road',
    detail: { kind: 'live', endsAt: new Date(NOW + 600_000).toISOString(), maskVersion: 1 },
    ...changes,
  });
}

const claimsFor = (entry: Buffer, changes: object = {}): TicketClaims =>
  TicketClaims.parse({
    ...ids,
    kind: 'live',
    session: createHash('sha256').update('mine').digest('hex'),
    seq: '12',
    digest: leafHash(entry).toString('hex'),
    issuedAt: NOW,
    startBefore: NOW + 60_000,
    endsAt: NOW + 600_000,
    ...changes,
  });

function sealedFor(entry: Buffer, changes: object = {}): SealedTicket {
  const receipt = log.receipt(log.entries.indexOf(entry));
  return { claims: claimsFor(entry, changes), entry: entry.toString(), receipt };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'louver-ticket-'));
  log = new LogOfEntries();
  for (let i = 0; i < 300; i++) log.append({ subject: randomUUID() });
  const entry = anEntry();
  for (let i = 0; i < 40; i++) log.append({ subject: randomUUID() });
  trust = believing(log.vkeys);
  genuine = sealedFor(entry);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function believing(vkeys: string, policy?: string): LogTrust {
  const [keys, policyFile] = [join(folder, `${randomUUID()}.vkey`), join(folder, `${randomUUID()}.policy`)];
  writeFileSync(keys, vkeys);
  if (policy !== undefined) writeFileSync(policyFile, policy);
  return new LogTrust({ policy: policy === undefined ? undefined : policyFile, vkeys: keys }, quiet);
}

const payloadOf = (value: unknown) => deflateRawSync(Buffer.from(JSON.stringify(value))).toString('base64url');
const signed = (payload: string, key = privateKey, context = 'louver-ticket-v2\n') =>
  `v2.${payload}.${sign(null, Buffer.from(context + payload), key).toString('base64url')}`;

async function slugOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.slug;
    throw error;
  }
}

/** The two looks at a ticket that say whether it is genuine and proves what it claims. */
const shown = (text: string, by: LogTrust = trust, now = NOW) =>
  slugOf(() => requireProven(by, readTicket(publicKey, text), now));
const proven = (ticket: SealedTicket, by: LogTrust = trust, now = NOW) => slugOf(() => requireProven(by, ticket, now));

describe('reading', () => {
  it('gives what is inside a genuine ticket', async () => {
    expect(readTicket(publicKey, signed(payloadOf(genuine)))).toEqual(genuine);
    expect(await shown(signed(payloadOf(genuine)))).toBeUndefined();
  });

  it('calls no ticket missing', async () => {
    for (const none of [undefined, '']) expect(await slugOf(() => readTicket(publicKey, none))).toBe('ticket-missing');
  });

  const parts = () => signed(payloadOf(genuine)).split('.') as [string, string, string];
  it.each<[string, () => string]>([
    ['another key', () => signed(payloadOf(genuine), generateKeyPairSync('ed25519').privateKey)],
    ['another context', () => signed(payloadOf(genuine), privateKey, 'louver-ticket-v1\n')],
    ['other claims under the same signature', () => `v2.${payloadOf({ ...genuine, entry: '{}' })}.${parts()[2]}`],
    ['the former version', () => `v1.${parts()[1]}.${parts()[2]}`],
    ['a fourth part', () => `${parts().join('.')}.x`],
    ['padding', () => `${parts().join('.')}=`],
    ['another spelling of the same signature bytes', () => `v2.${parts()[1]}.${respell(parts()[2])}`],
    ['base64 signs outside the alphabet', () => `${parts().join('.').slice(0, -2)}+/`],
    ['a signature cut short', () => `v2.${parts()[1]}.${parts()[2].slice(0, 40)}`],
    ['members that no ticket has', () => signed(payloadOf({ ...genuine, admin: true }))],
    ['claims without a proof', () => signed(payloadOf({ claims: genuine.claims }))],
    ['what is not packed', () => signed(Buffer.from(JSON.stringify(genuine)).toString('base64url'))],
    ['what is packed and no JSON', () => signed(deflateRawSync(Buffer.from('{')).toString('base64url'))],
    [
      'what is packed and no UTF-8',
      () => signed(deflateRawSync(Buffer.from([0x22, 0xff, 0x22])).toString('base64url')),
    ],
    // Both would be good tickets but for their size.
    ['a bomb', () => signed(deflateRawSync(JSON.stringify(genuine) + ' '.repeat(5_000_000)).toString('base64url'))],
    [
      'ten thousand signs',
      () => signed(deflateRawSync(JSON.stringify(genuine).padEnd(8_000), { level: 0 }).toString('base64url')),
    ],
  ])('refuses %s', async (_name, text) => {
    expect(await shown(text())).toBe('ticket-forged');
  });
});

/** The last sign of 64 bytes in base64url carries four bits that say nothing. */
function respell(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(signature.at(-1)!);
  return signature.slice(0, -1) + alphabet[last ^ 1]!;
}

describe('proving: signed by the API, and still no picture without the record', () => {
  const other = '99999999-2222-4333-8444-555555555555';
  it.each<[string, () => SealedTicket]>([
    ['names another viewing', () => ({ ...genuine, claims: { ...genuine.claims, viewingId: other as never } })],
    ['names another camera', () => ({ ...genuine, claims: { ...genuine.claims, cameraId: other as never } })],
    ['names another person', () => ({ ...genuine, claims: { ...genuine.claims, accountId: other as never } })],
    ['is for a still', () => ({ ...genuine, claims: { ...genuine.claims, kind: 'still' } })],
    ['has more minutes', () => ({ ...genuine, claims: { ...genuine.claims, endsAt: NOW + 600_001 } })],
    ['has minutes without end', () => ({ ...genuine, claims: { ...genuine.claims, endsAt: Number.MAX_SAFE_INTEGER } })],
    ['names another digest', () => ({ ...genuine, claims: { ...genuine.claims, digest: 'ab'.repeat(32) } })],
    [
      'shows the record of somebody else',
      () => {
        const entry = anEntry({ actor: other });
        return { ...sealedFor(entry), claims: claimsFor(entry) };
      },
    ],
    ['shows the record of something else', () => sealedFor(anEntry({ action: 'viewing.close' }))],
    ['shows a record without minutes', () => sealedFor(anEntry({ detail: { kind: 'live' } }))],
    ['shows a record of another time zone', () => sealedFor(anEntry({ at: '2026-11-21T15:00:00.000+07:00' }))],
    ['shows a record without a time', () => sealedFor(anEntry({ at: 'soon' }))],
    ['shows a record that was never logged', () => ({ ...genuine, entry: anEntryOfNoLog().toString() })],
    ['shows a record in another text', () => ({ ...genuine, entry: `${genuine.entry} ` })],
    ['shows a receipt of another leaf', () => ({ ...genuine, receipt: log.receipt(17) })],
    ['shows a receipt of a tree that was too small', () => ({ ...genuine, receipt: log.receipt(299, 300) })],
    ['shows no receipt', () => ({ ...genuine, receipt: '' })],
  ])('a ticket that %s is unproven', async (_name, make) => {
    expect(await proven(make())).toBe('ticket-unproven');
  });

  const anEntryOfNoLog = () => anEntry({}, new LogOfEntries());

  it.each([
    ['another index', (receipt: string) => receipt.replace('index 300', 'index 301')],
    ['an index behind the tree', (receipt: string) => receipt.replace('index 300', 'index 3000')],
    ['a hash less', (receipt: string) => receipt.replace(/\n[^\n]{43}=\n\n/, '\n\n')],
    ['the size of a larger tree', (receipt: string) => receipt.replace(/\n\d+\n/, '\n99999\n')],
    [
      'another root',
      (receipt: string) => receipt.replace(/(\n\d+\n)[^\n]+/, `$1${Buffer.alloc(32).toString('base64')}`),
    ],
    ['no signature', (receipt: string) => receipt.slice(0, receipt.indexOf('\u2014'))],
  ])('a receipt with %s proves nothing', async (_name, change) => {
    const receipt = change(genuine.receipt);
    expect(receipt).not.toBe(genuine.receipt);
    expect(await proven({ ...genuine, receipt })).toBe('ticket-unproven');
  });

  it('a record that two readers would read differently proves nothing, though it is in the log', async () => {
    const facts = JSON.parse(genuine.entry) as EntryFacts;
    const entry = Buffer.from(canonicalJson({ ...facts }).replace('{', `{"subject":"${other}",`));
    log.entries.push(entry);
    expect(await proven({ ...sealedFor(entry), claims: claimsFor(entry) })).toBe('ticket-unproven');
  });

  it('a log of the same name with another key proves nothing, and neither does one whose key is not known', async () => {
    const forged = new LogOfEntries();
    forged.entries.push(...log.entries);
    const receipt = forged.receipt(300);
    expect(await proven({ ...genuine, receipt })).toBe('ticket-unproven');
    expect(await proven({ ...genuine, receipt }, believing(forged.vkeys))).toBeUndefined();
    expect(await proven(genuine, believing(''))).toBe('ticket-unproven');
    expect(await proven(genuine, believing('nonsense'))).toBe('ticket-unproven');
  });

  it('is good for ninety seconds, and for half a minute of clocks that differ', async () => {
    for (const now of [NOW - 30_000, NOW, NOW + 90_000]) expect(await proven(genuine, trust, now)).toBeUndefined();
    for (const now of [NOW - 30_001, NOW + 90_001]) expect(await proven(genuine, trust, now)).toBe('ticket-unproven');
  });
});

describe('witnesses', () => {
  it('must have cosigned as the policy says', async () => {
    const witnesses = ['w1', 'w2', 'w3'].map((name) => aWitness(`witness.example/${name}`));
    const lines = witnesses.map(({ key }, i) => `witness w${i} ${formatVkey(key)}`);
    const policy = [`log ${log.vkeys.trim()}`, ...lines, 'group two 2 w0 w1 w2', 'quorum two', ''].join('\n');
    const strict = believing('', policy);
    const cosigned = (by: typeof witnesses) => {
      log.witnesses = by;
      const receipt = log.receipt(300);
      log.witnesses = [];
      return { ...genuine, receipt };
    };
    expect(await proven(cosigned([]), strict)).toBe('ticket-unproven');
    expect(await proven(cosigned(witnesses.slice(0, 1)), strict)).toBe('ticket-unproven');
    expect(await proven(cosigned([witnesses[0]!, aWitness('witness.example/w2')]), strict)).toBe('ticket-unproven');
    expect(await proven(cosigned(witnesses.slice(1)), strict)).toBeUndefined();
    // Two witnesses and the longest purpose still fit the address that players cut at 4,096.
    log.witnesses = witnesses.slice(0, 2);
    const entry = anEntry({ purpose: 'ạ'.repeat(300), caseReference: 'x'.repeat(64) });
    expect(signed(payloadOf(sealedFor(entry))).length).toBeLessThan(3_900);
    log.witnesses = [];
  });
});

describe('a key that rotates', () => {
  it('is believed as soon as it stands in the file, and the file is not read for every stranger', async () => {
    let now = 0;
    const [former, next] = [log.signers[0]!, aSigner()];
    const keys = join(folder, 'rotating.vkey');
    writeFileSync(keys, `${formatVkey(former.key)}\n`);
    const rotating = new LogTrust({ policy: undefined, vkeys: keys }, quiet, () => now);
    log.signers = [next];
    const ticket = { ...genuine, receipt: log.receipt(300) };
    log.signers = [former];
    expect(await proven(ticket, rotating)).toBe('ticket-unproven');
    writeFileSync(keys, `${formatVkey(former.key)}\n${formatVkey(next.key)}\n`);
    now = 999;
    expect(await proven(ticket, rotating)).toBe('ticket-unproven');
    now = 1_000;
    expect(await proven(ticket, rotating)).toBeUndefined();
    // The former one was taken out.
    writeFileSync(keys, `${formatVkey(next.key)}\n`);
    expect(await proven(genuine, rotating)).toBeUndefined();
    now = 40_000;
    expect(await proven(genuine, rotating)).toBe('ticket-unproven');
    // A file that is gone takes nobody's trust away and gives none.
    rmSync(keys);
    now = 80_000;
    expect(await proven(ticket, rotating)).toBeUndefined();
    expect(await proven(genuine, rotating)).toBe('ticket-unproven');
  });
});

describe('whatever is shown', () => {
  it('a ticket with one byte changed is refused, at every place', async () => {
    const text = signed(payloadOf(genuine));
    for (let at = 0; at < text.length; at++) {
      const sign = text[at] === 'A' ? 'B' : 'A';
      expect(await shown(text.slice(0, at) + sign + text.slice(at + 1))).toBe('ticket-forged');
    }
  });

  it('a ticket that was cut, or put together from two, is refused', async () => {
    const [one, two] = [signed(payloadOf(genuine)), signed(payloadOf(sealedFor(anEntry())))];
    await fc.assert(
      fc.asyncProperty(fc.nat(one.length - 1), fc.nat(two.length - 1), async (cut, from) => {
        const spliced = one.slice(0, cut) + two.slice(from);
        fc.pre(spliced !== one && spliced !== two && cut > 0);
        expect(await shown(one.slice(0, cut))).toBe('ticket-forged');
        expect(await shown(spliced)).toBe('ticket-forged');
      }),
    );
  });

  it('an API that lies about any byte of the record or its receipt gets no picture, and breaks nothing', async () => {
    const member = fc.constantFrom<'entry' | 'receipt'>('entry', 'receipt');
    await fc.assert(
      fc.asyncProperty(member, fc.nat(100_000), fc.integer({ min: 1, max: 127 }), async (which, where, by) => {
        const text = genuine[which];
        const at = where % text.length;
        const lie = String.fromCharCode(text.charCodeAt(at) ^ by);
        const changed = { ...genuine, [which]: text.slice(0, at) + lie + text.slice(at + 1) };
        expect(await shown(signed(payloadOf(changed)))).toBe('ticket-unproven');
      }),
      { numRuns: 300 },
    );
  });

  it('anything under the signature of the API is refused or proved, and never crashes', async () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ claims: fc.constant(genuine.claims), entry: fc.string(), receipt: fc.string() }),
      fc.record({ claims: fc.anything(), entry: fc.constant(genuine.entry), receipt: fc.constant(genuine.receipt) }),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const text = JSON.stringify(value) ?? 'undefined';
        const payload = deflateRawSync(Buffer.from(text)).toString('base64url');
        expect(['ticket-forged', 'ticket-unproven']).toContain(await shown(signed(payload)));
      }),
    );
  });
});

it('is good for its camera, before its time', async () => {
  const { claims } = genuine;
  const at = (now: number, changes = {}, camera = claims.cameraId) =>
    slugOf(() => requireUsable({ ...claims, ...changes }, camera, now));
  expect(await at(NOW + 59_999)).toBeUndefined();
  expect(await at(NOW + 60_000)).toBe('ticket-expired');
  expect(await at(5, { endsAt: 5 })).toBe('ticket-expired');
  expect(await at(NOW, {}, TicketClaims.parse({ ...claims, cameraId: claims.accountId }).cameraId)).toBe(
    'ticket-of-another-camera',
  );
});

it('belongs to the session that opened the viewing, where a session is shown', async () => {
  const { claims } = genuine;
  const cookie = (id: string) => `theme=dark; louver_session=${encodeURIComponent(`s:${id}.c2lnbmF0dXJl`)}; x=1`;
  for (const fine of [undefined, '', 'theme=dark', cookie('mine')])
    expect(await slugOf(() => requireSamePerson(claims, fine))).toBeUndefined();
  for (const foreign of [
    cookie('hers'),
    'louver_session=',
    'louver_session=mine',
    'louver_session=%E0%A4',
    `${cookie('mine')}; ${cookie('hers')}`,
  ])
    expect(await slugOf(() => requireSamePerson(claims, foreign))).toBe('ticket-of-another-person');
});
