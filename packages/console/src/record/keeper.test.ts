// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  EMPTY_EDGE,
  encodeBundle,
  encodeEntry,
  formatReceipt,
  formatVkey,
  growTree,
  hashLeaf,
  proveInclusionFromTiles,
  rootOfEdge,
  signCheckpoint,
  signerOf,
  tilePath,
  type EntryFacts,
  type Signer,
} from '@louver/ledger';
import { beforeEach, describe, expect, it } from 'vitest';
import { Keeper } from './keeper.ts';
import { LogUnread } from './log-reader.ts';
import type { Memory } from './memory.ts';
import type { Snapshot } from './messages-between.ts';
import type { MemoryStore } from './storage.ts';

type Files = Map<string, Uint8Array>;
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function aSigner(name = 'demo.louver.example/log'): Promise<Signer> {
  const { privateKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign']);
  const der = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
  const base64 = btoa(String.fromCharCode(...der));
  return signerOf(name, 'ed25519', `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----\n`);
}

/** What a sealer would have published after these entries. */
function filesOf(entries: readonly string[], signer: Signer, keys: readonly Signer[] = [signer]): Files {
  const bytes = entries.map(bytesOf);
  const { edge, tiles } = growTree(EMPTY_EDGE, bytes.map(hashLeaf));
  const files: Files = new Map(tiles.map((tile) => [tilePath(tile), tile.bytes]));
  for (const { level, index, width } of tiles)
    if (level === 0)
      files.set(
        tilePath({ level: 'entries', index, width }),
        encodeBundle(bytes.slice(index * 256, index * 256 + width)),
      );
  const head = { origin: signer.key.name, size: edge.size, root: rootOfEdge(edge) };
  files.set('checkpoint', bytesOf(signCheckpoint(head, [signer])));
  return files.set('vkey', bytesOf(keys.map(({ key }) => `${formatVkey(key)}\n`).join('')));
}

const entries = (count: number, change = -1) =>
  Array.from({ length: count }, (_, i) => (i === change ? 'other' : `entry ${i}`));

function anEmptyStore(): MemoryStore {
  let memory: Memory | undefined;
  return {
    lasting: true,
    read: async () => memory,
    change: async (step) => (memory = step(memory)),
  };
}

let signer: Signer;
/** What is served now; undefined is a line that is down. */
let served: Files | undefined;
let read: string[];
let seen: Snapshot;
let told: Snapshot[];
let keeper: Keeper;

const aKeeper = (store: MemoryStore) =>
  new Keeper({
    store,
    secondLookMs: 0,
    tell: (snapshot) => {
      seen = snapshot;
      told.push(snapshot);
    },
    reader: () => async (path) => {
      read.push(path);
      if (served === undefined) throw new LogUnread('unreachable');
      return served.get(path);
    },
  });

beforeEach(async () => {
  signer = await aSigner();
  served = filesOf(entries(300), signer);
  read = [];
  told = [];
  keeper = aKeeper(anEmptyStore());
});

describe('watching', () => {
  it('pins the key at first sight and keeps the checkpoint', async () => {
    await keeper.look();
    expect(seen).toMatchObject({ firstSight: true, size: 300, alarm: null, contact: { kind: 'good' } });
    expect(seen.memory).toMatchObject({ keys: [formatVkey(signer.key)], kept: { size: 300 }, entries: null });
  });

  it('follows a log that grows, reading no entries', async () => {
    await keeper.look();
    served = filesOf(entries(1000), signer);
    await keeper.look();
    expect(seen).toMatchObject({ alarm: null, memory: { kept: { size: 1000 } } });
    expect(read.filter((path) => path.includes('entries'))).toEqual([]);
  });

  it.each([
    ['shrank', () => filesOf(entries(299), signer)],
    ['rewritten', () => filesOf(entries(300, 7), signer)],
    ['rewritten', () => filesOf(entries(900, 7), signer)],
    [
      'damaged',
      () => {
        const files = filesOf(entries(900), signer);
        files.delete('tile/0/001');
        return files;
      },
    ],
    ['signature', async () => filesOf(entries(400), await aSigner(), [signer])],
    ['signature', () => new Map(served).set('checkpoint', bytesOf('<html>'))],
    ['key-changed', async () => filesOf(entries(400), await aSigner())],
    ['key-changed', async () => filesOf(entries(400), await aSigner('another.example/log'))],
  ] as const)('calls a log %s, keeps both checkpoints, and does not take up the new one', async (kind, next) => {
    await keeper.look();
    const kept = seen.memory!.kept!.signed;
    served = await next();
    await keeper.look();
    expect(seen.alarm).toMatchObject({ kind, kept: { signed: kept, size: 300 } });
    expect(bytesOf(seen.alarm!.served!.signed)).toEqual(served.get('checkpoint'));
    expect(seen.memory).toMatchObject({ kept: { signed: kept }, alarms: [{ kind }] });
  });

  it('remembers an alarm when the log looks good again, until its evidence is kept elsewhere', async () => {
    const store = anEmptyStore();
    const good = served;
    await aKeeper(store).look();
    served = filesOf(entries(200), signer);
    await aKeeper(store).look();
    served = good;
    keeper = aKeeper(store);
    told = [];
    await keeper.look();
    // Before the line has answered.
    expect(told[0]).toMatchObject({ contact: { kind: 'asking' }, memory: { alarms: [{ kind: 'shrank' }] } });
    expect(seen).toMatchObject({ alarm: null, memory: { alarms: [{ kind: 'shrank' }] } });
    await keeper.alarmsKept();
    expect(seen.memory!.alarms).toEqual([]);
  });

  it('believes a copy of the log that only lagged behind', async () => {
    await keeper.look();
    const now = served!;
    const old = filesOf(entries(200), signer);
    let asked = 0;
    served = { get: (path: string) => (path === 'checkpoint' && asked++ === 0 ? old : now).get(path) } as Files;
    await keeper.look();
    expect(seen.alarm).toBeNull();
  });

  it('takes a line that is down for no alarm, and says since when', async () => {
    await keeper.look();
    served = undefined;
    await keeper.look();
    expect(seen).toMatchObject({ alarm: null, contact: { kind: 'unreachable' }, memory: { kept: { size: 300 } } });
  });

  it('notices a second key while the pinned one signs, and trusts it only when told to', async () => {
    await keeper.look();
    const next = await aSigner();
    served = filesOf(entries(400), signer, [signer, next]);
    await keeper.look();
    expect(seen).toMatchObject({ alarm: null, newKeys: [formatVkey(next.key)] });
    await keeper.trustServedKeys();
    served = filesOf(entries(500), next);
    await keeper.look();
    expect(seen).toMatchObject({ alarm: null, size: 500 });
  });

  it('holds a new key that somebody trusts to what was kept under the old one', async () => {
    await keeper.look();
    served = filesOf(entries(900, 7), await aSigner());
    await keeper.look();
    expect(seen.alarm?.kind).toBe('key-changed');
    await keeper.trustServedKeys();
    expect(seen.alarm?.kind).toBe('rewritten');
  });
});

describe('verifying', () => {
  it('reads every entry once, and then only what is new', async () => {
    await keeper.verify(true, false);
    expect(seen).toMatchObject({
      outcome: 'verified',
      run: null,
      memory: { entries: { size: 300 }, tree: { size: 300 } },
    });
    expect(read.filter((path) => path.startsWith('tile/entries'))).toHaveLength(2);
    served = filesOf(entries(1000), signer);
    read = [];
    await keeper.verify(true, false);
    expect(seen).toMatchObject({ outcome: 'verified', memory: { entries: { size: 1000 } } });
    expect(read).not.toContain('tile/entries/000');
    expect(read).toContain('tile/entries/001');
    expect(read).toContain('tile/entries/003.p/232');
  });

  it('verifies the tree without the entries for whoever may not read them', async () => {
    await keeper.verify(false, false);
    expect(seen).toMatchObject({ outcome: 'verified', memory: { tree: { size: 300 }, entries: null } });
    expect(read.filter((path) => path.includes('entries'))).toEqual([]);
  });

  it.each([false, true])('names an entry that was altered (among those already verified: %s)', async (before) => {
    if (before) await keeper.verify(true, false);
    const files = filesOf(entries(1000), signer);
    const path = before ? 'tile/entries/002' : 'tile/entries/000';
    files.set(path, filesOf(entries(1000, before ? 600 : 3), signer).get(path)!);
    served = files;
    await keeper.verify(true, false);
    expect(seen).toMatchObject({ outcome: 'alarm', alarm: { kind: 'damaged', path } });
    expect(seen.alarm!.detail).toContain(before ? 'entry 600' : 'entry 3');
  });

  it('finds with a full verification what lies in the part that was verified before', async () => {
    await keeper.verify(true, false);
    served!.set('tile/entries/000', filesOf(entries(300, 3), signer).get('tile/entries/000')!);
    await keeper.verify(true, false);
    expect(seen.outcome).toBe('verified');
    await keeper.verify(true, true);
    expect(seen.alarm).toMatchObject({ kind: 'damaged', path: 'tile/entries/000' });
  });

  it('stops when it is told to, and concludes nothing', async () => {
    const verifying = keeper.verify(true, false);
    keeper.cancel();
    await verifying;
    expect(seen).toMatchObject({ outcome: 'cancelled', run: null, alarm: null, memory: { entries: null } });
  });
});

describe('proofs that somebody brings', () => {
  const facts: EntryFacts = {
    at: '2026-11-21T07:00:00.000Z',
    action: 'viewing.open',
    actor: null,
    role: null,
    subject: 'a',
    camera: null,
    jurisdiction: null,
    purpose: 'Đối chiếu',
    caseReference: null,
    detail: {},
  };
  const receiptOf = async (files: Files, index: number) =>
    formatReceipt({
      index,
      proof: await proveInclusionFromTiles(
        (level, index, width) => files.get(tilePath({ level, index, width })),
        index,
        300,
      ),
      checkpoint: new TextDecoder().decode(files.get('checkpoint')),
    });

  const digestOf = (entry: string) =>
    Array.from(hashLeaf(bytesOf(entry)), (b) => b.toString(16).padStart(2, '0')).join('');

  it('show where a record stands and what was written there', async () => {
    const text = new TextDecoder().decode(encodeEntry(facts));
    const all = entries(300).with(41, text);
    served = filesOf(all, signer);
    const receipt = await receiptOf(served, 41);
    expect(await keeper.prove(digestOf(text), receipt)).toEqual({
      kind: 'proved',
      index: 41,
      size: 300,
      entry: expect.objectContaining({ text, action: 'viewing.open', purpose: 'Đối chiếu' }),
    });
    expect(await keeper.prove(digestOf('entry 42'), receipt)).toMatchObject({ kind: 'false' });
    expect(await keeper.prove(digestOf(text), 'nothing')).toMatchObject({ kind: 'false' });
  });

  it('prove nothing when they are of another log, or of a second tree that the same key signed', async () => {
    const receipt = await receiptOf(filesOf(entries(300), await aSigner()), 41);
    expect(await keeper.prove(digestOf('entry 41'), receipt)).toMatchObject({ kind: 'false' });
    await keeper.look();
    const second = await receiptOf(filesOf(entries(300, 7), signer), 41);
    expect(await keeper.prove(digestOf('entry 41'), second)).toMatchObject({ kind: 'false' });
  });

  it('compare a checkpoint kept elsewhere with the log of today', async () => {
    const old = new TextDecoder().decode(filesOf(entries(120), signer).get('checkpoint'));
    const forked = new TextDecoder().decode(filesOf(entries(120, 7), signer).get('checkpoint'));
    const foreign = new TextDecoder().decode(filesOf(entries(120), await aSigner()).get('checkpoint'));
    const longer = new TextDecoder().decode(filesOf(entries(400), signer).get('checkpoint'));
    expect(await keeper.compare(old)).toEqual({ kind: 'continued', oldSize: 120, size: 300 });
    expect(await keeper.compare(forked)).toMatchObject({ kind: 'broken', oldSize: 120, size: 300 });
    expect(await keeper.compare(longer)).toMatchObject({ kind: 'broken', oldSize: 400 });
    expect(await keeper.compare(foreign)).toMatchObject({ kind: 'not-ours' });
    served = undefined;
    expect(await keeper.compare(old)).toEqual({ kind: 'failed', why: 'unreachable' });
  });
});
