// SPDX-License-Identifier: AGPL-3.0-or-later
// One round: records that nobody sealed yet become leaves, and the tree they lead to is signed, all in one transaction. The
// lock on the state's row and the term in it make sure that there is one tree, whoever else believes to be the sealer.
import { formatCheckpoint, growTree, type RightEdge, rootOfEdge, signNote, type Signer } from '@louver/ledger';
import type { ClientBase } from 'pg';
import type { Connection } from './connection.ts';
import type { SignedCheckpoint } from './cosign.ts';
import type { LogKeys } from './keys.ts';
import { MayNotSeal } from './may-not-seal.ts';
import type { Publishing } from './publishing.ts';
import {
  findRecords,
  findUnsealed,
  insertLeaves,
  lockState,
  type LogState,
  type Snapshot,
  storeCheckpoint,
  type StoredRecord,
} from './queries.ts';
import { BATCH, hashRecords, type Page, regrow, rootHex } from './tree.ts';

/** Numbers held in memory: a database that was never sealed may have millions. */
const LISTED = 65_536;

/** Of the entries of one round, once it is known that they are large. */
const ROUND_BYTES = 16 * 1024 * 1024;

export type SealStep = 'locked' | 'inserted' | 'committed';

export interface SealingDeps {
  readonly connection: Connection;
  readonly keys: LogKeys;
  readonly publishing: Publishing;
  readonly reached: (step: SealStep) => void;
}

export class Sealing {
  readonly #deps: SealingDeps;
  readonly #term: number;
  #edge: RightEdge;
  /** Of the edge, 64 hex digits. */
  #root: string;
  /** Numbers of committed records that are no leaves yet, and the snapshot that shows all of them. */
  #unsealed: string[] = [];
  #listed: Snapshot | undefined;
  /** The last number of a page that others follow. */
  #listedTo: string | undefined;
  /** A COMMIT got no answer, or might have got none: only the database knows whether it took effect. */
  #unsure = false;
  /** All that this snapshot shows is sealed. */
  #seen: Snapshot | undefined;
  #turns = 0;
  /** Records of the next round. */
  #batch = BATCH;

  constructor(deps: SealingDeps, term: number, edge: RightEdge) {
    this.#deps = deps;
    this.#term = term;
    this.#edge = edge;
    this.#root = rootHex(edge);
  }

  get size(): number {
    return this.#edge.size;
  }

  get edge(): RightEdge {
    return this.#edge;
  }

  /** How often all that one look has shown was sealed. */
  get turns(): number {
    return this.#turns;
  }

