// SPDX-License-Identifier: AGPL-3.0-or-later
// Verifying a whole log of a million entries from its files: signatures, every tile, every entry.
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  EMPTY_EDGE,
  encodeBundle,
  growTree,
  hashLeaf,
  rootOfEdge,
  signCheckpoint,
  signerOf,
  tilePath,
  trustLogs,
  verifyLog,
} from '@louver/ledger';
import type { Bench } from '../bench.ts';

const ORIGIN = 'bench.louver.example/log';
const WIDTH = 256;
const BATCH = WIDTH * 64;

/** As long as a real `viewing.open`. */
const entry = (i: number): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      action: 'viewing.open',
      actor: { account: `5f0c4b1e-8f0e-4f0a-9d55-${String(i).padStart(12, '0')}`, role: 'operator' },
      at: '2026-11-21T02:00:00.000Z',
      camera: '1f6cdd2a-3c2e-4a53-bb0e-60d2f5a0c0de',
      jurisdiction: 'vn.p66.hoa_sua',
      purpose: 'Va chạm giao thông ở ngã tư, theo tin báo của người dân',
      seq: i,
    }),
  );

export const bench: Bench = async (context) => {
  const count = context.quick ? 20_000 : 1_000_000;
  const keep = async (path: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(context.folder, path)), { recursive: true });
    await writeFile(join(context.folder, path), bytes);
  };
  const signer = signerOf(ORIGIN, 'ed25519', generateKeyPairSync('ed25519').privateKey);
  context.say(`writing a log of ${count.toLocaleString('en')} entries`);
  let edge = EMPTY_EDGE;
  for (let from = 0; from < count; from += BATCH) {
    const entries = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => entry(from + i));
    const grown = growTree(edge, entries.map(hashLeaf));
    edge = grown.edge;
    for (const { bytes, ...tile } of grown.tiles) await keep(tilePath(tile), bytes);
    for (let i = 0; i < entries.length; i += WIDTH) {
      const bundle = entries.slice(i, i + WIDTH);
      const index = (from + i) / WIDTH;
      await keep(tilePath({ level: 'entries', index, width: bundle.length }), encodeBundle(bundle));
    }
  }
  await keep('checkpoint', signCheckpoint({ origin: ORIGIN, size: edge.size, root: rootOfEdge(edge) }, [signer]));

  context.say('verifying it');
  const began = performance.now();
  const { size } = await verifyLog({
    read: (path) => readFile(join(context.folder, path)).catch(() => undefined),
    policy: trustLogs(signer.key),
  });
  const seconds = (performance.now() - began) / 1000;
  if (size !== count) throw new Error(`verified ${size} entries instead of ${count}`);
  return [
    {
      what: `Verifying ${count.toLocaleString('en')} log entries from disk`,
      measured: seconds,
      unit: 's',
      budget: 15,
      samples: 1,
      note: `${Math.round(count / seconds).toLocaleString('en')} entries a second, files in the page cache`,
    },
  ];
};
