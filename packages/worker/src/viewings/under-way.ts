// SPDX-License-Identifier: AGPL-3.0-or-later
// The viewings that this worker serves right now: begun once, counted, ended once, whichever of six things ends them.
import {
  type CameraId,
  Problem,
  type TicketClaims,
  type ViewingEnd,
  type ViewingId,
  ViewingProgress,
  redisKeys,
} from '@louver/contract';
import { NOBODY, inTx, type Pool } from '@louver/db';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Closings } from './closings.ts';
import { beginViewing, findOver, tellViewingChanged } from './queries.ts';

/** What one viewer has really got. */
export interface Delivered {
  readonly frames: number;
  /** Milliseconds since 1970, 0 before the first frame. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface UnderWay {
  /** Ends it, once; later calls do nothing. */
  end(reason: ViewingEnd): void;
}

const PROGRESS_EVERY_MS = 2_000;
/** What was said over Redis may be lost, and whoever writes to the database by hand says nothing. */
const ASK_EVERY_MS = 3_000;
const KEEP_PROGRESS_S = 24 * 3600;
/** setTimeout counts with 32 bits. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

interface Entry {
  readonly cameraId: CameraId;
  readonly session: string;
  readonly delivered: () => Delivered;
  readonly startedAt: number;
  readonly end: (reason: ViewingEnd) => void;
}

interface Deps {
  readonly workerId: string;
  readonly pool: Pool;
  readonly redis: Redis;
  readonly closings: Closings;
  readonly log: Logger;
}

export const secondsOf = ({ firstAt, lastAt }: Pick<Delivered, 'firstAt' | 'lastAt'>): number =>
  firstAt === 0 ? 0 : Math.max(0, lastAt - firstAt) / 1000;

export class ViewingsUnderWay {
  readonly #deps: Deps;
  readonly #entries = new Map<ViewingId, Entry>();
  readonly #timers: readonly NodeJS.Timeout[];
  #asking = false;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#timers = [
      setInterval(() => void this.#saveProgress(), PROGRESS_EVERY_MS),
      setInterval(() => void this.#endWhatIsOver(), ASK_EVERY_MS),
    ];
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * A ticket counts once. Afterwards the look is on its way and must be served or ended.
   * @throws Problem ticket-replayed, ticket-expired (closed before it began), unavailable (Redis or database away)
   */
  async begin(claims: TicketClaims): Promise<void> {
    await this.#useUp(claims);
    const begun = await this.#inDatabase(claims);
    if (!begun) throw new Problem('ticket-expired', { detail: 'The viewing was closed before its picture began.' });
  }

  /** Instead of `serve`: begun, and nothing can be shown after all. */
  abandon({ viewingId }: TicketClaims, reason: ViewingEnd): void {
    this.#deps.closings.add({ viewingId, end: reason, frames: 0, seconds: 0 });
  }

  /** From here on it is counted, and ended when its time is over. `onEnd` takes the picture away. */
  serve(claims: TicketClaims, delivered: () => Delivered, onEnd: (reason: ViewingEnd) => void): UnderWay {
    const { viewingId } = claims;
    const remaining = Math.min(MAX_TIMEOUT_MS, Math.max(0, claims.endsAt - Date.now()));
    const over = setTimeout(() => end('time-over'), remaining);
    const end = (reason: ViewingEnd) => {
      if (!this.#entries.delete(viewingId)) return;
      clearTimeout(over);
      onEnd(reason);
      const { frames, firstAt, lastAt } = delivered();
      this.#deps.closings.add({ viewingId, end: reason, frames, seconds: secondsOf({ firstAt, lastAt }) });
    };
    const { cameraId, session } = claims;
    this.#entries.set(viewingId, { cameraId, session, delivered, startedAt: Date.now(), end });
    void this.#saveProgress();
    return { end };
  }

  /** Somebody has closed it elsewhere. */
  endOne(viewingId: ViewingId, reason: ViewingEnd): void {
    this.#entries.get(viewingId)?.end(reason);
  }

  has(cameraId: CameraId): boolean {
    return [...this.#entries.values()].some((entry) => entry.cameraId === cameraId);
  }

  endOfCamera(cameraId: CameraId, reason: ViewingEnd): void {
    for (const entry of [...this.#entries.values()]) if (entry.cameraId === cameraId) entry.end(reason);
  }

  /** Whoever signs out watches nothing any more, in whatever player. */
  endOfSession(session: string, reason: ViewingEnd): void {
    for (const entry of [...this.#entries.values()]) if (entry.session === session) entry.end(reason);
  }

  close(reason: ViewingEnd): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const { end } of [...this.#entries.values()]) end(reason);
  }

  async #useUp({ viewingId, endsAt }: TicketClaims): Promise<void> {
    let first: string | null;
    try {
      const ttl = Math.max(60_000, endsAt - Date.now());
      first = await this.#deps.redis.set(redisKeys.ticketUsed(viewingId), this.#deps.workerId, 'PX', ttl, 'NX');
    } catch (error) {
      // Without Redis nobody knows whether it was used: then it counts as used.
      throw new Problem('unavailable', { cause: error });
    }
    if (first !== 'OK') throw new Problem('ticket-replayed');
  }

  async #inDatabase(claims: TicketClaims): Promise<boolean> {
    try {
      return await inTx(this.#deps.pool, NOBODY, async (tx) => {
        const begun = await beginViewing(tx, claims);
        if (begun) await tellViewingChanged(tx, claims.viewingId, begun.jurisdiction);
        return begun !== undefined;
      });
    } catch (error) {
      this.#deps.log.error({ err: error }, 'a viewing could not be begun');
      throw new Problem('unavailable', { cause: error });
    }
  }

  /** One that is closed already stays as it was closed: only its picture ends here. */
  async #endWhatIsOver(): Promise<void> {
    if (this.#entries.size === 0 || this.#asking) return;
    this.#asking = true;
    try {
      const over = await inTx(this.#deps.pool, NOBODY, (tx) => findOver(tx, [...this.#entries.keys()]));
      for (const { viewingId } of over) this.endOne(viewingId, 'closed');
    } catch (error) {
      // Whoever watches goes on: masks that are not confirmed end the picture soon enough.
      this.#deps.log.warn({ err: error }, 'it could not be asked which viewings are over');
    } finally {
      this.#asking = false;
    }
  }

  async #saveProgress(): Promise<void> {
    if (this.#entries.size === 0) return;
    const batch = this.#deps.redis.pipeline();
    for (const [viewingId, { delivered, startedAt }] of this.#entries) {
      const { frames, firstAt, lastAt } = delivered();
      const progress: ViewingProgress = {
        workerId: this.#deps.workerId,
        startedAt: firstAt || startedAt,
        lastAt: lastAt || startedAt,
        frames,
      };
      batch.set(redisKeys.viewingProgress(viewingId), JSON.stringify(progress), 'EX', KEEP_PROGRESS_S);
    }
    await batch.exec().catch(() => undefined);
  }
}

/** @returns undefined for what is missing or unreadable */
export function readProgress(text: string | null): ViewingProgress | undefined {
  if (text === null) return undefined;
  try {
    return ViewingProgress.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
