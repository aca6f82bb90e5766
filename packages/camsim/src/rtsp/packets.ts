// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomFillSync } from 'node:crypto';
import type { Payload } from './payload.ts';

const FRAME_BYTES = 4;
const RTP_BYTES = 12;
const PAYLOAD_TYPE = 96;
const NTP_EPOCH_S = 2_208_988_800;

export interface RtpState {
  /** Of the first packet; 16 bits. */
  readonly sequence: number;
  /** 90 kHz, 32 bits. */
  readonly timestamp: number;
  readonly ssrc: number;
}

/** What a broken device does to its packets. */
export interface Damage {
  /** Replaces every payload's bytes and keeps its length. */
  readonly fill?: 'zeros' | 'noise';
  /** Share of packets that never leave, 0..1. */
  readonly loss?: number;
}

/** RTP packets of one picture in interleaved framing on channel 0; the last one has the marker. */
export function rtpPackets(payloads: readonly Payload[], state: RtpState, damage: Damage = {}): Buffer {
  const size = (p: Payload): number => p.prefix.length + p.body.length;
  const sent = payloads.map((payload, i) => ({ payload, i }));
  const kept = damage.loss ? sent.filter(() => Math.random() >= (damage.loss ?? 0)) : sent;
  const out = Buffer.allocUnsafe(kept.reduce((sum, { payload }) => sum + FRAME_BYTES + RTP_BYTES + size(payload), 0));
  let at = 0;
  for (const { payload, i } of kept) {
    out.writeUInt16BE(0x2400, at);
    out.writeUInt16BE(RTP_BYTES + size(payload), at + 2);
    out.writeUInt8(0x80, at + 4);
    out.writeUInt8(PAYLOAD_TYPE | (i === payloads.length - 1 ? 0x80 : 0), at + 5);
    out.writeUInt16BE((state.sequence + i) & 0xffff, at + 6);
    out.writeUInt32BE(state.timestamp, at + 8);
    out.writeUInt32BE(state.ssrc, at + 12);
    at += FRAME_BYTES + RTP_BYTES;
    payload.prefix.copy(out, at);
    payload.body.copy(out, at + payload.prefix.length);
    if (damage.fill === 'zeros') out.fill(0, at, at + size(payload));
    if (damage.fill === 'noise') randomFillSync(out, at, size(payload));
    at += size(payload);
  }
  return out;
}

/** RTCP sender report (RFC 3550 §6.4.1): what the wall clock says at an RTP timestamp. */
export function senderReport(state: Omit<RtpState, 'sequence'>, counts: { packets: number; bytes: number }): Buffer {
  const report = Buffer.alloc(28);
  const now = Date.now();
  report.writeUInt8(0x80, 0);
  report.writeUInt8(200, 1);
  report.writeUInt16BE(6, 2);
  report.writeUInt32BE(state.ssrc, 4);
  report.writeUInt32BE(Math.floor(now / 1000) + NTP_EPOCH_S, 8);
  report.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), 12);
  report.writeUInt32BE(state.timestamp, 16);
  report.writeUInt32BE(counts.packets >>> 0, 20);
  report.writeUInt32BE(counts.bytes >>> 0, 24);
  return report;
}
