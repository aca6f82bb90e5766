// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId } from '@louver/contract';

const bytesOf = (id: CameraId): Uint8Array => {
  const hex = id.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
};

/** Finds the row of an id without a string per camera: sorted by the last four bytes, which are random in every UUID. */
export class IdIndex {
  readonly #ids: Uint8Array;
  readonly #keys: Float64Array;

  constructor(ids: Uint8Array) {
    this.#ids = ids;
    const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
    const count = ids.length / 16;
    // The row rides in the low bits of the key, so that one numeric sort orders both: 32 + 21 bits fit a double.
    this.#keys = new Float64Array(count);
    for (let row = 0; row < count; row++) this.#keys[row] = view.getUint32(row * 16 + 12) * 2 ** 21 + row;
    this.#keys.sort();
  }

  /** @returns the row, or -1 */
  find(id: CameraId): number {
    const wanted = bytesOf(id);
    const tail = new DataView(wanted.buffer).getUint32(12);
    for (let at = this.#firstAtLeast(tail * 2 ** 21); at < this.#keys.length; at++) {
      const key = this.#keys[at]!;
      if (Math.floor(key / 2 ** 21) !== tail) return -1;
      const row = key % 2 ** 21;
      if (wanted.every((byte, i) => byte === this.#ids[row * 16 + i])) return row;
    }
    return -1;
  }

  #firstAtLeast(key: number): number {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
