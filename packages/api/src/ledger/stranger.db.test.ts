// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody writes who has never seen our ledger: C2SP's pages, SHA-256, Ed25519 and HTTP are all that is used here.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NOBODY, appendRecord, inTx } from '@louver/db';
import { beforeAll, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const sha256 = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((h, part) => h.update(part), createHash('sha256')).digest();
const leafOf = (entry: Uint8Array) => sha256(Buffer.of(0), entry);
/** RFC 6962: the left part is the largest power of two below the size. */
function rootOf(leaves: Buffer[]): Buffer {
  if (leaves.length < 2) return leaves[0] ?? sha256();
  const left = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(Buffer.of(1), rootOf(leaves.slice(0, left)), rootOf(leaves.slice(left)));
}

/** `log.example+<key ID>+<base64>`; base64 may hold a plus. */
function keyOf(vkey: string): { name: string; id: Buffer; key: Buffer } {
  const [name = '', id, ...rest] = vkey.trim().split('+');
  const typed = Buffer.from(rest.join('+'), 'base64');
  const computed = sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4);
  if (typed[0] !== 1 || computed.toString('hex') !== id) throw new Error('this is no key of a log');
  return { name, id: computed, key: typed.subarray(1) };
}

function openCheckpoint(note: string, vkey: string): { size: number; root: Buffer } {
  const { name, id, key } = keyOf(vkey);
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
  const line = note.split('\n').find((found) => found.startsWith(`— ${name} `)) ?? '';
  const blob = Buffer.from(line.split(' ')[2] ?? '', 'base64');
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  const signer = createPublicKey({ key: der, format: 'der', type: 'spki' });
  if (!blob.subarray(0, 4).equals(id) || !verify(null, Buffer.from(text), signer, blob.subarray(4)))
    throw new Error('the checkpoint is not signed by this log');
  const [origin, size, root] = text.split('\n');
  if (origin !== name) throw new Error('the checkpoint is of another log');
  return { size: Number(size), root: Buffer.from(root ?? '', 'base64') };
}

/** Tile 1234067 is x001/x234/067, and the last one may be partial. */
function pathsOf(size: number): { path: string; width: number }[] {
  return Array.from({ length: Math.ceil(size / 256) }, (_, n) => {
    const groups = String(n)
      .padStart(3 * Math.ceil(String(n).length / 3), '0')
      .match(/\d{3}/g)!;
    const [width, path] = [
      Math.min(256, size - n * 256),
      groups.map((g, i) => (i < groups.length - 1 ? `x${g}` : g)).join('/'),
    ];
    return { path: width < 256 ? `${path}.p/${width}` : path, width };
  });
}

async function get(url: string, token?: string): Promise<Buffer> {
  const answer = await fetch(url, token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** All of a log: signature, every hash, every entry. */
async function verifyLog(log: string, vkey: string, token: string): Promise<{ size: number; entries: Buffer[] }> {
  const { size, root } = openCheckpoint(String(await get(`${log}/checkpoint`)), vkey);
  const [leaves, entries]: [Buffer[], Buffer[]] = [[], []];
  for (const { path, width } of pathsOf(size)) {
    const tile = await get(`${log}/tile/0/${path}`);
    if (tile.length !== width * 32) throw new Error(`tile ${path} has ${tile.length} bytes`);
    const bundle = await get(`${log}/tile/entries/${path}`, token);
    for (let i = 0, at = 0; i < width; i += 1) {
      const end = at + 2 + bundle.readUInt16BE(at);
      const leaf = tile.subarray(i * 32, (i + 1) * 32);
      if (!leafOf(bundle.subarray(at + 2, end)).equals(leaf)) throw new Error(`entry ${entries.length} is not the one`);
      entries.push(bundle.subarray(at + 2, end));
      leaves.push(leaf);
      at = end;
    }
    if (width === 256) {
      const above = await get(`${log}/tile/1/000.p/${Math.floor(size / 256)}`);
      const n = leaves.length / 256 - 1;
      if (!rootOf(leaves.slice(-256)).equals(above.subarray(n * 32, (n + 1) * 32))) throw new Error('level 1 is wrong');
    }
  }
  if (!rootOf(leaves).equals(root)) throw new Error('the entries are not those that were signed');
  return { size, entries };
}

const api = useApi();
const found = { log: '', vkey: '', token: '' };
const filler = { action: 'camera.update', actor: null, subject: 'filler', detail: { text: 'x' } } as const;
const grow = async (count: number) => {
  await inTx(api.deps.pool, NOBODY, async (tx) => {
    for (let i = 0; i < count; i += 1) await appendRecord(tx, filler);
  });
  await api.sealer.sealer.sealNow();
};

beforeAll(async () => {
  const { agent } = await api.as('auditor');
  const { body } = await agent.post('/api/v1/auditor-tokens').send({ label: 'a program of ours' }).expect(201);
  const log = `${api.url}/log`;
  Object.assign(found, { log, token: body.token, vkey: String(await get(`${log}/vkey`)) });
  await grow(600);
});

it('verifies every hash and every entry through HTTP, and finds what was done', async () => {
  const { size, entries } = await verifyLog(found.log, found.vkey, found.token);
  expect(size).toBeGreaterThan(600);
  expect(size).toBe(entries.length);
  const actions = entries.map((entry) => (JSON.parse(entry.toString('utf8')) as { action: string }).action);
  expect(new Set(actions)).toEqual(new Set(['session.open', 'auditor-token.create', 'camera.update']));
});

it('can prove next month that nothing was removed, and goes on from a partial tile that became full', async () => {
  const before = await verifyLog(found.log, found.vkey, found.token);
  await grow(256);
  const after = await verifyLog(found.log, found.vkey, found.token);
  expect(after.size).toBeGreaterThanOrEqual(before.size + 256);
  for (const [i, entry] of before.entries.entries()) expect(after.entries[i]!.equals(entry)).toBe(true);
  const gone = pathsOf(before.size).at(-1)!.path;
  await expect(get(`${found.log}/tile/0/${gone}`)).rejects.toThrow('404');
});

it.each([
  ['an entry', 'tile/entries/000', 'entry 0 is not the one'],
  ['a leaf', 'tile/0/001', 'entry 256 is not the one'],
  ['a hash above', 'tile/1/000.p/3', 'level 1 is wrong'],
  ['the checkpoint', 'checkpoint', 'not signed by this log'],
])('refuses the log when one byte of %s was changed on the disk', async (_what, path, why) => {
  const file = join(api.sealer.logDir, path);
  const bytes = await readFile(file);
  const altered = Buffer.from(bytes);
  const at = path === 'checkpoint' ? bytes.indexOf('\n') + 1 : 20;
  altered[at] = path === 'checkpoint' ? '9'.charCodeAt(0) : altered[at]! ^ 1;
  await writeFile(file, altered);
  try {
    await expect(verifyLog(found.log, found.vkey, found.token)).rejects.toThrow(why);
  } finally {
    await writeFile(file, bytes);
  }
  await verifyLog(found.log, found.vkey, found.token);
});
