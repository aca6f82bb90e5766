// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps every running stream sure of its masks: told at once by the database, and asked for again every two seconds in one
// query, because a notification that was lost on the way says nothing. While nobody can be told anything, it is asked often.
// What the database answers is held against the access record before anybody is told of it.
import type { AimId, CameraId } from '@louver/contract';
import { NOBODY, inTx, type Pool } from '@louver/db';
import pg from 'pg';
import type { Logger } from 'pino';
import type { LogFollower } from '../record/follower.ts';
import type { MaskDecisions } from '../record/mask-decisions.ts';
import { type MaskRefusal, type Verdict, judgeMasks, unknownSets } from './masks-in-force.ts';
import { type Standing, type StoredStanding, findStandings, findUnsealedApprovals } from './queries.ts';

export interface MaskListener {
  /** Of a camera that turns: where it stands, and its masks are asked for. */
  readonly aimAsked?: AimId | null;
  /** Something about this camera's masks was written after `question`: whatever was answered before may be old. */
  onDoubt(question: number): void;
  /** The answer to a question; null when the camera is gone. */
  onStanding(standing: Standing | null, answer: Answer): void;
}

export interface Answer {
  /** Grows with every question: an answer to an older one never replaces a newer one. */
  readonly question: number;
  /** performance.now() when it was asked, which is the moment it is certain for. */
  readonly askedAt: number;
}

/** What this worker itself has read in the published log. */
export interface MaskRecord {
  readonly follower: Pick<LogFollower, 'size' | 'catchUp'>;
  readonly decisions: MaskDecisions;
  /** Of a set that the database calls decided, and the record does not. Called again as long as it lasts. */
  onRefusal(refusal: MaskRefusal): void;
}

const CONFIRM_EVERY_MS = 2_000;
const RECONNECT_MS = 500;
/** Without notifications: how long a picture may show what somebody has just covered. */
const ASK_WHILE_DEAF_MS = 250;
/** A database that does not answer a question of one row in this time counts as gone. */
const ANSWER_WITHIN_MS = 5_000;

export class MaskWatch {
  readonly #pool: Pool;
  readonly #databaseUrl: string;
  readonly #log: Logger;
  readonly #record: MaskRecord;
  readonly #listeners = new Map<CameraId, MaskListener>();
  #question = 0;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  /** Runs from the moment on in which the line is lost until it listens again. */
  #deaf: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(pool: Pool, databaseUrl: string, log: Logger, record: MaskRecord) {
    this.#pool = pool;
    this.#databaseUrl = databaseUrl;
    this.#log = log;
    this.#record = record;
    record.decisions.onChange = (cameraId) => this.#doubt(cameraId);
    void this.#listen();
    this.#timer = setInterval(() => void this.#askInformed(() => [...this.#listeners.keys()]), CONFIRM_EVERY_MS);
  }

  /** One listener a camera. Its first answer comes as soon as the database gives it. */
  watch(cameraId: CameraId, listener: MaskListener): () => void {
    this.#listeners.set(cameraId, listener);
    void this.#askInformed(() => [cameraId]);
    return () => {
      if (this.#listeners.get(cameraId) === listener) this.#listeners.delete(cameraId);
    };
  }

  /** It looks along another aim now. */
  askAgain(cameraId: CameraId): void {
    void this.#ask([cameraId]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#reconnect);
    clearInterval(this.#deaf);
    await this.#client?.end().catch(() => undefined);
  }

  /** With everything known that was published until now: what was decided long ago must not be news to this worker. */
  async #askInformed(cameraIds: () => readonly CameraId[]): Promise<void> {
    await this.#record.follower.catchUp();
    await this.#ask(cameraIds());
  }

  async #ask(cameraIds: readonly CameraId[]): Promise<void> {
    if (cameraIds.length === 0 || this.#closed) return;
    const answer: Answer = { question: ++this.#question, askedAt: performance.now() };
    try {
      const found = await this.#find(cameraIds);
      for (const cameraId of cameraIds) {
        const standing = found.get(cameraId) ?? null;
        if (standing === 'outdated') void this.#ask([cameraId]);
        else this.#listeners.get(cameraId)?.onStanding(standing, answer);
      }
    } catch (error) {
      // Nothing is told: streams that go unconfirmed for too long stop by themselves.
      if (!this.#closed) this.#log.warn({ err: error }, 'masks could not be confirmed');
    }
  }

  async #find(cameraIds: readonly CameraId[]): Promise<Map<CameraId, Standing | 'outdated'>> {
    const { follower, decisions } = this.#record;
    const knownSize = follower.size;
    const { stored, unsealed } = await inTx(this.#pool, NOBODY, async (tx) => {
      const aimOf = (cameraId: CameraId) => this.#listeners.get(cameraId)?.aimAsked ?? null;
      const stored = await findStandings(
        tx,
        cameraIds.map((cameraId) => ({ cameraId, aimId: aimOf(cameraId) })),
      );
      const unknown = stored.flatMap((standing) => unknownSets(standing, decisions));
      const found = unknown.length === 0 ? [] : await findUnsealedApprovals(tx, cameraIds, unknown, knownSize);
      return { stored, unsealed: new Set(found.map(({ maskSetId }) => maskSetId)) };
    });
    return new Map(
      stored.map((standing) => [
        standing.cameraId,
        this.#verdict(standing, judgeMasks(standing, decisions, knownSize, unsealed)),
      ]),
    );
  }

  #verdict(stored: StoredStanding, verdict: Verdict): Standing | 'outdated' {
    if (verdict === 'outdated') return verdict;
    const { candidates: _sets, ...standing } = stored;
    if (verdict.masks) return { ...standing, ...verdict, withheld: null };
    if (verdict.refusal) this.#record.onRefusal(verdict.refusal);
    return { ...standing, masks: null, enforced: null, withheld: verdict.withheld };
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
    });
    const again = () => {
      if (this.#client !== client || this.#closed) return;
      this.#client = undefined;
      client.end().catch(() => undefined);
      this.#askOften();
      this.#reconnect = setTimeout(() => void this.#listen(), RECONNECT_MS);
    };
    this.#client = client;
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => this.#doubt(payload as CameraId));
    try {
      await client.connect();
      await client.query('LISTEN masks_changed');
      if (this.#client !== client) return;
      clearInterval(this.#deaf);
      this.#deaf = undefined;
      // What was said while nobody listened is lost: ask.
      await this.#ask([...this.#listeners.keys()]);
    } catch {
      again();
    }
  }

  #askOften(): void {
    if (this.#deaf) return;
    let asking = false;
    const ask = async () => {
      // A database that is slow or away is not asked by more and more questions at once.
      if (asking) return;
      asking = true;
      await this.#ask([...this.#listeners.keys()]);
      asking = false;
    };
    this.#deaf = setInterval(() => void ask(), ASK_WHILE_DEAF_MS);
    void ask();
  }

  #doubt(cameraId: CameraId): void {
    const listener = this.#listeners.get(cameraId);
    if (!listener) return;
    listener.onDoubt(this.#question);
    void this.#ask([cameraId]);
  }
}
