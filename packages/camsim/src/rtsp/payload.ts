// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AccessUnit, Codec } from './annexb.ts';

/** RTP payload in two parts, so that a fragment needs no copy of its NAL unit. */
export interface Payload {
  readonly prefix: Buffer;
  readonly body: Buffer;
}

/** Largest RTP payload in bytes; leaves room for every header below an MTU of 1500. */
const MAX_PAYLOAD = 1400;
const NOTHING = Buffer.alloc(0);
const START = 0x80;
const END = 0x40;

function fragments(nal: Buffer, headerBytes: number, prefix: (flags: number) => Buffer): Payload[] {
  const room = MAX_PAYLOAD - prefix(0).length;
  const parts: Payload[] = [];
  for (let at = headerBytes; at < nal.length; at += room) {
    const flags = (at === headerBytes ? START : 0) | (at + room >= nal.length ? END : 0);
    parts.push({ prefix: prefix(flags), body: nal.subarray(at, at + room) });
  }
  return parts;
}

function payloadsOfNal(nal: Buffer, codec: Codec): Payload[] {
  if (nal.length <= MAX_PAYLOAD) return [{ prefix: NOTHING, body: nal }];
  const [h0 = 0, h1 = 0] = nal;
  return codec === 'h264'
    ? fragments(nal, 1, (flags) => Buffer.from([(h0 & 0xe0) | 28, flags | (h0 & 0x1f)])) // FU-A, RFC 6184 §5.8
    : fragments(nal, 2, (flags) => Buffer.from([(h0 & 0x81) | (49 << 1), h1, flags | ((h0 >> 1) & 0x3f)])); // FU, RFC 7798 §4.4.3
}

const cache = new WeakMap<AccessUnit, Payload[]>();

/** RTP payloads of one picture. Made once per picture, however many mounts loop it. */
export function payloadsOf(unit: AccessUnit, codec: Codec): readonly Payload[] {
  let payloads = cache.get(unit);
  if (!payloads) {
    payloads = unit.nals.flatMap((nal) => payloadsOfNal(nal, codec));
    cache.set(unit, payloads);
  }
  return payloads;
}
