// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimGeometry, SurroundingBuilding } from '@louver/contract';
import type { AimSearch, Wanted } from '@louver/sightline';
import type { Drawn, Looked, Reply, Request } from './messages-between.ts';

const newWorker = (name: string): Worker =>
  new Worker(new URL('./planner.worker.ts', import.meta.url), { type: 'module', name });

// eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
const send = (worker: Worker, request: Request) => worker.postMessage(request);

interface PlannerEvents {
  onLooked(looked: Looked): void;
  /** Of the same aim, after it. */
  onDrawn(drawn: Drawn): void;
}

/**
 * Looks one at a time and always at the newest aim: while one is computed the hand moves on, and what it passed
 * by is never asked. Searches have a worker of their own, so that the map still answers while one goes on.
 */
export class PlannerClient {
  readonly #looker = newWorker('planner');
  readonly #events: PlannerEvents;
  #searcher: Worker | undefined;
  #surroundings: readonly SurroundingBuilding[] = [];
  #busy = false;
  #next: { aim: AimGeometry; marginDeg: number } | undefined;
  /** What is being looked at: a copy of it comes back, and the page wants to know its own again. */
  #asking: AimGeometry | undefined;
  #askingId = 0;
  #asked = 0;

  constructor(events: PlannerEvents) {
    this.#events = events;
    this.#looker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      const aim = this.#asking;
      if (data.type === 'looked') {
        if (aim) this.#events.onLooked({ ...data.looked, aim });
        return;
      }
      // A fine picture of what has been left meanwhile would come after the draft of what is newer.
      if (data.type === 'drawn' && aim && data.id === this.#askingId) this.#events.onDrawn({ ...data.drawn, aim });
      if (data.type === 'drawn' && data.fine) return;
      this.#busy = false;
      this.#sendNext();
    });
  }

  surround(buildings: readonly SurroundingBuilding[]): void {
    this.#surroundings = buildings;
    send(this.#looker, { type: 'surroundings', buildings });
    if (this.#searcher) send(this.#searcher, { type: 'surroundings', buildings });
  }

  look(aim: AimGeometry, marginDeg: number): void {
    this.#next = { aim, marginDeg };
    this.#sendNext();
  }

  /** Undefined when geometry refuses the question. A search that goes on is given up for a newer one. */
  async find(aim: AimGeometry, wanted: Wanted): Promise<AimSearch | undefined> {
    this.#searcher?.terminate();
    const searcher = newWorker('planner-search');
    this.#searcher = searcher;
    send(searcher, { type: 'surroundings', buildings: this.#surroundings });
    const answered = new Promise<AimSearch | undefined>((resolve) => {
      searcher.addEventListener('message', ({ data }: MessageEvent<Reply>) =>
        resolve(data.type === 'found' ? data.search : undefined),
      );
    });
    send(searcher, { type: 'find', id: ++this.#asked, aim, wanted });
    const search = await answered;
    if (this.#searcher === searcher) {
      searcher.terminate();
      this.#searcher = undefined;
    }
    return search;
  }

  stop(): void {
    this.#looker.terminate();
    this.#searcher?.terminate();
  }

  #sendNext(): void {
    if (this.#busy || this.#next === undefined) return;
    this.#busy = true;
    this.#asking = this.#next.aim;
    this.#askingId = ++this.#asked;
    send(this.#looker, { type: 'look', id: this.#askingId, ...this.#next });
    this.#next = undefined;
  }
}
