// SPDX-License-Identifier: AGPL-3.0-or-later
// `louver verify` over a log of a million entries, as a person runs it: signatures, every tile, every entry.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import {
  EMPTY_EDGE,
  encodeBundle,
  encodeEntry,
  formatVkey,
  growTree,
  hashLeaf,
  rootOfEdge,
  signCheckpoint,
  signerOf,
  TILE_WIDTH,
  tilePath,
} from '@louver/ledger';
import type { Bench, BenchContext, Measurement } from '../bench.ts';

const ORIGIN = 'bench.louver.example/log';
const BATCH = TILE_WIDTH * 64;

const uuid = (i: number): string => `5f0c4b1e-8f0e-4f0a-9d55-${String(i).padStart(12, '0')}`;

/** As long as a real `viewing.open`. */
const entry = (i: number): Uint8Array =>
  encodeEntry({
    at: new Date(1_795_000_000_000 + i * 1000).toISOString(),
    action: 'viewing.open',
    actor: uuid(i % 40),
    role: 'operator',
    subject: uuid(i),
    camera: uuid(i % 454),
    jurisdiction: 'vn.p66.hoa_sua',
    purpose: 'Va chạm giao thông ở ngã tư, theo tin báo của người dân',
    caseReference: null,
    detail: { kind: 'live', endsAt: new Date(1_795_000_600_000 + i * 1000).toISOString() },
  });

/** Publishes a log, and its vkey beside it. */
async function publish(folder: string, count: number): Promise<void> {
  const keep = async (path: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  };
  const signer = signerOf(ORIGIN, 'ed25519', generateKeyPairSync('ed25519').privateKey);
  let edge = EMPTY_EDGE;
  for (let from = 0; from < count; from += BATCH) {
    const entries = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => entry(from + i));
    const grown = growTree(edge, entries.map(hashLeaf));
    edge = grown.edge;
    for (const { bytes, ...tile } of grown.tiles) await keep(tilePath(tile), bytes);
    for (let i = 0; i < entries.length; i += TILE_WIDTH) {
      const bundle = entries.slice(i, i + TILE_WIDTH);
      const index = (from + i) / TILE_WIDTH;
      await keep(tilePath({ level: 'entries', index, width: bundle.length }), encodeBundle(bundle));
    }
  }
  await keep('checkpoint', signCheckpoint({ origin: ORIGIN, size: edge.size, root: rootOfEdge(edge) }, [signer]));
  await keep('log.vkey', `${formatVkey(signer.key)}\n`);
}

/** Seconds from the start of the program to its end. */
async function verify({ root, folder }: BenchContext, where: string, count: number, ...more: string[]) {
  const args = ['--import', 'tsx', '--conditions=source', join(root, 'packages/cli/src/main.ts')];
  const vkey = join(folder, 'log.vkey');
  const began = performance.now();
  const child = spawn(process.execPath, [...args, 'verify', where, '--vkey', vkey, '--json', '--quiet', ...more], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  const seconds = (performance.now() - began) / 1000;
  const { size } = JSON.parse(out || '{}') as { size?: number };
  if (code !== 0 || size !== count) throw new Error(`louver verify ended with ${code}: ${out}`);
  return seconds;
}

/** Serves the files of a folder on loopback while the work goes on. */
async function served<T>(folder: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    readFile(join(folder, request.url!.replace('/log', ''))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/log`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export const bench: Bench = async (context) => {
  const count = context.quick ? 20_000 : 1_000_000;
  const many = count.toLocaleString('en');
  const row = (what: string, seconds: number, note: string): Measurement => ({
    what,
    measured: seconds,
    unit: 's',
    samples: 1,
    note: `${Math.round(count / seconds).toLocaleString('en')} entries a second, ${note}`,
  });
  context.say(`writing a log of ${many} entries`);
  await publish(context.folder, count);
  context.say('verifying it from disk');
  const disk = await verify(context, context.folder, count);
  context.say('verifying its tree over HTTP');
  const http = await served(context.folder, (url) => verify(context, url, count, '--tree-only'));
  return [
    {
      ...row(`Verifying ${many} log entries from disk`, disk, 'with the start of the program; files in the page cache'),
      budget: 15,
    },
    row(`Verifying the tree of ${many} entries over HTTP`, http, 'without entries, the server on the same machine'),
  ];
};