  /**
   * Seals what is committed now, or the first of it.
   * @returns how many records were sealed, and whether more are known to wait
   * @throws MayNotSeal
   */
  async sealNext(): Promise<{ sealed: number; more: boolean }> {
    if (this.#unsure) await this.#catchUp();
    if (this.#unsealed.length === 0) await this.#list();
    if (this.#unsealed.length === 0) return { sealed: 0, more: false };
    const seqs = this.#unsealed.slice(0, this.#batch);
    this.#unsure = true;
    await this.#seal(seqs);
    this.#unsure = false;
    this.#unsealed.splice(0, seqs.length);
    if (this.#unsealed.length === 0 && this.#listedTo === undefined) this.#haveSeen();
    return { sealed: seqs.length, more: this.#unsealed.length > 0 || this.#listedTo !== undefined };
  }

  /** Signs the tree as it is with the keys of today, for a log that is new or whose keys rotate, and has it published. */
  async signAgain(): Promise<void> {
    const { connection, publishing } = this.#deps;
    const checkpoint = await connection.transaction(async (client) => {
      const state = await this.#lock(client);
      if (state.size !== this.#edge.size) throw new Error('the log has grown meanwhile');
      const signed = signTree(this.#edge, this.#deps.keys);
      if (state.checkpoint !== signed.signed) await storeCheckpoint(client, signed.signed);
      return signed;
    });
    publishing.publish(checkpoint);
  }

  async #list(): Promise<void> {
    // Forgotten until it has succeeded: a page that failed is not gone on from.
    const [first, after] = [this.#listed, this.#listedTo];
    this.#listed = this.#listedTo = undefined;
    const { seqs, snapshot, state } = await this.#deps.connection.use((client) =>
      findUnsealed(client, this.#seen, after, LISTED),
    );
    // Also while there is nothing to seal: one that was replaced must not go on saying that all is well.
    this.#requireMine(state);
    this.#unsealed = seqs;
    // Of several pages the first snapshot counts: behind its last number the later ones show no less.
    this.#listed = first ?? snapshot;
    this.#listedTo = seqs.length === LISTED ? seqs.at(-1)! : undefined;
    if (seqs.length === 0) this.#haveSeen();
  }

  #haveSeen(): void {
    this.#seen = this.#listed;
    this.#listed = undefined;
    this.#turns += 1;
  }

  async #seal(seqs: readonly string[]): Promise<void> {
    const { connection, keys, publishing, reached } = this.#deps;
    const sealed = await connection.transaction(async (client) => {
      const state = await this.#lock(client);
      reached('locked');
      if (state.size !== this.#edge.size) throw new Error('the tree has grown without this sealer');
      const records = await findRecords(client, seqs);
      requireSame(records, seqs);
      this.#batch = nextBatch(records);
      const growth = growTree(this.#edge, hashRecords(records));
      const checkpoint = signTree(growth.edge, keys);
      const root = rootHex(growth.edge);
      const after = { size: growth.edge.size, root, checkpoint: checkpoint.signed };
      await insertLeaves(client, this.#edge.size, seqs, after);
      reached('inserted');
      return { growth, records, checkpoint, root };
    });
    reached('committed');
    this.#edge = sealed.growth.edge;
    this.#root = sealed.root;
    publishing.add(
      sealed.growth,
      sealed.records.map(({ entry }) => entry),
    );
    publishing.publish(sealed.checkpoint);
  }

  /** What was sealed unheard is read back, like what was sealed before a start. */
  async #catchUp(): Promise<void> {
    const { connection, publishing } = this.#deps;
    this.#unsealed = [];
    this.#listed = undefined;
    this.#listedTo = undefined;
    const state = await connection.transaction((client) => this.#lock(client));
    const pages: Page[] = [];
    this.#edge = await regrow(connection, this.#edge, state, [], (page) => void pages.push(page));
    this.#root = rootHex(this.#edge);
    // Not one by one: what is added twice would stand in the files twice.
    for (const { growth, entries } of pages) publishing.add(growth, entries);
    await this.signAgain();
    this.#unsure = false;
  }

  async #lock(client: ClientBase): Promise<LogState> {
    return this.#requireMine(await lockState(client));
  }

  #requireMine(state: LogState): LogState {
    if (state.term !== this.#term)
      throw new MayNotSeal('replaced', `another sealer has started (term ${state.term}, this one has ${this.#term})`);
    if (state.size < this.#edge.size)
      throw new MayNotSeal(
        'rolled-back',
        `the database has fallen back from ${this.#edge.size} sealed records to ${state.size}`,
      );
    if (state.size === this.#edge.size && state.root !== this.#root)
      throw new MayNotSeal('forked', `the database has another tree of ${state.size} records than was sealed`);
    return state;
  }
}

/** So many as would not have been too large this time. */
function nextBatch(records: readonly StoredRecord[]): number {
  const bytes = records.reduce((sum, { entry }) => sum + entry.length, 0);
  return Math.min(BATCH, Math.ceil((records.length * ROUND_BYTES) / Math.max(bytes, 1)));
}

function requireSame(records: readonly StoredRecord[], seqs: readonly string[]): void {
  const doubled = records.find(({ seq }, i) => seq === records[i - 1]?.seq);
  if (doubled) throw new MayNotSeal('record-altered', `several records have the number ${doubled.seq}`);
  const missing = seqs.find((seq, i) => records[i]?.seq !== seq);
  if (missing !== undefined) throw new MayNotSeal('record-altered', `record ${missing} was there, and is not any more`);
}

function signTree(
  edge: RightEdge,
  { origin, signers }: { origin: string; signers: readonly Signer[] },
): SignedCheckpoint {
  const text = formatCheckpoint({ origin, size: edge.size, root: rootOfEdge(edge) });
  return { text, signed: signNote(text, signers), size: edge.size };
}
