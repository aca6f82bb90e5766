// SPDX-License-Identifier: AGPL-3.0-or-later
import type { LogHealth } from '@louver/contract';
import { LedgerError, parseNote, sameKey, type KnownKey, type NoteSignature } from '@louver/ledger';
import { AnswerTooLong, submit, type Address, type Outcome, type Submission } from './exchange.ts';

const BACKOFF_MS = 250;
/** Short: pictures may wait for this witness, and asking costs nothing. */
const MAX_BACKOFF_MS = 5_000;

export type WitnessHealth = LogHealth['witnesses'][number];

export interface Surroundings {
  readonly timeoutMs: number;
  readonly now: () => Date;
  /** Called once for each request that was answered, or not. */
  readonly onOutcome: (name: string, outcome: Outcome | { readonly kind: 'silent'; readonly problem: string }) => void;
}

interface Waiting {
  readonly what: Submission;
  readonly answer: (line: NoteSignature | undefined) => void;
}

/** One witness of the policy: asked one thing at a time, always the newest. */
export class OutsideWitness {
  readonly name: string;
  readonly #address: Address | undefined;
  readonly #key: KnownKey['key'];
  readonly #around: Surroundings;
  readonly #stopped = new AbortController();
  /** What it has cosigned, as far as it told us; asked again by its 409 when we are wrong. */
  #size = 0;
  #last: { text: string; line: NoteSignature } | undefined;
  #lastSeenAt: Date | undefined;
  #problem: string | null = null;
  #failures = 0;
  #notBefore = 0;
  #busy = false;
  #waiting: Waiting | undefined;

  /** @throws TypeError for an address that is no URL */
  constructor(name: string, { key, url }: KnownKey, around: Surroundings) {
    this.name = name;
    this.#key = key;
    this.#around = around;
    this.#address = url === undefined ? undefined : { key, url: new URL(`${url.replace(/\/$/, '')}/add-checkpoint`) };
    if (!this.#address) this.#problem = 'the policy has no address for it';
  }

  get health(): WitnessHealth {
    return {
      name: this.name,
      lastCosignedSize: this.#last ? this.#size : 0,
      lastSeenAt: this.#lastSeenAt?.toISOString() ?? null,
      problem: this.#problem,
    };
  }

  /** Its line, once verified. Undefined when it refuses, is away, or a newer checkpoint came before its turn. */
  ask(what: Submission): Promise<NoteSignature | undefined> {
    if (this.#last?.text === what.text) return Promise.resolve(this.#last.line);
    if (!this.#address || this.#stopped.signal.aborted) return Promise.resolve(undefined);
    if (!this.#busy && this.#around.now().getTime() < this.#notBefore) return Promise.resolve(undefined);
    return new Promise((answer) => {
      this.#waiting?.answer(undefined);
      this.#waiting = { what, answer };
      if (!this.#busy) void this.#work(this.#address!);
    });
  }

  stop(): void {
    this.#stopped.abort();
    this.#waiting?.answer(undefined);
    this.#waiting = undefined;
  }

  async #work(address: Address): Promise<void> {
    this.#busy = true;
    for (let next = this.#take(); next; next = this.#take()) next.answer(await this.#submit(address, next.what));
    this.#busy = false;
  }

  /** Whoever waits behind a request that failed is not tried at once: a dead witness gets one request per pause. */
  #take(): Waiting | undefined {
    const next = this.#waiting;
    this.#waiting = undefined;
    if (!next || this.#around.now().getTime() >= this.#notBefore) return next;
    next.answer(undefined);
    return undefined;
  }

  async #submit(address: Address, what: Submission): Promise<NoteSignature | undefined> {
    // Not AbortSignal.timeout: within AbortSignal.any it is collected as garbage before its time is over (Node 20), and a witness
    // that hangs once would never be asked again.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new DOMException('too late', 'TimeoutError')), this.#around.timeoutMs);
    const limit = AbortSignal.any([this.#stopped.signal, late.signal]);
    try {
      // There is no proof from a larger tree; asked from 0, the witness says itself what it thinks of a smaller one.
      const outcome = await submit(address, what, this.#size <= what.size ? this.#size : 0, limit);
      this.#lastSeenAt = this.#around.now();
      this.#around.onOutcome(this.name, outcome);
      if (outcome.kind !== 'cosigned') return this.#failed(outcome.problem);
      return this.#cosigned(what, outcome.signed);
    } catch (error) {
      if (this.#stopped.signal.aborted) return undefined;
      const problem = reasonOf(error, this.#around.timeoutMs);
      this.#around.onOutcome(this.name, { kind: 'silent', problem });
      return this.#failed(problem);
    } finally {
      clearTimeout(timer);
    }
  }

  #cosigned({ text, size }: Submission, signed: string): NoteSignature {
    const line = parseNote(signed).signatures.find((signature) => sameKey(signature, this.#key))!;
    this.#last = { text, line };
    this.#size = size;
    this.#problem = null;
    this.#failures = 0;
    this.#notBefore = 0;
    return line;
  }

  #failed(problem: string): undefined {
    this.#problem = problem;
    const pause = Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** this.#failures++);
    // Unequal, so that the witnesses of a network that came back are not all asked at once.
    this.#notBefore = this.#around.now().getTime() + pause * (0.75 + Math.random() / 4);
    return undefined;
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof AnswerTooLong) return error.message;
  if (error instanceof LedgerError) return `no proof could be made for it: ${error.message}`;
  if (error instanceof Error && error.name === 'TimeoutError') return `it did not answer within ${timeoutMs / 1000} s`;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return `it cannot be reached (${at.code})`;
    if (at.cause === undefined) return `it cannot be asked: ${at.message}`;
  }
  return 'it cannot be asked';
}
