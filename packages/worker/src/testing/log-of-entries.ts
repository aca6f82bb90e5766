// SPDX-License-Identifier: AGPL-3.0-or-later
// A log of real entries in memory, sealed by hand: for what happens to one, and must not.
import { generateKeyPairSync } from 'node:crypto';
import {
  EMPTY_EDGE,
  type EntryFacts,
  type RightEdge,
  type Signer,
  TILE_WIDTH,
  cosign,
  encodeBundle,
  encodeEntry,
  formatCheckpoint,
  formatReceipt,
  formatVkey,
  growTree,
  hashLeaf,
  proveInclusion,
  rootOf,
  rootOfEdge,
  signNote,
  signerOf,
  tilePath,
} from '@louver/ledger';

const ORIGIN = 'log.example/test';
export const aSigner = (name = ORIGIN): Signer => signerOf(name, 'ed25519', generateKeyPairSync('ed25519').privateKey);
export const aWitness = (name: string): Signer =>
  signerOf(name, 'cosignature/v1', generateKeyPairSync('ed25519').privateKey);

export class LogOfEntries {
  readonly files = new Map<string, Uint8Array>();
  readonly entries: Buffer[] = [];
  signers: readonly Signer[];
  witnesses: readonly Signer[] = [];
  #edge: RightEdge = EMPTY_EDGE;

  constructor(...signers: readonly Signer[]) {
    this.signers = signers.length > 0 ? signers : [aSigner()];
  }

  get vkeys(): string {
    return this.signers.map(({ key }) => `${formatVkey(key)}\n`).join('');
  }

  readonly readFile = async (path: string): Promise<Uint8Array | undefined> => this.files.get(path);

  append(facts: Partial<EntryFacts>): Buffer {
    const entry = encodeEntry({
      at: new Date().toISOString(),
      action: 'camera.read',
      actor: null,
      role: null,
      subject: 'nothing',
      camera: null,
      jurisdiction: null,
      purpose: null,
      caseReference: null,
      detail: {},
      ...facts,
    });
    this.entries.push(entry);
    return entry;
  }

  /** As a sealer does: files first, then the checkpoint. */
  publish(): void {
    const before = this.#edge.size;
    const { edge, tiles } = growTree(this.#edge, this.entries.slice(before).map(hashLeaf));
    this.#edge = edge;
    for (const { level, index, width } of tiles)
      if (level === 0) {
        const path = tilePath({ level: 'entries', index, width });
        this.files.set(path, encodeBundle(this.entries.slice(index * TILE_WIDTH, index * TILE_WIDTH + width)));
      }
    this.files.set('checkpoint', Buffer.from(this.sign(edge.size, rootOfEdge(edge))));
  }

  sign(size: number, root: Uint8Array): string {
    const text = formatCheckpoint({ origin: ORIGIN, size, root });
    const lines = this.witnesses.map((witness) => cosign(text, witness, Math.floor(Date.now() / 1000)));
    return signNote(text, this.signers) + lines.join('');
  }

  /** Of the tree of all entries, or of an older one. */
  receipt(index: number, size: number = this.entries.length): string {
    const leaves = this.entries.slice(0, size).map(hashLeaf);
    return formatReceipt({
      index,
      proof: proveInclusion(leaves, index),
      checkpoint: this.sign(size, rootOf(leaves)),
    });
  }
}
