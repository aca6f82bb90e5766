// SPDX-License-Identifier: AGPL-3.0-or-later
import { LiveMessage } from '@louver/contract';
import type { LiveState } from './live-state.ts';
import { canPlay, Picture } from './picture.ts';

const FROZEN_AFTER_MS = 2500;

/**
 * The live line of one viewing: text frames say what is going on, binary frames are the picture. Nothing is shown until
 * the first frame of the present run stands on the screen, and nothing of an earlier run after that.
 */
export class LiveStream {
  readonly #video: HTMLVideoElement;
  readonly #socket: WebSocket;
  readonly #onState: (state: LiveState) => void;
  #picture: Picture | undefined;
  #state: LiveState = { kind: 'connecting' };
  #maskVersion = 0;
  #lastFragmentAt = 0;
  #watch: ReturnType<typeof setInterval>;

  constructor(video: HTMLVideoElement, address: string, onState: (state: LiveState) => void) {
    this.#video = video;
    this.#onState = onState;
    this.#socket = new WebSocket(address);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('message', (event: MessageEvent<string | ArrayBuffer>) => this.#receive(event.data));
    this.#socket.addEventListener('close', () => this.#hangUp({ kind: 'lost' }));
    this.#watch = setInterval(() => this.#noticeFrozen(), 500);
  }

  get lag(): number | undefined {
    return this.#picture?.lag;
  }

  /** Ends the line; no further state is told. */
  close(): void {
    clearInterval(this.#watch);
    this.#state = { kind: 'ended', reason: 'closed' };
    this.#dropPicture();
    this.#socket.close(1000);
  }

  #receive(data: string | ArrayBuffer): void {
    if (typeof data !== 'string') {
      this.#lastFragmentAt = performance.now();
      this.#picture?.append(data);
      return;
    }
    const message = LiveMessage.parse(JSON.parse(data));
    switch (message.type) {
      case 'start':
      case 'reset':
        this.#begin(message.mimeType, message.maskVersion);
        break;
      case 'waiting':
        // The old picture goes at once: while it waits, nobody knows whether it may still be seen.
        this.#dropPicture();
        this.#tell({ kind: 'waiting', reason: message.reason });
        break;
      case 'end':
        this.#hangUp({ kind: 'ended', reason: message.reason });
        break;
    }
  }

  #begin(mimeType: string, maskVersion: number): void {
    this.#dropPicture();
    this.#maskVersion = maskVersion;
    this.#tell({ kind: 'connecting' });
    if (!canPlay(mimeType)) {
      this.#hangUp({ kind: 'unsupported' });
      return;
    }
    this.#picture = new Picture(this.#video, mimeType, {
      onShown: () => this.#tell({ kind: 'playing', maskVersion }),
      onBroken: () => this.#hangUp({ kind: 'lost' }),
    });
  }

  #noticeFrozen(): void {
    const silent = performance.now() - this.#lastFragmentAt;
    if (this.#state.kind === 'playing' && silent > FROZEN_AFTER_MS)
      this.#tell({ kind: 'frozen', maskVersion: this.#maskVersion, since: Date.now() - silent });
    else if (this.#state.kind === 'frozen' && silent < FROZEN_AFTER_MS)
      this.#tell({ kind: 'playing', maskVersion: this.#maskVersion });
  }

  #hangUp(state: LiveState): void {
    if (this.#state.kind === 'ended' || this.#state.kind === 'lost' || this.#state.kind === 'unsupported') return;
    clearInterval(this.#watch);
    this.#dropPicture();
    this.#tell(state);
    this.#socket.close(1000);
  }

  #dropPicture(): void {
    this.#picture?.destroy();
    this.#picture = undefined;
  }

  #tell(state: LiveState): void {
    this.#state = state;
    this.#onState(state);
  }
}
