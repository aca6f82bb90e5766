// SPDX-License-Identifier: AGPL-3.0-or-later
// Cuts what the masker's ffmpeg writes into frames. It writes FLV because that muxer lets go of a frame at once; the one
// for MP4 keeps each until the next tells how long it lasts, 40 ms at 25 frames a second.

export class NotFlv extends Error {
  constructor(message: string) {
    super(`not a stream of H.264 in FLV: ${message}`);
    this.name = 'NotFlv';
  }
}

/** One picture, coded. */
export interface CodedFrame {
  readonly key: boolean;
  /** Decode time in milliseconds; goes on where the format's 31 bits end. */
  readonly time: number;
  /** NAL units, each behind its length. */
  readonly payload: Buffer;
}

const FILE_HEADER = 9;
const TAG_HEADER = 11;
/** After the file's header and after each tag: the size of the tag before. */
const BACK_POINTER = 4;
const MAX_TAG = 16 * 1024 * 1024;
const VIDEO = 9;
const SCRIPT = 18;
const H264 = 7;
const WRAP = 2 ** 31;

/** Push bytes in, get the decoder's configuration (avcC) and frames out. @throws NotFlv from `push`; then it is of no use */
export class FlvSplitter {
  #chunks: Buffer[] = [];
  #length = 0;
  #needed = FILE_HEADER + BACK_POINTER;
  #begun = false;
  #configured = false;
  #last = 0;
  #wraps = 0;
  readonly #onConfiguration: (avcC: Buffer) => void;
  readonly #onFrame: (frame: CodedFrame) => void;

  constructor(onConfiguration: (avcC: Buffer) => void, onFrame: (frame: CodedFrame) => void) {
    this.#onConfiguration = onConfiguration;
    this.#onFrame = onFrame;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    for (let taken = this.#take(rest); taken > 0; taken = this.#take(rest)) rest = rest.subarray(taken);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
  }

  /** @returns how many bytes were a whole; 0 when more must come first, `#needed` of them in all */
  #take(bytes: Buffer): number {
    if (!this.#begun) {
      if (bytes.length < this.#needed) return 0;
      if (bytes.toString('latin1', 0, 3) !== 'FLV' || bytes.readUInt32BE(5) !== FILE_HEADER)
        throw new NotFlv('no header');
      this.#begun = true;
      this.#needed = TAG_HEADER;
      return FILE_HEADER + BACK_POINTER;
    }
    this.#needed = TAG_HEADER;
    if (bytes.length < TAG_HEADER) return 0;
    const size = bytes.readUIntBE(1, 3);
    if (size > MAX_TAG) throw new NotFlv(`a tag of ${size} bytes`);
    const whole = TAG_HEADER + size + BACK_POINTER;
    if (bytes.length < whole) {
      this.#needed = whole;
      return 0;
    }
    this.#tag(bytes[0]!, bytes.readUIntBE(4, 3) + bytes[7]! * 2 ** 24, bytes.subarray(TAG_HEADER, TAG_HEADER + size));
    return whole;
  }

  #tag(type: number, stamp: number, body: Buffer): void {
    // What the muxer says of itself. Nobody is told.
    if (type === SCRIPT) return;
    if (type !== VIDEO || body.length < 5 || (body[0]! & 0xf) !== H264) throw new NotFlv(`a tag of kind ${type}`);
    if (body[1] === 0) {
      if (this.#configured) throw new NotFlv('a second configuration');
      this.#configured = true;
      this.#onConfiguration(Buffer.from(body.subarray(5)));
    } else if (body[1] === 1) {
      if (!this.#configured) throw new NotFlv('a frame before its configuration');
      if (body.readIntBE(2, 3) !== 0) throw new NotFlv('frames that are not shown in the order in which they come');
      this.#onFrame({ key: body[0]! >> 4 === 1, time: this.#unwrapped(stamp), payload: body.subarray(5) });
    }
  }

  #unwrapped(stamp: number): number {
    if (stamp - this.#last < -WRAP / 2) this.#wraps++;
    this.#last = stamp;
    return stamp + this.#wraps * WRAP;
  }
}
