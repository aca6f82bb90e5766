// SPDX-License-Identifier: AGPL-3.0-or-later
// A log of nothing in particular, in memory: for whoever deals with checkpoints and proofs and not with what is logged.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  formatCheckpoint,
  formatVkey,
  hashLeaf,
  hashesAt,
  parseTilePath,
  proveConsistency,
  rootOf,
  signNote,
  signerOf,
  TILE_WIDTH,
  type ReadFile,
  type Signer,
} from '@louver/ledger';

export interface TestLog {
  readonly signer: Signer;
  readonly vkey: string;
  readonly size: number;
  grow(entries?: number): void;
  /** Of the tree as it is, or as it was when it had `size` entries. */
  checkpoint(size?: number): { text: string; signed: string; size: number };
  proof(oldSize: number, size?: number): Uint8Array[];
  /** Its tiles at any size, as they would be served. */
  readonly read: ReadFile;
  /** The same log's other tree: equal up to `size` entries, signed with the same key. */
  forkedAt(size: number): TestLog;
}

export function aLog(entries = 0, origin = 'log.example/test'): TestLog {
  const { privateKey } = generateKeyPairSync('ed25519');
  const log = logOf(signerOf(origin, 'ed25519', privateKey), []);
  log.grow(entries);
  return log;
}

function logOf(signer: Signer, leaves: Uint8Array[]): TestLog {
  return {
    signer,
    vkey: formatVkey(signer.key),
    get size() {
      return leaves.length;
    },
    grow(entries = 1) {
      for (let i = 0; i < entries; i++) leaves.push(hashLeaf(randomBytes(16)));
    },
    checkpoint(size = leaves.length) {
      const text = formatCheckpoint({ origin: signer.key.name, size, root: rootOf(leaves.slice(0, size)) });
      return { text, signed: signNote(text, [signer]), size };
    },
    proof: (oldSize, size = leaves.length) => proveConsistency(leaves.slice(0, size), oldSize),
    read: async (path) => tileAt(leaves, path),
    forkedAt: (size) => logOf(signer, leaves.slice(0, size)),
  };
}

function tileAt(leaves: readonly Uint8Array[], path: string): Uint8Array | undefined {
  const { level, index, width } = parseTilePath(path);
  if (level === 'entries' || hashesAt(level, leaves.length) < index * TILE_WIDTH + width) return undefined;
  const span = TILE_WIDTH ** level;
  const hashAt = (i: number): Uint8Array => rootOf(leaves.slice(i * span, (i + 1) * span));
  return Buffer.concat(Array.from({ length: width }, (_, i) => hashAt(index * TILE_WIDTH + i)));
}
