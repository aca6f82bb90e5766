// SPDX-License-Identifier: AGPL-3.0-or-later
import { FragmentQueue, LiveEdge } from './live-edge.ts';

interface PictureEvents {
  /** The first frame of this buffer is on the screen. */
  onShown: () => void;
  onBroken: () => void;
}

type Source = MediaSource;
/** iPhones have only the managed one. */
const SourceClass: (new () => Source) & { isTypeSupported: (type: string) => boolean } =
  (globalThis as { ManagedMediaSource?: typeof MediaSource }).ManagedMediaSource ?? globalThis.MediaSource;

export const canPlay = (mimeType: string): boolean => SourceClass?.isTypeSupported(mimeType) ?? false;

/**
 * One buffer of one run of a stream. When masks grow, the whole picture is thrown away and another begins: what was
 * buffered before can then be shown by no accident of timing.
 */
export class Picture {
  readonly #video: HTMLVideoElement;
  readonly #source: Source = new SourceClass();
  readonly #address: string;
  readonly #queue = new FragmentQueue();
  readonly #edge = new LiveEdge();
  readonly #noticeStall = () => {
    // A jump of our own is no stall.
    if (!this.#video.seeking) this.#edge.stalled(performance.now() / 1000);
  };
  readonly #events: PictureEvents;
  #buffer: SourceBuffer | undefined;
  #gone = false;

  constructor(video: HTMLVideoElement, mimeType: string, events: PictureEvents) {
    this.#video = video;
    this.#events = events;
    this.#source.addEventListener('sourceopen', () => this.#open(mimeType), { once: true });
    this.#address = URL.createObjectURL(this.#source);
    video.disableRemotePlayback = true;
    video.src = this.#address;
    this.#announceFirstFrame();
  }

  append(fragment: ArrayBuffer): void {
    this.#queue.push(fragment);
    this.#pump();
  }

  /** Seconds between the newest frame received and the one on the screen. */
  get lag(): number | undefined {
    const { buffered, currentTime } = this.#video;
    return buffered.length === 0 ? undefined : Math.max(0, buffered.end(buffered.length - 1) - currentTime);
  }

  destroy(): void {
    this.#gone = true;
    this.#queue.clear();
    this.#video.removeEventListener('waiting', this.#noticeStall);
    this.#video.pause();
    this.#video.removeAttribute('src');
    this.#video.load();
    URL.revokeObjectURL(this.#address);
  }

  #open(mimeType: string): void {
    if (this.#gone) return;
    this.#buffer = this.#source.addSourceBuffer(mimeType);
    this.#buffer.mode = 'segments';
    this.#buffer.addEventListener('updateend', () => this.#follow());
    this.#buffer.addEventListener('error', () => this.#break());
    this.#pump();
  }

  #pump(): void {
    if (this.#gone || this.#buffer === undefined || this.#buffer.updating || this.#queue.isEmpty) return;
    const bytes = this.#queue.take();
    try {
      this.#buffer.appendBuffer(bytes);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError' && this.#video.currentTime > 2) {
        this.#queue.putBack(bytes);
        this.#buffer.remove(0, this.#video.currentTime - 1);
      } else this.#break();
    }
  }

  #follow(): void {
    const buffer = this.#buffer;
    if (this.#gone || buffer === undefined || buffer.updating) return;
    const video = this.#video;
    const ranges = buffer.buffered;
    if (ranges.length > 0) {
      const end = ranges.end(ranges.length - 1);
      const buffered = { start: ranges.start(ranges.length - 1), end, at: video.currentTime };
      const move = this.#edge.follow(buffered, performance.now() / 1000);
      if (move.seekTo !== undefined) video.currentTime = move.seekTo;
      if (video.playbackRate !== move.rate) video.playbackRate = move.rate;
      // Muted video may play by itself; a browser that forbids it even then shows the first frame.
      if (video.paused) video.play().catch(() => undefined);
      if (move.trimTo !== undefined) {
        buffer.remove(0, move.trimTo);
        return;
      }
    }
    this.#pump();
  }

  #announceFirstFrame(): void {
    const shown = () => this.#shown();
    if ('requestVideoFrameCallback' in this.#video) this.#video.requestVideoFrameCallback(shown);
    else (this.#video as HTMLVideoElement).addEventListener('playing', shown, { once: true });
  }

  /** Before the first frame everybody waits: only what stands still after it tells of the line. */
  #shown(): void {
    if (this.#gone) return;
    this.#video.addEventListener('waiting', this.#noticeStall);
    this.#events.onShown();
  }

  #break(): void {
    if (!this.#gone) this.#events.onBroken();
  }
}
