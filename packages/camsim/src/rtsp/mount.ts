// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomInt } from 'node:crypto';
import type { AccessUnit, Clip } from './annexb.ts';
import { type Damage, rtpPackets, senderReport } from './packets.ts';
import { payloadsOf } from './payload.ts';
import type { Receiver } from './receiver.ts';
import { describeClip } from './sdp.ts';

/** What a test makes a camera do. One at a time; `heal()` ends it. */
export type Fault =
  | { readonly kind: 'stall' } // keeps the connection and sends nothing
  | { readonly kind: 'garbage'; readonly fill: 'zeros' | 'noise' } // RTP around no NAL unit
  | { readonly kind: 'loss'; readonly share: number } // share of packets, 0..1
  | { readonly kind: 'refuse' } // every password is wrong
  | { readonly kind: 'audio-only' }; // describes a microphone and no video

/** One frame as it left. Compare `atMs` with performance.now() of the same process. */
export interface SentFrame {
  readonly mount: string;
  /** Index in the loop, which is also the number in a rendered barcode. */
  readonly frame: number;
  /** 90 kHz. */
  readonly timestamp: number;
  readonly atMs: number;
}

interface Client {
  waitsForKey: boolean;
  nextReportAt: number;
}

const REPORT_EVERY_MS = 5000;
/** After a longer pause of the process the frames in between are skipped, not sent in one burst. */
const MAX_LATE_MS = 1000;

/** A camera on the server: one loop, played by one timer for all its clients, and only while there are any. */
export class Mount {
  readonly name: string;
  #clip: Clip;
  #next: Clip | undefined;
  #fault: Fault | undefined;
  readonly #offset: number;
  readonly #clients = new Map<Receiver, Client>();
  readonly #listeners = new Set<(sent: SentFrame) => void>();
  readonly #ssrc = randomInt(2 ** 32);
  readonly #firstTimestamp = randomInt(2 ** 32);
  readonly #bornAt = performance.now();
  #sequence = randomInt(2 ** 16);
  #sent = { packets: 0, bytes: 0 };
  #timer: NodeJS.Timeout | undefined;
  #index = 0;
  /** Frames since #startedAt; the schedule is counted and never summed, so it can't drift. */
  #count = 0;
  #startedAt = 0;

  /** `offset` in frames lets one clip serve several cameras that do not look alike at one moment. */
  constructor(name: string, clip: Clip, offset = 0) {
    this.name = name;
    this.#clip = clip;
    this.#offset = offset;
  }

  get clients(): number {
    return this.#clients.size;
  }

  get refuses(): boolean {
    return this.#fault?.kind === 'refuse';
  }

  get ssrc(): number {
    return this.#ssrc;
  }

