// SPDX-License-Identifier: AGPL-3.0-or-later
// ISO base media file format, as far as a stream of one video track needs it. Every offset is checked: the bytes were
// shaped by a camera, and a camera may be anybody's.

export class NotMp4 extends Error {
  constructor(message: string) {
    super(`not a fragmented MP4: ${message}`);
    this.name = 'NotMp4';
  }
}

export const BOX_HEADER = 8;

const NAME = /^[\x20-\x7e\xa9]{4}$/;

/** Size and type of the box that starts at `at`. Neither "until the end" (0) nor 64-bit sizes (1) occur in a live stream. */
export function boxAt(bytes: Buffer, at: number): { size: number; type: string } {
  const size = bytes.readUInt32BE(at);
  const type = bytes.toString('latin1', at + 4, at + 8);
  if (size < BOX_HEADER || !NAME.test(type)) throw new NotMp4(`a box of ${size} bytes without a sensible type`);
  return { size, type };
}

/** The first box of a type among the children that start at `from`, header included. */
export function findBox(parent: Buffer, type: string, from: number = BOX_HEADER): Buffer | undefined {
  for (let at = from; at + BOX_HEADER <= parent.length;) {
    const box = boxAt(parent, at);
    if (at + box.size > parent.length) throw new NotMp4(`${box.type} reaches beyond the box around it`);
    if (box.type === type) return parent.subarray(at, at + box.size);
    at += box.size;
  }
  return undefined;
}

/** The box at the end of a path of types. @throws NotMp4 when one is missing */
export function requireBox(parent: Buffer, ...path: string[]): Buffer {
  return path.reduce((box, type) => {
    const child = findBox(box, type);
    if (!child) throw new NotMp4(`no ${type}`);
    return child;
  }, parent);
}

export function readUInt(box: Buffer, at: number, bytes: 2 | 4 | 8): number {
  if (at + bytes > box.length) throw new NotMp4('a box is shorter than its fields');
  if (bytes === 2) return box.readUInt16BE(at);
  if (bytes === 4) return box.readUInt32BE(at);
  const value = Number(box.readBigUInt64BE(at));
  if (!Number.isSafeInteger(value)) throw new NotMp4('a time beyond reason');
  return value;
}
