// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Socket as UdpSocket } from 'node:dgram';
import type { Socket } from 'node:net';

/** One client of a mount. */
export interface Receiver {
  /** Too much is queued: the mount skips to the next key frame instead of buffering more. */
  readonly congested: boolean;
  /** RTP packets, each framed as on an interleaved channel 0: `$`, channel, length, packet. */
  sendPackets(framed: Buffer): void;
  /** One RTCP packet, not framed. */
  sendReport(report: Buffer): void;
  /** Ends the client's connection. */
  disconnect(): void;
}

/** At 4 Mbit/s this is 8 seconds of video that the client did not read. */
const MAX_QUEUED_BYTES = 4_000_000;

/** Calls back with the offset and length of each packet in a framed buffer. */
function eachPacket(framed: Buffer, visit: (start: number, length: number) => void): void {
  for (let at = 0; at < framed.length;) {
    const length = framed.readUInt16BE(at + 2);
    visit(at + 4, length);
    at += 4 + length;
  }
}

export function interleavedReceiver(socket: Socket, channel: number): Receiver {
  return {
    get congested() {
      return socket.writableLength > MAX_QUEUED_BYTES;
    },
    sendPackets(framed) {
      if (channel === 0) {
        socket.write(framed);
        return;
      }
      const own = Buffer.from(framed);
      eachPacket(own, (start) => own.writeUInt8(channel, start - 3));
      socket.write(own);
    },
    sendReport(report) {
      const head = Buffer.from([0x24, channel + 1, 0, 0]);
      head.writeUInt16BE(report.length, 2);
      socket.write(Buffer.concat([head, report]));
    },
    disconnect: () => socket.destroy(),
  };
}

export interface UdpPorts {
  readonly rtp: number;
  readonly rtcp: number;
}

/** The control connection is kept because its end ends the stream. */
export function udpReceiver(
  control: Socket,
  sockets: { rtp: UdpSocket; rtcp: UdpSocket },
  address: string,
  ports: UdpPorts,
): Receiver {
  return {
    congested: false,
    sendPackets(framed) {
      eachPacket(framed, (start, length) => sockets.rtp.send(framed, start, length, ports.rtp, address));
    },
    sendReport: (report) => sockets.rtcp.send(report, ports.rtcp, address),
    disconnect: () => control.destroy(),
  };
}