  describe(): string {
    return describeClip(this.#clip, this.#fault?.kind === 'audio-only');
  }

  /** Adds a client and says what its first packet will carry: never a time before that packet, which would shift its clock. */
  join(receiver: Receiver): { sequence: number; timestamp: number } {
    if (this.#clients.size === 0) this.#start();
    this.#clients.set(receiver, { waitsForKey: true, nextReportAt: 0 });
    let [sequence, index, count] = [this.#sequence, this.#index, this.#count];
    for (let unit = this.#unit(index); !unit.key; unit = this.#unit(index)) {
      sequence = (sequence + payloadsOf(unit, this.#clip.codec).length) & 0xffff;
      index = (index + 1) % this.#clip.units.length;
      count++;
    }
    return { sequence, timestamp: this.#timestampOf(count) };
  }

  leave(receiver: Receiver): void {
    this.#clients.delete(receiver);
    if (this.#clients.size === 0) this.#stop();
  }

  /** Every frame that leaves from now on, until the returned function is called. */
  onFrame(listener: (sent: SentFrame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  inject(fault: Fault): void {
    this.#fault = fault;
  }

  /** Ends a fault; clients go on at the next key frame. */
  heal(): void {
    this.#fault = undefined;
    this.#waitForKey();
  }

  /** Goes on with another loop at the next frame, in the same session: new parameter sets in band. Same codec only. */
  switchTo(clip: Clip): void {
    if (clip.codec !== this.#clip.codec) throw new Error("couldn't switch: a session keeps its codec");
    this.#next = clip;
    if (!this.#timer) this.#takeNextClip();
  }

  /** Cuts every client's connection, as a device does that loses its network. */
  disconnect(): void {
    for (const receiver of this.#clients.keys()) receiver.disconnect();
  }

  #unit(index: number): AccessUnit {
    return this.#clip.units[index] as AccessUnit;
  }

  #timestampOf(count: number): number {
    const ms = this.#startedAt - this.#bornAt + (count * 1000) / this.#clip.fps;
    return (this.#firstTimestamp + Math.round(ms * 90)) % 2 ** 32;
  }

  /** Starts at the last key frame before where the loop would be by now, so the first client has a picture at once. */
  #start(): void {
    const now = performance.now();
    const played = Math.floor(((now - this.#bornAt) / 1000) * this.#clip.fps);
    this.#index = (this.#offset + played) % this.#clip.units.length;
    while (!this.#unit(this.#index).key) this.#index--;
    this.#startedAt = now;
    this.#count = 0;
    this.#timer = setTimeout(() => this.#tick(), 0);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #waitForKey(): void {
    for (const client of this.#clients.values()) client.waitsForKey = true;
  }

  #takeNextClip(): void {
    if (!this.#next) return;
    this.#clip = this.#next;
    this.#next = undefined;
    this.#restartSchedule();
    this.#index = 0;
  }

  #restartSchedule(): void {
    this.#startedAt = performance.now();
    this.#count = 0;
  }

  #tick(): void {
    const elapsed = performance.now() - this.#startedAt;
    const late = elapsed - (this.#count * 1000) / this.#clip.fps;
    if (late > MAX_LATE_MS) {
      this.#index = (this.#index + Math.floor((late / 1000) * this.#clip.fps)) % this.#clip.units.length;
      this.#restartSchedule();
      this.#waitForKey();
    }
    const due = Math.floor(((performance.now() - this.#startedAt) / 1000) * this.#clip.fps);
    while (this.#count <= due && this.#clients.size > 0) {
      if (this.#next) {
        this.#takeNextClip();
        break;
      }
      this.#emit();
    }
    if (this.#clients.size === 0) return;
    const nextAt = this.#startedAt + (this.#count * 1000) / this.#clip.fps;
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, nextAt - performance.now()));
  }

  #damage(): Damage {
    if (this.#fault?.kind === 'garbage') return { fill: this.#fault.fill };
    return this.#fault?.kind === 'loss' ? { loss: this.#fault.share } : {};
  }

  #emit(): void {
    const unit = this.#unit(this.#index);
    const frame = this.#index;
    const timestamp = this.#timestampOf(this.#count);
    this.#index = (this.#index + 1) % this.#clip.units.length;
    this.#count++;
    const payloads = payloadsOf(unit, this.#clip.codec);
    const sequence = this.#sequence;
    this.#sequence = (sequence + payloads.length) & 0xffff;
    if (this.#fault?.kind === 'stall') return;

    const framed = rtpPackets(payloads, { sequence, timestamp, ssrc: this.#ssrc }, this.#damage());
    this.#sent = { packets: this.#sent.packets + payloads.length, bytes: this.#sent.bytes + framed.length };
    this.#deliver(framed, unit.key, timestamp);
    const atMs = performance.now();
    for (const listener of this.#listeners) listener({ mount: this.name, frame, timestamp, atMs });
  }

  #deliver(framed: Buffer, key: boolean, timestamp: number): void {
    const now = performance.now();
    for (const [receiver, client] of this.#clients) {
      if (receiver.congested) client.waitsForKey = true;
      if (client.waitsForKey && (!key || receiver.congested)) continue;
      client.waitsForKey = false;
      receiver.sendPackets(framed);
      if (now < client.nextReportAt) continue;
      client.nextReportAt = now + REPORT_EVERY_MS;
      receiver.sendReport(senderReport({ timestamp, ssrc: this.#ssrc }, this.#sent));
    }
  }
}
