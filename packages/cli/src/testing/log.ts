// SPDX-License-Identifier: AGPL-3.0-or-later
// A log as its sealer would have published it, held in memory: what the tests tamper with.
import { createPrivateKey } from 'node:crypto';
import {
  EMPTY_EDGE,
  encodeBundle,
  encodeEntry,
  growTree,
  hashLeaf,
  proveInclusionFromTiles,
  formatReceipt,
  rootOfEdge,
  signCheckpoint,
  signerOf,
  tilePath,
  type RightEdge,
  type Signer,
} from '@louver/ledger';

export const ORIGIN = 'demo.louver.example/log';

/** The files of a log by their paths below its prefix. */
export type Files = Map<string, Uint8Array>;

/** The same key for the same byte: a test can say which one signed. */
export const signer = (seedByte: number, name = ORIGIN): Signer =>
  signerOf(
    name,
    'ed25519',
    createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seedByte)]),
      format: 'der',
      type: 'pkcs8',
    }),
  );

/** As a real `viewing.open` reads. */
export const entry = (i: number, purpose = 'Va chạm giao thông ở ngã tư'): Uint8Array =>
  encodeEntry(
    {
      at: new Date(1_795_000_000_000 + i * 1000).toISOString(),
      action: 'viewing.open',
      actor: `5f0c4b1e-8f0e-4f0a-9d55-${String(i % 40).padStart(12, '0')}`,
      role: 'operator',
      subject: `0c0ffee0-0000-4000-8000-${String(i).padStart(12, '0')}`,
      camera: `1f6cdd2a-3c2e-4a53-bb0e-${String(i % 454).padStart(12, '0')}`,
      jurisdiction: 'vn.p66.hoa_sua',
      purpose,
      caseReference: null,
      detail: { kind: 'live' },
    },
    Buffer.from(String(i).padStart(16, '0')).toString('base64'),
  );

export const entries = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => entry(i));

const checkpointOf = (edge: RightEdge, signers: readonly [Signer, ...Signer[]]): Buffer =>
  Buffer.from(signCheckpoint({ origin: signers[0].key.name, size: edge.size, root: rootOfEdge(edge) }, signers));

/** A log that published a checkpoint at each of the sizes; the partial tiles of all of them are still there. */
export function logOf(
  all: readonly Uint8Array[],
  sizes = [all.length],
  signers: readonly [Signer, ...Signer[]] = [signer(0x11)],
): Files {
  const files: Files = new Map();
  let edge = EMPTY_EDGE;
  for (const size of sizes) {
    const grown = growTree(edge, all.slice(edge.size, size).map(hashLeaf));
    for (const { level, index, width, bytes } of grown.tiles) {
      files.set(tilePath({ level, index, width }), bytes);
      const from = index * 256;
      if (level === 0)
        files.set(tilePath({ level: 'entries', index, width }), encodeBundle(all.slice(from, from + width)));
    }
    edge = grown.edge;
  }
  return files.set('checkpoint', checkpointOf(edge, signers));
}

export const checkpointIn = (files: Files): Uint8Array => files.get('checkpoint')!;

/** The receipt of one entry against the log's checkpoint. */
export async function receiptOf(files: Files, index: number, size: number): Promise<string> {
  const read = (level: number, at: number, width: number) => files.get(tilePath({ level, index: at, width }));
  const checkpoint = Buffer.from(checkpointIn(files)).toString('utf8');
  return formatReceipt({ index, proof: await proveInclusionFromTiles(read, index, size), checkpoint });
}
